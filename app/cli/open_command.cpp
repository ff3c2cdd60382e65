// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope open TRACE..., and skbscope without a command: the window.
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/gui/gui.h"

#include <CLI/CLI.hpp>

namespace skbscope::app {

namespace {

void addWindowOptions(CLI::App &c, GuiArguments &a) {
    c.add_flag("--allow-root", a.allowRoot, "Open the window although this is root");
    c.add_flag("--reduced-motion", a.reducedMotion, "No animations");
    c.add_flag("--high-contrast", a.highContrast, "Second text as dark as the first, and edges that can be seen");
    c.add_option("--theme", a.theme, "light, dark or system")
        ->check(CLI::IsMember({"light", "dark", "system"}))
        ->type_name("THEME");
    c.add_option("--language", a.language, "en, it or system")
        ->check(CLI::IsMember({"en", "it", "system"}))
        ->type_name("LANGUAGE");
    c.add_option("--scenario", a.scenario, "Show this bundled scenario first")->type_name("NAME");
    c.add_option("--lesson", a.lesson, "Open this lesson: a bundled name, or a file")->type_name("NAME|FILE");
    c.add_option("--part", a.lessonPart, "At this part of the lesson (from 1)")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
    c.add_option("--screenshot", a.screenshot, "Write a picture of the window to FILE and leave")->type_name("FILE");
    c.add_option("--step", a.step, "Begin at this step (from 0)")->check(CLI::NonNegativeNumber)->type_name("N");
    c.add_option("--window-width", a.width, "Pixels")->check(CLI::Range(320, 10000))->type_name("N");
    c.add_option("--window-height", a.height, "Pixels")->check(CLI::Range(240, 10000))->type_name("N");
}

} // namespace

void addOpenCommand(CLI::App &app, Command &command, int argc, char **argv) {
    // One for both: `skbscope --theme dark open FILE` means what it says.
    auto a = std::make_shared<GuiArguments>();
    addWindowOptions(app, *a);
    app.callback([&app, a, &command, argc, argv] {
        if (app.get_subcommands().empty()) command = [=] { return runGui(argc, argv, *a); };
    });
    CLI::App *c = app.add_subcommand("open", "Open traces in the window");
    c->add_option("TRACES", a->traces, "Trace files (.skbt); a scenario (.yaml) in the first place is run")->required();
    addWindowOptions(*c, *a);
    c->callback([a, &command, argc, argv] { command = [=] { return runGui(argc, argv, *a); }; });
}

} // namespace skbscope::app
