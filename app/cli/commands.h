// SPDX-License-Identifier: GPL-2.0-or-later
// The commands. Each adds itself to the command line and, when it is the one that was given, says through `run` what to
// do and with which exit code the program ends.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace skbscope::app {

using Command = std::function<int()>;

void addRunCommand(CLI::App &app, Command &run);
void addCompareCommand(CLI::App &app, Command &run);
void addInspectCommand(CLI::App &app, Command &run);
void addExportCommand(CLI::App &app, Command &run);
// `argc`, `argv`: Qt takes its own options out of them.
void addOpenCommand(CLI::App &app, Command &run, int argc, char **argv);
void addTwinCommand(CLI::App &app, Command &run);
// `argc`, `argv`: for the window.
void addLiveCommand(CLI::App &app, Command &run, int argc, char **argv);
void addLabCommand(CLI::App &app, Command &run);
void addAttachCommand(CLI::App &app, Command &run, int argc, char **argv);
void addExperimentCommand(CLI::App &app, Command &run);

// The whole program.
int runCommandLine(int argc, char **argv);

} // namespace skbscope::app
