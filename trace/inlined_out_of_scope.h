// SPDX-License-Identifier: GPL-2.0-or-later
// Calls compiled away in functions that the kernel can show, but that stand outside the scope of fidelity, such as
// irq_exit_rcu(). A tree shows such a call without its caller, so its reader cannot tell. Internal to trace/.
#pragma once

#include "trace/call_tree.h"

namespace skbscope::trace {

// The nearest caller that the stock kernel can show, if it is one outside the scope; else npos.
[[nodiscard]] std::uint32_t caller_out_of_scope(const Side &side, const CallTree &tree, std::uint32_t call);
[[nodiscard]] bool inlined_out_of_scope(const Side &side, const CallTree &tree, std::uint32_t call);

} // namespace skbscope::trace
