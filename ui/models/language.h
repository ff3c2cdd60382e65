// SPDX-License-Identifier: GPL-2.0-or-later
// The language the window speaks: English, which the source is written in, or Italian by Qt's translation files.
#pragma once

#include <QObject>
#include <QStringList>
#include <QTranslator>

namespace skbscope::ui {

class Language : public QObject {
    Q_OBJECT

public:
    explicit Language(const QString &mode, QObject *parent = nullptr);
    ~Language() override;

    // "en", "it" or "system" (the user's locale); anything else changes nothing. Needs a QCoreApplication.
    void setMode(const QString &mode);
    [[nodiscard]] const QString &mode() const { return mode_; }
    [[nodiscard]] const QString &spoken() const { return spoken_; } // "en" or "it"
    // For texts that may be there in any language: with "system" the user's languages, by their codes, the best first.
    [[nodiscard]] QStringList read() const;

signals:
    void modeChanged();
    void changed(); // texts made from now on are in another language

private:
    QString mode_, spoken_ = QStringLiteral("en");
    QTranslator italian_;
};

} // namespace skbscope::ui
