// SPDX-License-Identifier: GPL-2.0-or-later
// What `lab` and `run --kernel lab` let the user choose of the lab.
#pragma once

#include "app/lab/lab_options.h"

namespace CLI {
class App;
}

namespace skbscope::app {

// `options` is to outlive the parsing.
void addLabOptions(CLI::App &command, LabOptions &options);
// One of them was given.
[[nodiscard]] bool anyLabOption(const CLI::App &command);

} // namespace skbscope::app
