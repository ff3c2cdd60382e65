// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/version.h"

#include <CLI/CLI.hpp>
#include <exception>

namespace skbscope::app {

namespace {

// --help is no error; everything else that the parser refuses is wrong use.
int parserExit(const CLI::App &app, const CLI::ParseError &error) {
    return app.exit(error) == 0 ? exitOk : exitBadInput;
}

} // namespace

int runCommandLine(int argc, char **argv) {
    CLI::App app(
        "Steps a packet through the Linux network stack twice, side by side: a model in C++, and a real kernel "
        "watched with eBPF.",
        "skbscope");
    app.set_version_flag("--version", std::string("skbscope ") + version + ", mirrors " + mirroredKernel);
    app.require_subcommand(0, 1);
    app.footer("Exit codes: 0 ok, 1 differences found, 2 bad input or use, 3 not possible here.\n"
               "Without a command: the window.");
    Command run;
    addRunCommand(app, run);
    addCompareCommand(app, run);
    addInspectCommand(app, run);
    addExportCommand(app, run);
    addOpenCommand(app, run, argc, argv);
    addTwinCommand(app, run);
    addLiveCommand(app, run, argc, argv);
    addLabCommand(app, run);
    addAttachCommand(app, run, argc, argv);
    addExperimentCommand(app, run);
    try {
        app.parse(argc, argv);
        return run ? run() : static_cast<int>(exitBadInput);
    } catch (const CLI::ParseError &e) {
        return parserExit(app, e);
    } catch (const std::bad_alloc &) {
        return report({exitNotPossible, "out of memory"});
    } catch (const std::exception &e) { // a bug of ours: still one line, and no core file
        return report({exitNotPossible, std::string("internal error: ") + e.what()});
    }
}

} // namespace skbscope::app
