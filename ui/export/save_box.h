// SPDX-License-Identifier: GPL-2.0-or-later
// Asks where to, and writes there what is shown: the view as a picture, or the replay as a page. A page takes a while:
// it is made on a thread, says how far it is, and can be cancelled; nothing is written then.
#pragma once

#include "ui/models/background.h"
#include "ui/models/session.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>

namespace skbscope::ui {

class SaveBox : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString path READ path NOTIFY changed)       // proposed
    Q_PROPERTY(QString problem READ problem NOTIFY changed) // plain; empty: none
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed)        // a page is being made
    Q_PROPERTY(QString doing READ doing NOTIFY changed)     // "step 120 of 488"
    Q_PROPERTY(qreal progress READ progress NOTIFY changed) // of it, 0 to 1

public:
    enum Kind : quint8 { picture, page };
    using Look = std::function<Palette()>;

    // `session` must outlive this. `look`: the palette pictures are made in.
    SaveBox(Session *session, Look look, QObject *parent = nullptr);
    ~SaveBox() override; // cancels

    void ask(Kind kind);
    // True when it is written, or begun: written() or problem() follows. Else problem() says why not. What is there
    // already is replaced when asked a second time.
    Q_INVOKABLE bool save(const QString &path);
    Q_INVOKABLE void cancel();

    [[nodiscard]] QString title() const;
    [[nodiscard]] const QString &path() const { return path_; }
    [[nodiscard]] const QString &problem() const { return problem_; }
    [[nodiscard]] bool isBusy() const { return work_ != nullptr; }
    [[nodiscard]] QString doing() const;
    [[nodiscard]] qreal progress() const;

signals:
    void changed();
    void asked();
    void written();

private:
    struct Work { // what both threads know
        std::atomic<quint32> done = 0, of = 0;
        std::atomic<bool> cancelled = false;
    };
    void makePage(const QString &file);
    [[nodiscard]] tl::expected<QByteArray, QString> madePicture(const QString &suffix) const;
    [[nodiscard]] QString wrongEnding(const QString &suffix) const; // empty: it is right
    bool write(const QString &file, const QByteArray &bytes);
    bool refuse(const QString &why);

    Session *session_;
    Look look_;
    Kind kind_ = picture;
    QString folder_, path_, problem_, replacing_;
    std::shared_ptr<Work> work_; // of the page that is being made
    QTimer timer_;
    Background made_; // the last member: its thread ends first
};

} // namespace skbscope::ui
