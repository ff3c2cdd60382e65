// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: include/net/netns/core.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct netns_core {
    int sysctl_somaxconn = 4096;
    u8 sysctl_txrehash = 1;
};

} // namespace skbscope::stack
