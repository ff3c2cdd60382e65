// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/kernel_run.h"

namespace skbscope::app {

tl::expected<trace::Side, RunError> runOnKernel(const bpf::op_list &list, const KernelTarget &, const ProgressSink &) {
    if (auto ok = bpf::check(list); !ok) {
        return tl::unexpected(RunError{RunErrorCode::badInput, "operation list", ok.error().message()});
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", "the lab is not built yet"});
}

} // namespace skbscope::app
