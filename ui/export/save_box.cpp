// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/save_box.h"

#include "ui/export/page.h"
#include "ui/export/view_picture.h"
#include "ui/models/call_number.h"
#include "ui/models/markup.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace skbscope::ui {

SaveBox::SaveBox(Session *session, Look look, QObject *parent)
    : QObject(parent), session_(session), look_(std::move(look)), folder_(QDir::currentPath()) {}

QString SaveBox::title() const {
    return kind_ == picture ? QStringLiteral("Save what is shown as a picture (.svg or .png)")
                            : QStringLiteral("Save the replay as one page for a browser (.html)");
}

void SaveBox::ask(Kind kind) {
    kind_ = kind;
    QString name = session_->name().isEmpty() ? QStringLiteral("skbscope") : session_->name();
    for (QChar &c : name) // it comes from the trace
        if (!c.isLetterOrNumber() && c != QLatin1Char('.')) c = QLatin1Char('-');
    if (kind == picture) {
        const Selection &s = session_->selection;
        const quint32 row = s.document()->steps()[s.step()].row;
        name += QStringLiteral("-call-%1.svg").arg(callNumber(*s.document(), row, s.side()).number);
    } else {
        name += QStringLiteral(".html");
    }
    path_ = QDir(folder_).filePath(name);
    problem_.clear();
    replacing_.clear();
    emit changed();
    emit asked();
}

bool SaveBox::refuse(const QString &why) {
    problem_ = why;
    emit changed();
    return false;
}

tl::expected<QByteArray, QString> SaveBox::made(const QString &suffix) const {
    if (kind_ == page) {
        if (suffix != QLatin1String("html") && suffix != QLatin1String("htm"))
            return tl::unexpected(QStringLiteral("End the name with .html."));
        PageOptions options;
        options.start = session_->selection.step();
        options.side = session_->selection.side();
        return toPage(*session_->selection.document(), options);
    }
    if (suffix == QLatin1String("svg")) return toSvg(viewPicture(*session_), look_());
    if (suffix == QLatin1String("png")) return toPng(viewPicture(*session_), look_(), 2);
    return tl::unexpected(QStringLiteral("End the name with .svg or .png."));
}

bool SaveBox::save(const QString &path) {
    QString full = path.trimmed();
    if (full.startsWith(QLatin1String("~/"))) full = QDir::homePath() + full.mid(1);
    const QFileInfo file(QDir::current(), full);
    const auto bytes = made(file.suffix().toLower());
    if (!bytes) return refuse(bytes.error());
    if (file.exists() && replacing_ != file.filePath()) {
        replacing_ = file.filePath();
        return refuse(QStringLiteral("This file is there already: Enter once more replaces it."));
    }
    QSaveFile out(file.filePath());
    if (!out.open(QIODevice::WriteOnly) || out.write(*bytes) != bytes->size() || !out.commit())
        return refuse(QStringLiteral("It cannot be written there: %1.").arg(out.errorString()));
    folder_ = file.absolutePath();
    problem_.clear();
    emit changed();
    session_->replay.say(QStringLiteral("Saved: ") + code(file.absoluteFilePath()) +
                         QStringLiteral(", %1 kB.").arg((bytes->size() + 999) / 1000));
    return true;
}

} // namespace skbscope::ui
