// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/file_desk.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/thrown.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <utility>

namespace skbscope::ui {

FileDesk::FileDesk(DeskHooks hooks, QObject *parent) : QObject(parent), hooks_(std::move(hooks)) {}

FileDesk::~FileDesk() {
    if (worker_.joinable()) worker_.join();
}

void FileDesk::work(std::function<Done()> job) {
    if (busy_) return say(phrase("FileDesk", "Still busy with another file: a moment."));
    if (worker_.joinable()) worker_.join();
    busy_ = true;
    emit busyChanged();
    worker_ = std::thread([this, job = std::move(job)] {
        Done done;
        try {
            done = job();
        } catch (...) {
            done = [this, why = thrownWords()] { failed(appWords(why)); };
        }
        QMetaObject::invokeMethod(this, [this, done = std::move(done)] {
            busy_ = false;
            emit busyChanged();
            done();
        });
    });
}

void FileDesk::say(const QString &text) const {
    QString plain = text;
    hooks_.tell(plain.replace(QStringLiteral("**"), QStringLiteral("* *")).replace(u'`', u'\''));
}

void FileDesk::failed(const QString &why) {
    say(why);
}

void FileDesk::take(OpenTrace trace) {
    if (traces_.shown()) traces_.keepStep(hooks_.step());
    const int index = traces_.add(std::move(trace));
    traces_.setCurrent(index);
    hooks_.show(traces_.at(index));
}

bool FileDesk::grow(const Document &document) {
    const int index = traces_.indexOf(OpenTrace::live);
    if (index < 0) return true;
    OpenTrace grown = traces_.at(index);
    grown.document = document;
    grown.unsaved = grown.path.isEmpty() && !document->rows().empty();
    traces_.replace(index, std::move(grown));
    return index == traces_.current();
}

void FileDesk::watchIsKept(const QString &file) {
    const int index = traces_.indexOf(OpenTrace::live);
    if (index < 0 || file.isEmpty()) return;
    OpenTrace kept = traces_.at(index);
    kept.path = QFileInfo(file).absoluteFilePath();
    kept.unsaved = false;
    traces_.replace(index, std::move(kept));
}

void FileDesk::add(const QStringList &paths) {
    for (const QString &path : paths)
        traces_.add({OpenTrace::file, QFileInfo(path).fileName(), QFileInfo(path).absoluteFilePath()});
}

void FileDesk::begin(const QString &path, Document document) {
    opened(QFileInfo(path).absoluteFilePath(), std::move(document), true);
}

void FileDesk::open(const QString &path) {
    const QString file = QFileInfo(withoutTilde(path)).absoluteFilePath();
    if (const int index = traces_.indexOf(file); index >= 0) return show(index);
    if (isScenarioFile(file)) return drop({QUrl::fromLocalFile(file)});
    work([this, file]() -> Done {
        auto document = readDocument(file);
        return [this, file, document = std::move(document)] {
            if (!document) return failed(document.error());
            opened(file, *document, true);
        };
    });
}

void FileDesk::opened(const QString &path, Document document, bool shown) {
    recent_.add(path);
    OpenTrace trace{OpenTrace::file, QFileInfo(path).fileName(), path, std::move(document)};
    const bool cut = trace.document->trace().cut;
    const QString note = qs(trace.document->trace().cut_note);
    const int at = traces_.indexOf(path);
    if (at >= 0) traces_.replace(at, std::move(trace));
    const int index = at >= 0 ? at : traces_.add(std::move(trace));
    if (shown) show(index);
    if (cut) say(phrase("FileDesk", "This trace is cut short: ") + note);
}

void FileDesk::show(int index) {
    if (index < 0 || index >= traces_.count()) return;
    if (!traces_.at(index).document) {
        const QString path = traces_.at(index).path;
        return work([this, path]() -> Done {
            auto document = readDocument(path);
            return [this, path, document = std::move(document)] {
                if (!document) return failed(document.error());
                opened(path, *document, true);
            };
        });
    }
    if (traces_.shown()) traces_.keepStep(hooks_.step());
    traces_.setCurrent(index);
    hooks_.show(traces_.at(index));
}

void FileDesk::showNext(int by) {
    if (const int n = traces_.count(); n > 1) show((traces_.current() + by + n) % n);
}

void FileDesk::openWithChooser() {
    saving_ = false;
    folder_.setEndings({QStringLiteral("skbt"), QStringLiteral("tree"), QStringLiteral("yaml")});
    const QStringList recent = recent_.files();
    const QString folder = recent.isEmpty() ? QDir::currentPath() : QFileInfo(recent.first()).path();
    folder_.setText(withTilde(QDir(folder).exists() ? folder : QDir::currentPath()) + u'/');
    emit chooserRequested();
}

QString FileDesk::whyNotSave() const {
    if (const Document other = instead()) return whyNotSaved(*other);
    const OpenTrace *t = traces_.shown();
    if (!t || !t->document) return phrase("FileDesk", "No trace is open.");
    if (t->document->rows().empty()) return phrase("FileDesk", "This trace holds no call: there is nothing to save.");
    return whyNotSaved(*t->document);
}

void FileDesk::saveWithChooser() {
    if (const QString why = whyNotSave(); !why.isEmpty()) return say(why);
    if (!instead()) return chooseFile(traces_.current());
    const auto [document, name] = hooks_.instead();
    saving_ = true;
    savedIndex_ = -1;
    other_ = document;
    folder_.setEndings({QStringLiteral("skbt")});
    folder_.setText(withTilde(QDir::currentPath()) + u'/' + name + QStringLiteral(".skbt"));
    emit chooserRequested();
}

// "live: tap0" -> "live-tap0"; a colon would read as FILE:SIDE when it is opened.
static QString fileNameOf(const QString &title) {
    static const QRegularExpression unfit(QStringLiteral("[/:\\s]+"));
    return QString(title).replace(unfit, QStringLiteral("-"));
}

void FileDesk::chooseFile(int index) {
    saving_ = true;
    savedIndex_ = index;
    const OpenTrace &t = traces_.at(savedIndex_);
    folder_.setEndings({QStringLiteral("skbt")});
    QString name = t.path.isEmpty() ? t.title : QFileInfo(t.path).completeBaseName();
    name = fileNameOf(name);
    const QString folder = t.path.isEmpty() ? QDir::currentPath() : QFileInfo(t.path).path();
    folder_.setText(withTilde(folder) + u'/' + name + QStringLiteral(".skbt"));
    emit chooserRequested();
}

void FileDesk::accept(const QString &path) {
    if (!saving_) return open(path);
    QString file = QFileInfo(withoutTilde(path)).absoluteFilePath();
    if (QFileInfo(file).suffix() != QLatin1String("skbt")) file += QStringLiteral(".skbt");
    if (!QFileInfo::exists(file)) return save(file, false);
    ask(phrase("FileDesk", "**%1** is there already. Replace it?").arg(withTilde(file)),
        {{phrase("FileDesk", "Replace it"), [this, file] { save(file, true); }},
         {phrase("FileDesk", "Keep the old file"), [this] { closing_ = Closing::nothing; }}});
}

void FileDesk::save(const QString &path, bool replace) {
    const int index = savedIndex_;
    if (index < 0 && other_) return saveOther(path, replace);
    if (index < 0 || index >= traces_.count()) return;
    work([this, index, path, replace, document = traces_.at(index).document]() -> Done {
        auto done = saveDocument(*document, path, replace);
        return [this, index, path, document, done = std::move(done)] {
            if (!done) {
                closing_ = Closing::nothing;
                return failed(phrase("FileDesk", "Not saved. ") + done.error());
            }
            // a watch may have grown meanwhile: then not all of it is in the file
            const bool all = index < traces_.count() && traces_.at(index).document == document;
            say(all ? phrase("FileDesk", "Saved as %1.").arg(withTilde(path))
                    : phrase("FileDesk", "Saved what there was as %1. More has come since.").arg(withTilde(path)));
            recent_.add(path);
            if (all || closing_ == Closing::window) saved(index, path);
        };
    });
}

// It is no open trace, and does not become one: it was made from the one that is.
void FileDesk::saveOther(const QString &path, bool replace) {
    work([this, path, replace, document = std::exchange(other_, {})]() -> Done {
        auto done = saveDocument(*document, path, replace);
        return [this, path, done = std::move(done)] {
            if (!done) return failed(phrase("FileDesk", "Not saved. ") + done.error());
            recent_.add(path);
            say(phrase("FileDesk", "Saved as %1.").arg(withTilde(path)));
        };
    });
}

void FileDesk::saved(int index, const QString &path) {
    OpenTrace now = traces_.at(index);
    if (now.origin != OpenTrace::live) now.origin = OpenTrace::file;
    if (now.origin == OpenTrace::file) now.path = path, now.title = QFileInfo(path).fileName();
    now.unsaved = now.fresh = false;
    traces_.replace(index, std::move(now));
    finishClosing();
}

void FileDesk::listOpen() {
    PickerRequest list{phrase("FileDesk", "Open traces"), phrase("FileDesk", "Type a part of a trace's name"), {}};
    for (int i = 0; i < traces_.count(); ++i)
        list.items.push_back({traces_.at(i).title, traces_.detail(i), {}, {}, [this, i] { show(i); }});
    hooks_.ask(std::move(list));
}

void FileDesk::listRecent() {
    PickerRequest list{phrase("FileDesk", "Recent files"), phrase("FileDesk", "Type a part of a file's name"), {}};
    for (const QString &path : recent_.files()) {
        const QString why = RecentFiles::isMissing(path)
                                ? phrase("FileDesk", "not there any more: ") + withTilde(QFileInfo(path).path())
                                : QString();
        list.items.push_back(
            {QFileInfo(path).fileName(), withTilde(QFileInfo(path).path()), {}, why, [this, path] { open(path); }});
    }
    hooks_.ask(std::move(list));
}

} // namespace skbscope::ui
