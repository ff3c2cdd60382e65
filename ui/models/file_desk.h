// SPDX-License-Identifier: GPL-2.0-or-later
// Traces and files: opens, saves, compares and closes them, takes what is dropped, and asks before anything is lost.
// What takes long is done on a thread, one thing at a time; what is shown stays until the new one is there, and where
// that fails.
#pragma once

#include "ui/models/folder_model.h"
#include "ui/models/open_traces.h"
#include "ui/models/picker_model.h"
#include "ui/models/recent_files.h"

#include <QUrl>
#include <QVariantList>
#include <functional>
#include <thread>

namespace skbscope::ui {

// What the desk needs of the window.
struct DeskHooks {
    std::function<void(const OpenTrace &)> show; // as the one trace that is shown
    std::function<quint32()> step;               // where one is in it
    std::function<void(const QString &markup)> tell;
    std::function<void(PickerRequest)> ask;
    std::function<void(const QString &file)> runScenario; // empty: this window runs none
    // What is shown in place of the open trace (a changed run), and a name for its file; null: the open trace is shown.
    std::function<std::pair<Document, QString>()> instead;
};

class FileDesk : public QObject {
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel *folder READ folderModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *traces READ tracesModel CONSTANT)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(bool saving READ isSaving NOTIFY chooserRequested)       // the chooser's file is to be written
    Q_PROPERTY(QString question READ question NOTIFY questionChanged)   // empty: nothing is asked
    Q_PROPERTY(QStringList answers READ answers NOTIFY questionChanged) // the last one changes nothing

public:
    explicit FileDesk(DeskHooks hooks, QObject *parent = nullptr);
    ~FileDesk() override;

    [[nodiscard]] OpenTraces &traces() { return traces_; }
    [[nodiscard]] const OpenTraces &traces() const { return traces_; }
    [[nodiscard]] FolderModel &folder() { return folder_; }
    [[nodiscard]] RecentFiles &recent() { return recent_; }
    [[nodiscard]] bool isBusy() const { return busy_; }
    [[nodiscard]] bool isSaving() const { return saving_; }
    [[nodiscard]] const QString &question() const { return question_; }
    [[nodiscard]] QStringList answers() const;

    // Of a run: it is open and shown from now on.
    void take(OpenTrace trace);
    // More of the watch; false: another trace is shown, it stays in the background.
    bool grow(const Document &document);
    void watchIsKept(const QString &file); // its events are, or will be, in this file

    // The first trace of a window that was started with files.
    void begin(const QString &path, Document document);
    void open(const QString &path);     // shows it; one that is open already is not read again
    void add(const QStringList &paths); // open, not shown, not read
    void show(int index);
    void showNext(int by);
    void close(); // the trace that is shown; asks where it would be lost
    void openWithChooser();
    void saveWithChooser();
    void listOpen();
    void listRecent();
    void compare(); // asks for both sides
    void compare(const ComparedSide &a, const ComparedSide &b);
    [[nodiscard]] QString whyNotSave() const; // empty: it can be saved
    [[nodiscard]] QString whyNotCompare() const;

    // The chooser's answer.
    Q_INVOKABLE void accept(const QString &path);
    Q_INVOKABLE void answer(int index);
    // Files that are dragged over the window: what dropping them would do, and doing it.
    Q_INVOKABLE QString dropWords(const QList<QUrl> &urls) const;
    Q_INVOKABLE void drop(const QList<QUrl> &urls);
    // False: something would be lost, and the user is asked; closeAllowed() follows if it may.
    Q_INVOKABLE bool mayClose();
    // Writes what is not saved to a place of its own, without asking; for an end from outside. What it wrote.
    QStringList rescue();
    void say(const QString &text) const; // plain text, to the user

signals:
    void busyChanged();
    void chooserRequested();
    void questionChanged();
    void closeAllowed();

private:
    using Done = std::function<void()>;
    struct Answer {
        QString word;
        std::function<void()> run;
    };
    void work(std::function<Done()> job); // the job on a thread, what it returns back on this one
    void opened(const QString &path, Document document, bool show);
    void failed(const QString &why);
    void ask(const QString &question, std::vector<Answer> answers);
    void chooseFile(int index); // of an open trace
    void save(const QString &path, bool replace);
    void saveOther(const QString &path, bool replace);
    [[nodiscard]] Document instead() const { return hooks_.instead ? hooks_.instead().first : Document(); }
    void saved(int index, const QString &path);
    void finishClosing(); // what was asked for when saving came between
    void closeNow(int index);
    void compareFiles(const QString &a, const QString &b);
    void askPair(int a, int b);
    void askSide(const QString &title, const std::function<void(ComparedSide)> &chosen, const Document &but,
                 SideKind kind);
    [[nodiscard]] std::vector<ComparedSide> sidesOf(int index) const;
    [[nodiscard]] int firstUnsaved() const;

    QAbstractItemModel *folderModel() { return &folder_; }
    QAbstractItemModel *tracesModel() { return &traces_; }

    DeskHooks hooks_;
    OpenTraces traces_;
    FolderModel folder_;
    RecentFiles recent_;
    std::thread worker_;
    QString question_;
    std::vector<Answer> answers_;
    int savedIndex_ = -1; // the trace that the chooser is to save; -1: other_
    Document other_;
    enum class Closing : quint8 { nothing, trace, window };
    Closing closing_ = Closing::nothing; // what goes on once it is saved
    bool busy_ = false, saving_ = false, mayGo_ = false;
};

} // namespace skbscope::ui
