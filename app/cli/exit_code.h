// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace skbscope::app {

enum ExitCode : int {
    exitOk = 0,
    exitDifferences = 1, // run: unexplained ones only; compare: any
    exitBadInput = 2,    // or wrong use
    exitNotPossible = 3, // on this machine, or in this build
};

} // namespace skbscope::app
