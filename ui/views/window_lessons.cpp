// SPDX-License-Identifier: GPL-2.0-or-later
// The controller's part for learning: lessons, the trace that each needs, and commands that bring a pane to the front.
#include "ui/views/window_controller.h"

#include "ui/commands/gate_commands.h"
#include "ui/models/phrase.h"

#include <QSettings>

namespace skbscope::ui {

namespace {
QSettings settings() {
    return QSettings(QStringLiteral("skbscope"), QStringLiteral("window"));
}
QList<QKeySequence> keysOf(const char *key) {
    return key ? QList<QKeySequence>{QKeySequence(QLatin1String(key))} : QList<QKeySequence>{};
}
} // namespace

void WindowController::addLessonCommands() {
    addGateCommands(commands_, session_);
    const auto add = [this](const char *id, const char *title, const char *key, std::function<void()> run,
                            std::function<bool()> can, const char *why) {
        commands_.add({QLatin1String(id), QLatin1String(title), QStringLiteral("Learn"), keysOf(key), std::move(run),
                       std::move(can), [why] { return phrase("WindowLessons", why); }});
    };
    const auto addStep = [this](const char *id, const char *title, const char *key, std::function<void()> run,
                                std::function<bool()> can, const char *why) {
        commands_.add({QLatin1String(id), QLatin1String(title), QStringLiteral("Learn"), keysOf(key), std::move(run),
                       std::move(can), [this, why] {
                           return lessons_.isActive()
                                      ? phrase("WindowLessons", why)
                                      : phrase("WindowLessons", "No lesson is open: Ctrl+L lists them.");
                       }});
    };
    const auto active = [this] { return lessons_.isActive(); };
    constexpr const char *none = QT_TRANSLATE_NOOP("WindowLessons", "No lesson is open: Ctrl+L lists them.");
    add(
        "lesson.open", "Lessons ...", "Ctrl+L", [this] { emit lessonsRequested(); },
        [this] { return lessons_.rowCount() > 0 && !live_.isRunning(); },
        QT_TRANSLATE_NOOP("WindowLessons", "There are no lessons here, or a watch is running."));
    addStep(
        "lesson.next", "Lesson: go on", "N", [this] { lessons_.next(); }, [this] { return lessons_.canGoOn(); },
        QT_TRANSLATE_NOOP("WindowLessons", "This is the lesson's last part. Ctrl+L lists the lessons."));
    addStep(
        "lesson.previous", "Lesson: one part back", "Shift+N", [this] { lessons_.previous(); },
        [this] { return lessons_.canGoBack(); },
        QT_TRANSLATE_NOOP("WindowLessons", "This is the lesson's first part."));
    add(
        "lesson.return", "Lesson: back to its place", "Backspace", [this] { lessons_.goBack(); }, active, none);
    add(
        "lesson.ask", "Lesson: its question", nullptr, [this] { lessons_.ask(); },
        [this] { return lessons_.at() && lessons_.at()->gate; },
        QT_TRANSLATE_NOOP("WindowLessons", "This part of the lesson asks nothing."));
    add(
        "lesson.leave", "Leave the lesson", "Ctrl+Shift+Backspace", [this] { lessons_.leave(); }, active, none);
    constexpr std::array panes = {std::pair{"calls", "Show the calls"},        std::pair{"stack", "Show the stack"},
                                  std::pair{"memory", "Show the sk_buff"},     std::pair{"bytes", "Show the bytes"},
                                  std::pair{"card", "Show the function card"}, std::pair{"source", "Show the source"}};
    for (const auto &[name, title] : panes)
        commands_.add({QStringLiteral("pane.show.") + QLatin1String(name),
                       QLatin1String(title),
                       QStringLiteral("View"),
                       {},
                       [this, pane = QString::fromLatin1(name)] { emit paneShown(pane); },
                       {}});
    lessons_.setTrigger([this](const QString &id) { return commands_.find(id) && commands_.trigger(id); });
    followLessons();
}

void WindowController::followLessons() {
    lessons_.setLanguages(language_.read());
    connect(&language_, &Language::changed, this, [this] { lessons_.setLanguages(language_.read()); });
    connect(&lessons_, &LessonModel::traceWanted, this, &WindowController::fetchForLesson);
    connect(&lessons_, &LessonModel::updated, &commands_, &CommandRegistry::refresh);
    connect(this, &WindowController::scenarioChanged, this, [this] { lessons_.arrived(); });
    // A scenario that cannot be run says so in problem(), once the thread is done.
    connect(
        this, &WindowController::busyChanged, this,
        [this] {
            if (!busy_ && lessons_.isWaiting()) lessons_.failed(problem_);
        },
        Qt::QueuedConnection);
    QSettings kept = settings();
    std::map<QString, int> places;
    kept.beginGroup(QStringLiteral("lessons"));
    for (const QString &name : kept.childKeys())
        places[name] = kept.value(name).toInt();
    kept.endGroup();
    if (!options_.theme.empty()) places.clear(); // a look for this run alone keeps nothing, and takes nothing
    lessons_.setPlaces(std::move(places));
    offer_ = options_.theme.empty() && options_.screenshot.empty() && !options_.live && lessons_.rowCount() > 0 &&
             !kept.value(QStringLiteral("lessonsOffered"), false).toBool();
    if (options_.offerLessons) offer_ = lessons_.rowCount() > 0;
    connect(&lessons_, &LessonModel::updated, this, &WindowController::keepLessons);
}

void WindowController::fetchForLesson(const QString &scenario, const QString &trace) {
    if (live_.isRunning() || busy_)
        return lessons_.failed(
            phrase("WindowLessons", "Another trace is being made or watched: go on once that is over."));
    const bool here = trace.isEmpty() && scenario == name_ && scenario == chosen_ && !session_.selection.isEmpty();
    if (here) return lessons_.arrived();
    choose(trace.isEmpty() ? scenario : trace);
}

void WindowController::keepLessons() {
    if (lessons_.isActive()) dismissOffer();
    if (!options_.theme.empty()) return;
    QSettings kept = settings();
    for (const auto &[name, part] : lessons_.places())
        kept.setValue(QStringLiteral("lessons/") + name, part);
}

void WindowController::dismissOffer() {
    if (!offer_) return;
    offer_ = false;
    if (options_.theme.empty()) settings().setValue(QStringLiteral("lessonsOffered"), true);
    emit offerChanged();
}

} // namespace skbscope::ui
