// SPDX-License-Identifier: GPL-2.0-or-later
// The desk's part for the end: what is asked before something is lost.
#include "ui/models/file_desk.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QDateTime>
#include <QDir>
#include <QStandardPaths>
#include <algorithm>
#include <utility>

namespace skbscope::ui {

QStringList FileDesk::answers() const {
    QStringList out;
    for (const Answer &a : answers_)
        out << a.word;
    return out;
}

void FileDesk::ask(const QString &question, std::vector<Answer> answers) {
    question_ = question;
    answers_ = std::move(answers);
    emit questionChanged();
}

void FileDesk::answer(int index) {
    if (index < 0 || index >= int(answers_.size())) return;
    const auto run = answers_[std::size_t(index)].run; // it may ask the next question
    question_.clear();
    answers_.clear();
    emit questionChanged();
    if (run) run();
}

int FileDesk::firstUnsaved() const {
    for (int i = 0; i < traces_.count(); ++i)
        if (traces_.at(i).unsaved) return i;
    return -1;
}

bool FileDesk::mayClose() {
    const int index = firstUnsaved();
    if (mayGo_ || index < 0) return true;
    const OpenTrace &t = traces_.at(index);
    int more = 0;
    for (int i = index + 1; i < traces_.count(); ++i)
        more += traces_.at(i).unsaved ? 1 : 0;
    QString what = phrase("FileDeskClosing", "**%1** (%2) is not saved")
                       .arg(t.title, plural(qint64(t.document->rows().size()), phrase("OpenTraces", "call"),
                                            phrase("OpenTraces", "calls")));
    if (more > 0)
        what += phrase("FileDeskClosing", ", nor ") +
                plural(more, phrase("FileDeskClosing", "other trace"), phrase("FileDeskClosing", "other traces"));
    ask(what + phrase("FileDeskClosing", ". It cannot be had again."),
        {{phrase("FileDeskClosing", "Save as ..."),
          [this, index] {
              show(index);
              closing_ = Closing::window;
              chooseFile(index);
          }},
         {phrase("FileDeskClosing", "Close without saving"),
          [this] {
              mayGo_ = true;
              emit closeAllowed();
          }},
         {phrase("FileDeskClosing", "Stay"), [this] { closing_ = Closing::nothing; }}});
    return false;
}

void FileDesk::close() {
    const int index = traces_.current();
    if (index < 0) return;
    if (!traces_.at(index).unsaved) return closeNow(index);
    ask(phrase("FileDeskClosing", "**%1** is not saved. It cannot be had again.").arg(traces_.at(index).title),
        {{phrase("FileDeskClosing", "Save as ..."),
          [this, index] {
              closing_ = Closing::trace;
              chooseFile(index);
          }},
         {phrase("FileDeskClosing", "Close without saving"), [this, index] { closeNow(index); }},
         {phrase("FileDeskClosing", "Keep it open"), {}}});
}

// There is always something to look at: the last one stays.
void FileDesk::closeNow(int index) {
    if (traces_.count() < 2) return say(phrase("FileDeskClosing", "This is the only open trace."));
    traces_.remove(index);
    const int next = std::clamp(index, 0, traces_.count() - 1);
    traces_.setCurrent(-1); // its step is not to be kept: it is gone
    show(next);
}

void FileDesk::finishClosing() {
    switch (std::exchange(closing_, Closing::nothing)) {
    case Closing::nothing:
        return;
    case Closing::trace:
        return closeNow(savedIndex_);
    case Closing::window:
        if (!mayClose()) return;
        mayGo_ = true;
        emit closeAllowed();
        return;
    }
}

QStringList FileDesk::rescue() {
    QStringList out;
    const QDir place(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                     QStringLiteral("/skbscope"));
    for (int i = firstUnsaved(); i >= 0; i = firstUnsaved()) {
        OpenTrace t = traces_.at(i);
        place.mkpath(QStringLiteral("."));
        const QString path =
            place.filePath(QStringLiteral("unsaved-%1-%2.skbt")
                               .arg(QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")))
                               .arg(i));
        const auto done = saveDocument(*t.document, path, false);
        out << (done ? path : done.error());
        t.unsaved = t.fresh = false;
        traces_.replace(i, std::move(t));
    }
    return out;
}

} // namespace skbscope::ui
