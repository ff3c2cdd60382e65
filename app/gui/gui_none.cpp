// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/failure.h"
#include "app/gui/gui.h"

namespace skbscope::app {

bool hasGui() {
    return false;
}

int runGui(int, char **, const GuiArguments &) {
    return report({exitNotPossible, "this build has no window (it was configured with SKBSCOPE_GUI=OFF); "
                                    "skbscope run SCENARIO works in the terminal"});
}

} // namespace skbscope::app
