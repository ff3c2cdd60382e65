// SPDX-License-Identifier: GPL-2.0-or-later
// Lightweight tunnels: routes that carry an encapsulation. The model builds none, so dst_entry::lwtstate is always
// null. Linux 6.1: include/net/lwtunnel.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct lwtunnel_state;
inline bool lwtunnel_output_redirect(const lwtunnel_state *) {
    return false;
}
inline bool lwtunnel_input_redirect(const lwtunnel_state *) {
    return false;
}
inline bool lwtunnel_xmit_redirect(const lwtunnel_state *) {
    return false;
}
inline u32 lwtunnel_headroom(const lwtunnel_state *, u32) {
    return 0;
}

} // namespace skbscope::stack
