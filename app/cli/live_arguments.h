// SPDX-License-Identifier: GPL-2.0-or-later
// What `skbscope live` was asked for.
#pragma once

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/view_arguments.h"
#include "app/lab/lab_options.h"
#include "app/live/live_run.h"

namespace skbscope::app {

struct LiveArguments {
    std::vector<std::string> filter; // words
    std::string kernel = "host";
    std::string netns, device, scenario, out;
    std::vector<std::string> functions;
    bool drops = false, gui = false, allowRoot = false, jsonl = false;
    Format format = Format::text;
    double duration = 0;
    std::uint64_t count = 0;
    std::uint32_t ring = 0, follow = 0;
    bool twin = false;
    std::string save; // with --twin
    LabOptions lab;
    bool labChosen = false; // any of its options was given
    ViewArguments view;
};

[[nodiscard]] std::string expressionOf(const LiveArguments &a);
// Checks them; the failure names the option.
[[nodiscard]] OrFailure<LiveOptions> liveOptionsOf(const LiveArguments &a);

// What is watched, in words.
[[nodiscard]] std::string watchedOf(const LiveArguments &a);

// A watch as the arguments want it; `calls` need not say how it is interrupted.
using LiveWatch = std::function<tl::expected<LiveResult, RunError>(LiveCalls calls)>;

// --twin: watches system calls while `watch` runs, then makes the model do what was seen, and shows the two side by
// side. Returns the exit code.
int liveTwin(const LiveArguments &a, const LiveWatch &watch);

// --gui: opens the window at once; `watch` runs on a thread of its own, and is interrupted when the user closes the
// window. Returns the exit code.
int liveWindow(const LiveArguments &a, const LiveOptions &options, const LiveWatch &watch, Interrupt &interrupt,
               int argc, char **argv);

// Once it is over: says what was seen, keeps the trace where one is wanted. Returns the exit code.
int finishLive(const LiveArguments &a, const LiveOptions &options, tl::expected<LiveResult, RunError> result);

// The last words, on stderr: what was seen, and what was not.
void tellEnd(const LiveResult &result);

} // namespace skbscope::app
