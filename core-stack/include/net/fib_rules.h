// SPDX-License-Identifier: GPL-2.0-or-later
// Policy routing rules. The model has the three that every namespace starts with (local, main, default), which the
// kernel never walks either: fib_lookup() asks the merged table directly. Linux 6.1: include/net/fib_rules.h
#pragma once

#include "linux/types.h"

#include <vector>

namespace skbscope::stack {

struct fib_rule {
    u32 pref;
    u32 table; // RT_TABLE_...
};
struct fib_rules_ops {
    std::vector<fib_rule> rules_list; // by pref
};

inline constexpr int FIB_LOOKUP_NOREF = 1, FIB_LOOKUP_IGNORE_LINKSTATE = 2;

} // namespace skbscope::stack
