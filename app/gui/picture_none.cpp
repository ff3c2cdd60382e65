// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/picture.h"

namespace skbscope::app {

bool canWritePng() {
    return false;
}

OrFailure<void> writePng(const experiment::Drawing &, const std::filesystem::path &) {
    return failed(exitNotPossible, "this build makes no PNGs (it was configured with SKBSCOPE_GUI=OFF); --svg works");
}

} // namespace skbscope::app
