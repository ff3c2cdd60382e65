// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/window_controller.h"

#include "ui/commands/file_commands.h"
#include "ui/commands/filter_commands.h"
#include "ui/commands/map_commands.h"
#include "ui/commands/session_commands.h"
#include "ui/commands/timeline_commands.h"
#include "ui/models/app_words.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/scenario_titles.h"
#include "ui/models/thrown.h"
#include "ui/theme/fonts.h"

#include <QAccessible>
#include <QFileInfo>
#include <QKeyEvent>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSocketNotifier>

#include <algorithm>

namespace skbscope::ui {

namespace {
std::vector<ScenarioItem> scenarioItems(const WindowOptions &options) {
    std::vector<ScenarioItem> out;
    for (const ScenarioEntry &e : options.scenarios)
        out.push_back({QString::fromStdString(e.name), QString::fromStdString(e.title)});
    return out;
}

tl::expected<Document, std::string> fromFile(const std::filesystem::path &path) {
    auto document = readDocument(QString::fromStdString(path.string()));
    if (!document) return tl::unexpected(document.error().toStdString());
    return *document;
}
} // namespace

// Known before anything says something.
static QString firstLanguage(const WindowOptions &options) {
    if (!options.language.empty()) return QString::fromStdString(options.language);
    return options.remember ? readWindowState().language : QStringLiteral("en");
}

WindowController::WindowController(WindowOptions options, QObject *parent)
    : QObject(parent), options_(std::move(options)), language_(firstLanguage(options_)),
      session_(QString::fromStdString(options_.sourceDirectory.string())), motion_(&session_.selection),
      files_(deskHooks()), run_(options_.runner), attach_(attachWork(options_.runner)),
      watch_(watchWork(options_.runner)), keyList_(&commands_), scenarios_(scenarioItems(options_)),
      lessons_(options_.lessons, &session_.selection, &session_.gate) {
    addSessionCommands(commands_, session_);
    addMapCommands(commands_, session_);
    addTimelineCommands(commands_, session_);
    addReplayCommands(commands_, session_, [this](PickerRequest request) {
        picker_.open(std::move(request));
        emit pickerRequested();
    });
    addLookCommands();
    addFileCommands(commands_, files_);
    addFilterCommands(commands_, session_, [this] { emit filterRequested(); });
    addWindowCommands();
    addLiveCommands();
    addExportCommands(commands_, session_, saveBox_);
    addLessonCommands();
    addRunCommands();
    connectRuns();
    addWhatIfCommands();
    addPresentCommands();
    addSettingCommands();
    restoreState();
}

WindowController::~WindowController() {
    if (worker_.joinable()) worker_.join();
}

WindowController::Loaded WindowController::load(const WindowOptions &options, const std::string &scenario) {
    if (scenario.ends_with(".skbt")) return fromFile(scenario);
    if (options.run) {
        auto trace = options.run(scenario);
        if (!trace) return tl::unexpected(trace.error());
        return TraceDocument::build(std::move(*trace));
    }
    return fromFile(options.assetDirectory / "traces" / (scenario + ".skbt"));
}

tl::expected<void, std::string> WindowController::openFirst() {
    if (options_.live) {
        openLive(options_.live);
        return {};
    }
    const bool named = !options_.traces.empty(); // a scenario among what is opened is run, as the chooser does it
    const std::string first = named ? options_.traces.front().string() : options_.scenario;
    if (!named || (options_.run && isScenarioFile(QString::fromStdString(first)))) {
        const Loaded loaded = load(options_, first);
        if (!loaded) return tl::unexpected(loaded.error());
        chosen_ = QString::fromStdString(first);
        show(chosen_, loaded);
        if (named) addFiles();
    } else if (const auto opened = openFiles(); !opened) {
        return opened;
    }
    if (options_.initialStep >= 0) session_.selection.setStepInt(options_.initialStep);
    if (!options_.lesson.empty()) lessons_.openNamed(QString::fromStdString(options_.lesson), options_.lessonPart);
    motion_.finish();
    return {};
}

void WindowController::show(const QString &scenario, const Loaded &loaded) {
    if (!loaded) {
        files_.say(appWords(loaded.error()));
        return setProblem(appWords(loaded.error()));
    }
    files_.take(ranTrace(scenario, *loaded));
}

OpenTrace WindowController::ranTrace(const QString &scenario, const Document &document) {
    const DocumentSide *kernel = document->side(SideKind::kernel);
    const bool unique = kernel && !kernel->side->info.recorded; // a model, and a recording, can be had again
    OpenTrace trace{OpenTrace::run, QFileInfo(scenario).completeBaseName(), {}, document, 0, unique};
    trace.source = scenario;
    return trace;
}

void WindowController::choose(const QString &scenario) {
    if (busy_ || live_.isRunning()) return;
    if (worker_.joinable()) worker_.join();
    chosen_ = scenario;
    busy_ = true;
    emit busyChanged();
    worker_ = std::thread([this, scenario, options = options_] {
        const Loaded loaded = orThrown([&] { return load(options, scenario.toStdString()); });
        QMetaObject::invokeMethod(this, [this, scenario, loaded] {
            busy_ = false;
            emit busyChanged();
            show(scenario, loaded);
        });
    });
}

QString WindowController::scenarioTitle() const {
    if (showsLive()) return live_.phase() + QStringLiteral(": ") + live_.counts();
    if (before_.document) return phrase("WindowController", "What if: %1").arg(before_.title);
    if (const OpenTrace *t = files_.traces().shown()) {
        if (!t->path.isEmpty()) return withTilde(t->path);
        if (t->origin == OpenTrace::comparison) return t->title;
    }
    const QString title = scenarios_.titleOf(name_);
    if (!title.isEmpty() || !session_.selection.document()) return title;
    // a trace of a scenario that is not bundled carries its own text
    const QString text = QString::fromStdString(session_.selection.document()->trace().scenario_text);
    for (const QString &line : text.split(QLatin1Char('\n')))
        if (line.startsWith(QLatin1String("title:")))
            return scenarioTitleWords(line.mid(6).trimmed().remove(QLatin1Char('"')));
    return {};
}

void WindowController::setProblem(const QString &problem) {
    if (problem == problem_) return;
    problem_ = problem;
    emit problemChanged();
}

void WindowController::setReaders(bool on) {
    if (on == readers_) return;
    readers_ = on;
    emit readersChanged();
}

QString WindowController::rich(const QString &markup, const QString &codeStyle) const {
    return richText(markup, fonts().mono, codeStyle);
}
QString WindowController::plain(const QString &markup) const {
    return plainText(markup);
}
qreal WindowController::pt(qreal pixels) const {
    return pointSize(pixels * unit_);
}

void WindowController::addWindowCommands() {
    const auto add = [this](const char *id, const char *title, const char *group,
                            std::initializer_list<const char *> keys, std::function<void()> run) {
        QList<QKeySequence> sequences;
        for (const char *key : keys)
            sequences << QKeySequence(QLatin1String(key));
        commands_.add({QLatin1String(id), QLatin1String(title), QLatin1String(group), sequences, std::move(run), {}});
    };
    add("scenario.choose", "Choose a scenario", "Scenario", {"Ctrl+O"}, [this] {
        if (!live_.isRunning()) emit chooserRequested();
    });
    add("scenario.rerun", "Run the scenario again", "Scenario", {"Ctrl+R"}, [this] {
        const OpenTrace *t = files_.traces().shown();
        choose(t && !t->source.isEmpty() ? t->source : name_);
    });
    add("pane.next", "Next pane", "View", {"F6"}, [this] { emit paneRequested(1); });
    add("pane.previous", "Previous pane", "View", {"Shift+F6"}, [this] { emit paneRequested(-1); });
    add("help.keys", "All keys", "Help", {"?"}, [this] { emit helpRequested(); });
}

void WindowController::attach(QQuickWindow *window) {
    window_ = window;
    setReaders(QAccessible::isActive());
    window->installEventFilter(this);
    present_.attach(window);
    followState(window);
    connect(window, &QQuickWindow::widthChanged, this, &WindowController::resized);
    connect(window, &QQuickWindow::heightChanged, this, &WindowController::resized);
    resized();
}

void WindowController::resized() {
    if (!window_) return;
    const qreal fit = std::min(window_->width() / 1600.0, window_->height() / 1000.0);
    const bool pixels = present_.resize(window_->size());
    const qreal unit = present_.isOn() ? fit * Present::magnified : std::clamp(fit, 0.9, 1.6) * zoom_;
    if (qFuzzyCompare(unit, unit_) && !pixels) return;
    unit_ = unit;
    emit unitChanged();
}

// Arrows step wherever the focus is; while a list is open they are the list's.
bool WindowController::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::Close && watched == window_) keepState();
    if (event->type() == QEvent::KeyPress && watched == window_ && !modal_ && !isTyping() &&
        pressed(*static_cast<QKeyEvent *>(event)))
        return true;
    return QObject::eventFilter(watched, event);
}

bool WindowController::isTyping() const {
    const QQuickItem *item = window_->activeFocusItem();
    return item && item->isVisible() && item->inherits("QQuickTextInput");
}

bool WindowController::pressed(const QKeyEvent &event) {
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    // these need Shift, or AltGr, on some keyboards and not on others
    switch (event.key()) {
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
        modifiers &= ~(Qt::ControlModifier | Qt::AltModifier | Qt::GroupSwitchModifier);
        [[fallthrough]];
    case Qt::Key_Question:
    case Qt::Key_Slash:
    case Qt::Key_Plus:
        modifiers &= ~Qt::ShiftModifier;
        break;
    default:
        break;
    }
    const int code = event.key() == Qt::Key_Backtab ? int(Qt::Key_Tab) : event.key(); // Shift is among the modifiers
    const QKeySequence key(int(modifiers) | code);
    const QString here = present_.commandFor(key), id = here.isEmpty() ? commands_.commandFor(key) : here;
    if (id.isEmpty()) return false;
    motion_.setJumping(event.isAutoRepeat()); // a held key shows end states only
    commands_.trigger(id);
    motion_.setJumping(false);
    return true;
}

} // namespace skbscope::ui
