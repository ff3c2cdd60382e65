// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/save_box.h"

#include "ui/export/page.h"
#include "ui/export/view_picture.h"
#include "ui/models/call_number.h"
#include "ui/models/markup.h"
#include "ui/models/phrase.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace skbscope::ui {

SaveBox::SaveBox(Session *session, Look look, QObject *parent)
    : QObject(parent), session_(session), look_(std::move(look)), folder_(QDir::currentPath()) {
    timer_.setInterval(100);
    connect(&timer_, &QTimer::timeout, this, &SaveBox::changed);
}

SaveBox::~SaveBox() {
    if (work_) work_->cancelled = true;
}

QString SaveBox::title() const {
    return kind_ == picture ? phrase("SaveBox", "Save what is shown as a picture (.svg or .png)")
                            : phrase("SaveBox", "Save the replay as one page for a browser (.html)");
}

void SaveBox::ask(Kind kind) {
    cancel();
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

QString SaveBox::wrongEnding(const QString &suffix) const {
    const bool html = suffix == QLatin1String("html") || suffix == QLatin1String("htm");
    const bool drawn = suffix == QLatin1String("svg") || suffix == QLatin1String("png");
    if (kind_ == page) return html ? QString() : phrase("SaveBox", "End the name with .html.");
    return drawn ? QString() : phrase("SaveBox", "End the name with .svg or .png.");
}

tl::expected<QByteArray, QString> SaveBox::madePicture(const QString &suffix) const {
    if (suffix == QLatin1String("svg")) return toSvg(viewPicture(*session_), look_());
    return toPng(viewPicture(*session_), look_(), 2);
}

bool SaveBox::save(const QString &path) {
    if (isBusy()) return true;
    QString full = path.trimmed();
    if (full.startsWith(QLatin1String("~/"))) full = QDir::homePath() + full.mid(1);
    const QFileInfo file(QDir::current(), full);
    const QString suffix = file.suffix().toLower();
    if (const QString wrong = wrongEnding(suffix); !wrong.isEmpty()) return refuse(wrong);
    if (file.exists() && replacing_ != file.filePath()) {
        replacing_ = file.filePath();
        return refuse(phrase("SaveBox", "This file is there already: Enter once more replaces it."));
    }
    if (kind_ == page) return makePage(file.filePath()), true;
    const auto bytes = madePicture(suffix);
    return bytes ? write(file.filePath(), *bytes) : refuse(bytes.error());
}

// What is shown now: the document is held, and where one steps meanwhile changes nothing.
void SaveBox::makePage(const QString &file) {
    PageOptions options;
    options.start = session_->selection.step();
    options.side = session_->selection.side();
    work_ = std::make_shared<Work>();
    options.progress = [work = work_](quint32 done, quint32 of) {
        work->done = done;
        work->of = of;
        return !work->cancelled;
    };
    made_.ask(
        [this, file, options, document = session_->selection.sharedDocument()]() -> Background::Answer {
            auto bytes = toPage(*document, options);
            return [this, file, bytes = std::move(bytes)] {
                work_.reset();
                timer_.stop();
                bytes ? write(file, *bytes) : refuse(bytes.error());
            };
        },
        [this](const QString &why) {
            work_.reset();
            timer_.stop();
            refuse(why);
        });
    problem_.clear();
    timer_.start();
    emit changed();
}

void SaveBox::cancel() {
    if (!work_) return;
    work_->cancelled = true;
    work_.reset();
    timer_.stop();
    made_.forget();
    emit changed();
}

QString SaveBox::doing() const {
    if (!work_) return {};
    if (work_->of == 0) return phrase("SaveBox", "begins");
    return phrase("SaveBox", "step %1 of %2").arg(work_->done).arg(work_->of);
}

qreal SaveBox::progress() const {
    return work_ && work_->of > 0 ? qreal(work_->done) / work_->of : 0;
}

bool SaveBox::write(const QString &path, const QByteArray &bytes) {
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return refuse(phrase("SaveBox", "It cannot be written there: %1.").arg(out.errorString()));
    folder_ = QFileInfo(path).absolutePath();
    problem_.clear();
    emit changed();
    emit written();
    session_->replay.say(phrase("SaveBox", "Saved: ") + code(QFileInfo(path).absoluteFilePath()) +
                         phrase("SaveBox", ", %1 kB.").arg((bytes.size() + 999) / 1000));
    return true;
}

} // namespace skbscope::ui
