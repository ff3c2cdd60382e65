// SPDX-License-Identifier: GPL-2.0-or-later
// Asks where to, and writes there what is shown: the view as a picture, or the replay as a page.
#pragma once

#include "ui/models/session.h"
#include "ui/theme/theme.h"

#include <functional>

namespace skbscope::ui {

class SaveBox : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString path READ path NOTIFY changed)       // proposed
    Q_PROPERTY(QString problem READ problem NOTIFY changed) // plain; empty: none

public:
    enum Kind : quint8 { picture, page };
    using Look = std::function<Palette()>;

    // `session` must outlive this. `look`: the palette pictures are made in.
    SaveBox(Session *session, Look look, QObject *parent = nullptr);

    void ask(Kind kind);
    // True when it is written; else problem() says why not. What is there already is replaced when asked a second time.
    Q_INVOKABLE bool save(const QString &path);

    [[nodiscard]] QString title() const;
    [[nodiscard]] const QString &path() const { return path_; }
    [[nodiscard]] const QString &problem() const { return problem_; }

signals:
    void changed();
    void asked();

private:
    [[nodiscard]] tl::expected<QByteArray, QString> made(const QString &suffix) const;
    bool refuse(const QString &why);

    Session *session_;
    Look look_;
    Kind kind_ = picture;
    QString folder_, path_, problem_, replacing_;
};

} // namespace skbscope::ui
