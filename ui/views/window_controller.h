// SPDX-License-Identifier: GPL-2.0-or-later
// What QML talks to: the session, the theme, the commands, the scenarios, and the scale of everything.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/commands/export_commands.h"
#include "ui/commands/key_list.h"
#include "ui/commands/replay_commands.h"
#include "ui/models/file_desk.h"
#include "ui/models/language.h"
#include "ui/models/lesson_model.h"
#include "ui/models/live_view.h"
#include "ui/models/motion.h"
#include "ui/models/run_model.h"
#include "ui/models/scenario_model.h"
#include "ui/models/session.h"
#include "ui/models/start_form.h"
#include "ui/theme/theme.h"
#include "ui/views/present.h"
#include "ui/views/window_state.h"
#include "ui/window.h"

#include <QTimer>
#include <QVariantMap>
#include <thread>

class QKeyEvent;
class QSocketNotifier;
class QQuickWindow;

namespace skbscope::ui {

class WindowController : public QObject {
    Q_OBJECT
    Q_PROPERTY(skbscope::ui::Theme *theme READ themePointer CONSTANT)
    Q_PROPERTY(QObject *session READ sessionPointer CONSTANT)
    Q_PROPERTY(QObject *selection READ selectionPointer CONSTANT)
    Q_PROPERTY(QObject *player READ playerPointer CONSTANT)
    Q_PROPERTY(QObject *banner READ bannerPointer CONSTANT)
    Q_PROPERTY(QObject *live READ livePointer CONSTANT)
    Q_PROPERTY(QObject *commands READ commandsPointer CONSTANT)
    Q_PROPERTY(QAbstractItemModel *scenarios READ scenariosModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *functionCard READ functionModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *source READ sourceModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *calls READ callsModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *stack READ stackModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *map READ mapModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *memory READ memoryModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *bytes READ bytesModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *headers READ headersModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *timeline READ timelineModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *breakpoints READ breakpointsModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *differences READ differencesModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *picker READ pickerModel CONSTANT)
    Q_PROPERTY(QAbstractItemModel *keyList READ keyListModel CONSTANT)
    Q_PROPERTY(QObject *replay READ replayPointer CONSTANT)
    Q_PROPERTY(QObject *measure READ measurePointer CONSTANT)
    Q_PROPERTY(QObject *find READ findPointer CONSTANT)
    Q_PROPERTY(QObject *gate READ gatePointer CONSTANT)
    Q_PROPERTY(QAbstractItemModel *lessons READ lessonsModel CONSTANT)
    Q_PROPERTY(bool offersLessons READ offersLessons NOTIFY offerChanged) // the first start, until something is done
    Q_PROPERTY(QObject *filter READ filterPointer CONSTANT)
    Q_PROPERTY(QObject *files READ filesPointer CONSTANT)
    Q_PROPERTY(QObject *run READ runPointer CONSTANT)
    Q_PROPERTY(QObject *attachForm READ attachPointer CONSTANT)
    Q_PROPERTY(QObject *watchForm READ watchPointer CONSTANT)
    // What is shown was made here and is in no file yet.
    Q_PROPERTY(bool unsaved READ isUnsaved NOTIFY scenarioChanged)
    Q_PROPERTY(QObject *present READ presentPointer CONSTANT)
    Q_PROPERTY(QObject *saveBox READ saveBoxPointer CONSTANT)
    Q_PROPERTY(bool following READ isFollowing NOTIFY followingChanged) // the newest step of a live watch
    Q_PROPERTY(qreal unit READ unit NOTIFY unitChanged)
    Q_PROPERTY(QString scenarioName READ scenarioName NOTIFY scenarioChanged)
    Q_PROPERTY(QString scenarioTitle READ scenarioTitle NOTIFY scenarioChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    Q_PROPERTY(QString problem READ problem WRITE setProblem NOTIFY problemChanged)
    Q_PROPERTY(bool readers READ readers NOTIFY readersChanged) // a screen reader listens
    Q_PROPERTY(bool modal MEMBER modal_)                        // a list is open: keys are its own

public:
    explicit WindowController(WindowOptions options, QObject *parent = nullptr);
    ~WindowController() override;

    // What to show first; an error is one line for the user.
    [[nodiscard]] tl::expected<void, std::string> openFirst();
    void attach(QQuickWindow *window); // keys and size

    [[nodiscard]] Session &session() { return session_; }
    [[nodiscard]] Theme &theme() { return theme_; }
    [[nodiscard]] LiveView &live() { return live_; }
    [[nodiscard]] Motion &motion() { return motion_; }
    [[nodiscard]] RunModel &run() { return run_; }
    [[nodiscard]] StartForm &attachForm() { return attach_; }
    [[nodiscard]] StartForm &watchForm() { return watch_; }
    [[nodiscard]] bool isUnsaved() const;
    [[nodiscard]] Language &language() { return language_; }
    [[nodiscard]] CommandRegistry &commands() { return commands_; }
    [[nodiscard]] PickerModel &picker() { return picker_; }
    [[nodiscard]] LessonModel &lessons() { return lessons_; }
    [[nodiscard]] bool offersLessons() const { return offer_; }
    [[nodiscard]] FileDesk &files() { return files_; }
    [[nodiscard]] Present &present() { return present_; }
    [[nodiscard]] qreal unit() const { return unit_; }
    [[nodiscard]] qreal rowHeight() const { return unit_ >= 1.05 ? 20.4 : 18.9; } // design px
    [[nodiscard]] QString scenarioName() const { return name_; }
    [[nodiscard]] QString scenarioTitle() const;
    [[nodiscard]] bool isFollowing() const { return following_; }
    void setFollowing(bool on);
    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] bool readers() const { return readers_; }
    void setReaders(bool on);
    [[nodiscard]] QString problem() const { return problem_; }
    void setProblem(const QString &problem);
    // Where the window was the last time, on a screen there is now: x and y (not the first time), width, height.
    [[nodiscard]] QVariantMap firstPlace() const;
    [[nodiscard]] bool wasMaximised() const { return kept_.maximised; }
    // The panes in front of the places that some share: {"middle": "bytes", "all": "calls"}.
    Q_INVOKABLE QVariantMap firstTabs() const;
    Q_INVOKABLE void keepTabs(const QVariantMap &tabs);
    void keepState(); // writes the settings now, where they are kept at all

    // Runs or opens a scenario on a thread of its own; the window stays as it is until it is there.
    Q_INVOKABLE void choose(const QString &scenario);
    Q_INVOKABLE QString rich(const QString &markup, const QString &codeStyle = {}) const;
    Q_INVOKABLE QString plain(const QString &markup) const;
    Q_INVOKABLE qreal pt(qreal pixels) const; // design pixels as a point size
    Q_INVOKABLE bool trigger(const QString &command) { return commands_.trigger(command); }
    // For panes that are not drawn: the source's lines. -1: no call.
    Q_INVOKABLE void hoverCall(int row);
    Q_INVOKABLE void goToCall(int row);
    Q_INVOKABLE void pinCall(int row);
    Q_INVOKABLE void findNext(bool back);
    Q_INVOKABLE void dismissOffer(); // of the lessons: it does not come again

signals:
    void runRequested(); // their dialogs
    void attachRequested();
    void watchRequested();
    void followingChanged();
    void unitChanged();
    void languageChanged(); // bindings and models are to say everything again
    void scenarioChanged();
    void busyChanged();
    void problemChanged();
    void readersChanged();
    void quitRequested(); // by the terminal, once the watch is over
    void chooserRequested();
    void helpRequested();
    void paneRequested(int direction);
    void pickerRequested();
    void findRequested();
    void filterRequested();
    void breakpointsRequested();
    void differencesRequested();
    void lessonsRequested();
    void paneShown(const QString &name);
    void offerChanged();
    void lookRequested(int right, int down); // inside the pane that has the focus
    void pressRequested(bool pinning);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using Loaded = tl::expected<std::shared_ptr<const TraceDocument>, std::string>;
    [[nodiscard]] static Loaded load(const WindowOptions &options, const std::string &scenario);
    void show(const QString &scenario, const Loaded &loaded);
    [[nodiscard]] static OpenTrace ranTrace(const QString &scenario, const Document &document);
    [[nodiscard]] DeskHooks deskHooks();
    void present(const OpenTrace &trace);
    [[nodiscard]] tl::expected<void, std::string> openFiles();
    void addFiles();
    void addWindowCommands();
    void addLiveCommands();
    void addLookCommands();
    void addLessonCommands();
    void followLessons();
    void fetchForLesson(const QString &scenario, const QString &trace);
    void keepLessons();
    void addRunCommands();
    void connectRuns();
    void showRun(const std::shared_ptr<const TraceDocument> &document, const QString &note);
    void adopt(StartForm &form);
    void openLive(LiveSource *source);
    void addPresentCommands();
    void addWhatIfCommands();
    [[nodiscard]] QString whyNoWhatIf() const;
    void askWhatIf();
    void runWhatIf(const WhatIfChange &change);
    void whatIfRan(const WhatIfChange &change, const Loaded &loaded);
    void undoWhatIf();
    void addSettingCommands();
    [[nodiscard]] bool showsLive() const;
    void grown(const std::shared_ptr<const TraceDocument> &document);
    void liveChanged();
    void liveOver();
    void resized();
    [[nodiscard]] bool pressed(const QKeyEvent &event);
    [[nodiscard]] bool isTyping() const; // in a field: letters are its own
    void restoreState();
    void followState(QQuickWindow *window);
    [[nodiscard]] WindowState stateNow() const;
    void setZoom(qreal zoom);
    void chooseLanguage();
    void sayAgain();

    Theme *themePointer() { return &theme_; }
    QObject *sessionPointer() { return &session_; }
    QObject *selectionPointer() { return &session_.selection; }
    QObject *playerPointer() { return &session_.player; }
    QObject *bannerPointer() { return &session_.banner; }
    QObject *livePointer() { return &live_; }
    QObject *runPointer() { return &run_; }
    QObject *attachPointer() { return &attach_; }
    QObject *watchPointer() { return &watch_; }
    QObject *commandsPointer() { return &commands_; }
    QObject *replayPointer() { return &session_.replay; }
    QObject *measurePointer() { return &session_.measure; }
    QObject *findPointer() { return &session_.find; }
    QObject *gatePointer() { return &session_.gate; }
    QAbstractItemModel *lessonsModel() { return &lessons_; }
    QObject *filterPointer() { return &session_.filter; }
    QObject *filesPointer() { return &files_; }
    QObject *presentPointer() { return &present_; }
    QObject *saveBoxPointer() { return &saveBox_; }
    QAbstractItemModel *breakpointsModel() { return &session_.breakpoints; }
    QAbstractItemModel *differencesModel() { return &session_.differences; }
    QAbstractItemModel *pickerModel() { return &picker_; }
    QAbstractItemModel *keyListModel() { return &keyList_; }
    QAbstractItemModel *scenariosModel() { return &scenarios_; }
    QAbstractItemModel *functionModel() { return &session_.function; }
    QAbstractItemModel *sourceModel() { return &session_.source; }
    QAbstractItemModel *callsModel() { return &session_.calls; }
    QAbstractItemModel *stackModel() { return &session_.stack; }
    QAbstractItemModel *mapModel() { return &session_.map; }
    QAbstractItemModel *memoryModel() { return &session_.memory; }
    QAbstractItemModel *bytesModel() { return &session_.bytes; }
    QAbstractItemModel *headersModel() { return &session_.headers; }
    QAbstractItemModel *timelineModel() { return &session_.timeline; }

    WindowOptions options_;
    Language language_; // before everything that says something
    Theme theme_;
    Session session_;
    Motion motion_;
    FileDesk files_;
    std::unique_ptr<LiveSource> started_; // from the window; before live_, which looks at it
    LiveSource *source_ = nullptr;        // the one live_ looks at
    LiveView live_;
    RunModel run_;
    StartForm attach_, watch_;
    Present present_{&theme_};
    CommandRegistry commands_;
    KeyListModel keyList_;
    PickerModel picker_;
    ScenarioModel scenarios_;
    LessonModel lessons_;
    SaveBox saveBox_{&session_, [this] { return theme_.palette(); }};
    QQuickWindow *window_ = nullptr;
    std::thread worker_;
    QString name_, problem_;
    QString chosen_;  // what choose() was asked for last, or what was shown first
    struct FirstRun { // what was shown before a setting was changed
        std::shared_ptr<const TraceDocument> document = {};
        quint32 step = 0;
        SideKind side = SideKind::model;
        QString title = {}, id = {}; // of the change
    };
    FirstRun before_;
    qreal unit_ = 1, zoom_ = 1;
    WindowState kept_, begun_; // what the settings say; what this run began with
    QRect place_;              // while not maximised
    QString middleTab_, onlyTab_;
    QTimer keeping_; // moves and sizes come by the hundred
    std::unique_ptr<QSocketNotifier> interrupts_;
    [[nodiscard]] quint32 newestStep() const;
    bool offer_ = false;
    bool following_ = false; // the newest step of a live watch
    bool busy_ = false, modal_ = false, readers_ = false;
};

} // namespace skbscope::ui
