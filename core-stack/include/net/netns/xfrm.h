// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: include/net/netns/xfrm.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

inline constexpr unsigned XFRM_POLICY_IN = 0, XFRM_POLICY_OUT = 1, XFRM_POLICY_FWD = 2, XFRM_POLICY_MAX = 3;
inline constexpr u8 XFRM_USERPOLICY_UNSPEC = 0, XFRM_USERPOLICY_BLOCK = 1, XFRM_USERPOLICY_ACCEPT = 2;

struct netns_xfrm {
    unsigned policy_count[XFRM_POLICY_MAX * 2] = {}; // the model has no policies: always 0
    u8 policy_default[XFRM_POLICY_MAX] = {XFRM_USERPOLICY_ACCEPT, XFRM_USERPOLICY_ACCEPT, XFRM_USERPOLICY_ACCEPT};
};

} // namespace skbscope::stack
