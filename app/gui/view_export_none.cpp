// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/gui/view_export.h"

namespace skbscope::app {

OrFailure<std::string> exportView(trace::Trace, const ViewExport &) {
    return failed(exitNotPossible, "this build draws nothing (it was configured with SKBSCOPE_GUI=OFF, or without Qt); "
                                   "--to jsonl, tree and state work");
}

} // namespace skbscope::app
