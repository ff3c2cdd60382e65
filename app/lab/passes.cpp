// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/passes.h"

namespace skbscope::app {

namespace {
constexpr int passesMax = 6;
}

tl::expected<bpf::read_state, RunError> runUntilNothingIsMissed(KernelPasses &kernel, const std::string &place) {
    for (int n = 0; n < passesMax; ++n) {
        auto state = kernel.pass();
        if (!state) return state;
        std::set<std::string> missed;
        for (const std::string &f : state->missed)
            if (!kernel.probed().contains(f)) missed.insert(f);
        if (missed.empty()) return state;
        if (auto ok = kernel.attach(missed); !ok) return tl::unexpected(ok.error());
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, place,
                                   "the scenario calls other functions each time it runs; nothing whole can be shown"});
}

} // namespace skbscope::app
