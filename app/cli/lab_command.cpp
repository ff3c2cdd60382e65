// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/commands.h"
#include "app/cli/failure.h"

#include <CLI/CLI.hpp>

namespace skbscope::app {

// The word is reserved: a lab that stays up between runs.
void addLabCommand(CLI::App &app, Command &command) {
    CLI::App *c = app.add_subcommand("lab", "Reserved: a lab kernel that stays up between runs");
    c->allow_extras();
    c->callback([&command] {
        command = [] {
            return report({exitNotPossible, "lab: not in this version; a lab kernel starts and stops by itself with "
                                            "skbscope run SCENARIO --kernel lab"});
        };
    });
}

} // namespace skbscope::app
