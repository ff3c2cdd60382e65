// SPDX-License-Identifier: GPL-2.0-or-later
// The window: what `skbscope` and `skbscope open` show. Everything it draws comes from a trace; what makes traces (the
// model, the lab, a recording) is handed in by the app, so that ui/ knows neither kernel.
#pragma once

#include "trace/trace.h"
#include "ui/lesson.h"
#include "ui/live.h"
#include "ui/runner.h"
#include "ui/what_if.h"

#include <filesystem>
#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::ui {

// One line of the scenario chooser.
struct ScenarioEntry {
    std::string name;  // "udp-veth": what `run` is called with
    std::string title; // "One UDP datagram across a veth pair"
};

struct WindowOptions {
    std::vector<std::filesystem::path> traces; // open these (.skbt); the first one is shown
    // Holds traces/NAME.skbt of the bundled scenarios and fonts/. Empty: nothing is bundled.
    std::filesystem::path assetDirectory;
    // Where core-stack/ can be read, for the source pane (the source tree, or PREFIX/share/skbscope). Empty: the pane
    // says that the source is not here.
    std::filesystem::path sourceDirectory;
    bool allowRoot = false;
    std::string scenario = "udp-veth"; // shown first when `traces` is empty
    // Shows this, while it grows, and not `traces` or `scenario`. Not owned: outlives runWindow(), which does not end
    // the watch; it may run on when the window is closed.
    LiveSource *live = nullptr;
    // Reads the settings of the last run and keeps those of this one. Off: tests see the defaults and leave no trace.
    bool remember = false;
    // These hold for this run alone; what the user changes in the window is kept.
    std::string theme;          // "light", "dark" or "system"; empty: as last time
    std::string language;       // "en", "it" or "system"; empty: as last time, English without `remember`
    bool highContrast = false;  // false: as last time
    bool reducedMotion = false; // jump cuts instead of animations; false: as last time
    std::vector<ScenarioEntry> scenarios;
    std::vector<Lesson> lessons; // those with an error are listed with it
    std::string lesson;          // opened at the start, by name; empty: none
    int lessonPart = 0;          // at this part, from 1; 0: where it was left
    bool offerLessons = false;   // for tests: as on the first start
    // Runs a scenario (or finds its recording) and returns both sides. Called on a thread of its own, never twice at
    // once, but for the first one, which is called before the window is up: it must take well under a second. An error
    // is one line for the user. Empty: only traces/NAME.skbt can be shown.
    std::function<tl::expected<trace::Trace, std::string>(const std::string &scenario)> run;
    // Runs and watches that are started from the window. Not owned: outlives runWindow(). Null: none can be.
    Runner *runner = nullptr;
    WhatIfSource whatIf; // empty: no setting can be changed
    // For tests and benchmarks: show step `initialStep` (-1: the first one), write a PNG of the window once it is
    // drawn, and leave. Empty: stay.
    std::filesystem::path screenshot;
    int initialStep = -1;
    int width = 0, height = 0; // 0: as last time, or 1600 x 1000, or what the screen has
};

// Opens the window and runs the event loop. Returns the exit code: 0, or 2 when the first trace cannot be shown (one
// line on stderr says why), or 3 when root was refused or there is no display.
int runWindow(int argc, char **argv, const WindowOptions &options);

// True when the process is root and `options` do not allow that; rootRefusal() is the line to print then.
[[nodiscard]] bool refusesRoot(const WindowOptions &options);
[[nodiscard]] std::string rootRefusal();

} // namespace skbscope::ui
