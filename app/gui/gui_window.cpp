// SPDX-License-Identifier: GPL-2.0-or-later
// Hands the window what it cannot know: scenarios, recordings, and how both kernels are run.
#include "app/cli/assets.h"
#include "app/cli/failure.h"
#include "app/cli/run_sides.h"
#include "app/gui/gui.h"
#include "app/gui/gui_what_if.h"
#include "app/gui/window_runner.h"
#include "app/lesson/lesson_file.h"
#include "ui/window.h"

namespace skbscope::app {

namespace {

std::vector<ui::ScenarioEntry> scenarioEntries() {
    std::vector<ui::ScenarioEntry> entries;
    for (const std::string &name : bundledScenarios())
        if (const auto scenario = loadNamedScenario(name)) entries.push_back({name, scenario->title});
    return entries;
}

// The model runs now; the kernel's side is the recorded one, which the window says. Booting the lab takes longer than a
// window may stand still.
tl::expected<trace::Trace, std::string> runForWindow(const std::string &name) {
    const auto scenario = loadNamedScenario(name);
    if (!scenario) return tl::unexpected(scenario.error().message);
    RunRequest request;
    request.kernel.recorded = true;
    auto both = runSides(*scenario, request, {});
    if (both) return std::move(both->trace);
    request.side = SideChoice::model;
    if (auto model = runSides(*scenario, request, {})) return std::move(model->trace);
    request.side = SideChoice::kernel;
    if (auto kernel = runSides(*scenario, request, {})) return std::move(kernel->trace);
    return tl::unexpected(both.error().message);
}

// A bundled lesson by its name, or one from a file, which is listed last.
OrFailure<void> openLesson(ui::WindowOptions &o, const GuiArguments &a) {
    if (a.lesson.empty()) return {};
    o.lessonPart = a.lessonPart;
    o.lesson = a.lesson;
    for (const ui::Lesson &lesson : o.lessons)
        if (lesson.name == a.lesson && lesson.error.empty()) return {};
    auto lesson = loadLesson(a.lesson);
    if (!lesson) return tl::unexpected(Failure{exitBadInput, lesson.error().message()});
    o.lesson = lesson->name;
    o.lessons.push_back(std::move(*lesson));
    return {};
}

} // namespace

bool hasGui() {
    return true;
}

int runGui(int argc, char **argv, const GuiArguments &a) {
    WindowRunner runner;
    ui::WindowOptions o;
    o.runner = &runner;
    o.traces = a.traces;
    o.live = a.live;
    o.assetDirectory = assetDirectory();
    o.sourceDirectory = o.assetDirectory;
    o.allowRoot = a.allowRoot;
    if (!a.scenario.empty()) o.scenario = a.scenario;
    o.theme = a.theme;
    o.reducedMotion = a.reducedMotion;
    o.highContrast = a.highContrast;
    o.language = a.language;
    o.remember = a.screenshot.empty(); // a picture is the same on every machine
    o.scenarios = scenarioEntries();
    o.run = runForWindow;
    o.lessons = lessonsIn(o.assetDirectory / "lessons");
    if (const auto ready = openLesson(o, a); !ready) return report(ready.error());
    o.whatIf = whatIfSource();
    o.screenshot = a.screenshot;
    o.initialStep = a.step;
    if (a.width > 0) o.width = a.width;
    if (a.height > 0) o.height = a.height;
    if (ui::refusesRoot(o)) return report({exitNotPossible, ui::rootRefusal()});
    return ui::runWindow(argc, argv, o);
}

} // namespace skbscope::app
