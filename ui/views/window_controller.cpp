// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/views/window_controller.h"

#include "trace/trace_file.h"
#include "ui/commands/session_commands.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/theme/fonts.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QQuickWindow>
#include <QSettings>
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

tl::expected<std::shared_ptr<const TraceDocument>, std::string> fromFile(const std::filesystem::path &path) {
    auto trace = trace::read_trace(path);
    if (!trace) return tl::unexpected(trace.error().message());
    return TraceDocument::build(std::move(*trace));
}
} // namespace

WindowController::WindowController(WindowOptions options, QObject *parent)
    : QObject(parent), options_(std::move(options)),
      session_(QString::fromStdString(options_.sourceDirectory.string())), motion_(&session_.selection),
      keyList_(&commands_), scenarios_(scenarioItems(options_)) {
    addSessionCommands(commands_, session_);
    addReplayCommands(commands_, session_, [this](PickerRequest request) {
        picker_.open(std::move(request));
        emit pickerRequested();
    });
    addLookCommands();
    addWindowCommands();
    addLiveCommands();
    addExportCommands(commands_, session_, saveBox_);
    restoreSettings();
    connect(&theme_, &Theme::motionChanged, this, [this] { motion_.setReduced(theme_.reducedMotion()); });
    connect(&theme_, &Theme::changed, this, &WindowController::saveSettings);
    connect(&theme_, &Theme::motionChanged, this, &WindowController::saveSettings);
}

WindowController::~WindowController() {
    if (worker_.joinable()) worker_.join();
}

WindowController::Loaded WindowController::load(const WindowOptions &options, const std::string &scenario) {
    if (options.run) {
        auto trace = options.run(scenario);
        if (!trace) return tl::unexpected(trace.error());
        return TraceDocument::build(std::move(*trace));
    }
    return fromFile(options.assetDirectory / "traces" / (scenario + ".skbt"));
}

tl::expected<void, std::string> WindowController::openFirst() {
    if (options_.live) {
        openLive();
        return {};
    }
    const bool file = !options_.traces.empty();
    const Loaded loaded = file ? fromFile(options_.traces.front()) : load(options_, options_.scenario);
    if (!loaded) return tl::unexpected(loaded.error());
    show(file ? QString::fromStdString(options_.traces.front().stem().string())
              : QString::fromStdString(options_.scenario),
         loaded);
    if (options_.initialStep >= 0) session_.selection.setStepInt(options_.initialStep);
    motion_.finish();
    return {};
}

void WindowController::show(const QString &scenario, const Loaded &loaded) {
    if (!loaded) return setProblem(QString::fromStdString(loaded.error()));
    session_.open(*loaded);
    name_ = session_.name().isEmpty() ? scenario : session_.name();
    setProblem(session_.warning());
    commands_.refresh();
    emit scenarioChanged();
}

void WindowController::choose(const QString &scenario) {
    if (busy_ || live_.isRunning()) return;
    if (worker_.joinable()) worker_.join();
    busy_ = true;
    emit busyChanged();
    worker_ = std::thread([this, scenario, options = options_] {
        const Loaded loaded = load(options, scenario.toStdString());
        QMetaObject::invokeMethod(this, [this, scenario, loaded] {
            busy_ = false;
            emit busyChanged();
            show(scenario, loaded);
        });
    });
}

QString WindowController::scenarioTitle() const {
    if (showsLive()) return live_.phase() + QStringLiteral(": ") + live_.counts();
    const QString title = scenarios_.titleOf(name_);
    if (!title.isEmpty() || !session_.selection.document()) return title;
    // a trace of a scenario that is not bundled carries its own text
    const QString text = QString::fromStdString(session_.selection.document()->trace().scenario_text);
    for (const QString &line : text.split(QLatin1Char('\n')))
        if (line.startsWith(QLatin1String("title:"))) return line.mid(6).trimmed().remove(QLatin1Char('"'));
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
    const auto zoom = [this](qreal factor) {
        zoom_ = factor == 0 ? 1 : std::clamp(zoom_ * factor, 0.6, 2.0);
        resized();
    };
    add("scenario.choose", "Choose a scenario", "Scenario", {"Ctrl+O"}, [this] {
        if (!live_.isRunning()) emit chooserRequested();
    });
    add("scenario.rerun", "Run the scenario again", "Scenario", {"Ctrl+R"}, [this] { choose(name_); });
    add("view.theme", "Light or dark", "View", {"Ctrl+T"}, [this] { theme_.toggle(); });
    add("view.contrast", "High contrast", "View", {}, [this] { theme_.setHighContrast(!theme_.highContrast()); });
    add("view.motion", "Animations on or off", "View", {},
        [this] { theme_.setReducedMotion(!theme_.reducedMotion()); });
    add("view.zoom.in", "Larger", "View", {"Ctrl++"}, [zoom] { zoom(1.1); });
    add("view.zoom.out", "Smaller", "View", {"Ctrl+-"}, [zoom] { zoom(1 / 1.1); });
    add("view.zoom.reset", "Normal size", "View", {"Ctrl+0"}, [zoom] { zoom(0); });
    add("pane.next", "Next pane", "View", {"F6"}, [this] { emit paneRequested(1); });
    add("pane.previous", "Previous pane", "View", {"Shift+F6"}, [this] { emit paneRequested(-1); });
    add("help.keys", "All keys", "Help", {"?"}, [this] { emit helpRequested(); });
}

void WindowController::attach(QQuickWindow *window) {
    window_ = window;
    setReaders(QAccessible::isActive());
    window->installEventFilter(this);
    connect(window, &QQuickWindow::widthChanged, this, &WindowController::resized);
    connect(window, &QQuickWindow::heightChanged, this, &WindowController::resized);
    resized();
}

void WindowController::resized() {
    if (!window_) return;
    const qreal fit = std::min(window_->width() / 1600.0, window_->height() / 1000.0);
    const qreal unit = std::clamp(fit, 0.9, 1.6) * zoom_;
    if (qFuzzyCompare(unit, unit_)) return;
    unit_ = unit;
    emit unitChanged();
}

// Arrows step wherever the focus is; while a list is open they are the list's.
bool WindowController::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::KeyPress && watched == window_ && !modal_ && pressed(*static_cast<QKeyEvent *>(event)))
        return true;
    return QObject::eventFilter(watched, event);
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
    case Qt::Key_Plus:
        modifiers &= ~Qt::ShiftModifier;
        break;
    default:
        break;
    }
    const QString id = commands_.commandFor(QKeySequence(int(modifiers) | event.key()));
    if (id.isEmpty()) return false;
    motion_.setJumping(event.isAutoRepeat()); // a held key shows end states only
    commands_.trigger(id);
    motion_.setJumping(false);
    return true;
}

void WindowController::restoreSettings() {
    const QSettings settings(QStringLiteral("skbscope"), QStringLiteral("window"));
    const QString theme = QString::fromStdString(options_.theme);
    theme_.setMode(theme.isEmpty() ? settings.value(QStringLiteral("theme"), QStringLiteral("system")).toString()
                                   : theme);
    theme_.setReducedMotion(options_.reducedMotion || settings.value(QStringLiteral("reducedMotion"), false).toBool());
    motion_.setReduced(theme_.reducedMotion());
}

// A theme given for this run alone is not kept.
void WindowController::saveSettings() const {
    if (!options_.theme.empty()) return;
    QSettings settings(QStringLiteral("skbscope"), QStringLiteral("window"));
    settings.setValue(QStringLiteral("theme"), theme_.mode());
    settings.setValue(QStringLiteral("reducedMotion"), theme_.reducedMotion());
}

} // namespace skbscope::ui
