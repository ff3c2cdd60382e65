// SPDX-License-Identifier: GPL-2.0-or-later
// The table of IP protocols. Linux 6.1: net/ipv4/protocol.c
#include "net/protocol.h"

#include "linux/errno.h"
#include "linux/trace_fn.h"
#include "net/inet_globals.h"

namespace skbscope::stack {

const net_protocol *inet_protos(u8 protocol) {
    return inet_global().inet_protos[protocol];
}

namespace {

// 0, or -1: the place is taken.
template <class T> int take_place(T &slot, T by) {
    if (slot) return -1;
    slot = by;
    return 0;
}

} // namespace

// Linux 6.1: net/ipv4/protocol.c
int inet_add_protocol(const net_protocol *prot, u8 protocol) {
    TRACE_FN();
    return TRACE_RET(take_place(inet_global().inet_protos[protocol], prot));
}

// Linux 6.1: net/ipv4/protocol.c
int inet_add_offload(const net_offload *offload, u8 protocol) {
    TRACE_FN();
    return TRACE_RET(take_place(inet_global().inet_offloads[protocol], offload));
}

// Linux 6.1: net/ipv4/protocol.c
int inet_del_protocol(const net_protocol *prot, u8 protocol) {
    TRACE_FN();
    const net_protocol *&slot = inet_global().inet_protos[protocol];
    const int ret = slot == prot ? 0 : -1;
    if (ret == 0) slot = nullptr;
    synchronize_net(); // packets may still be in it
    return TRACE_RET(ret);
}

} // namespace skbscope::stack
