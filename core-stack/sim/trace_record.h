// SPDX-License-Identifier: GPL-2.0-or-later
// Writing single records: for sim/trace_*.cpp only.
#pragma once

#include "linux/trace_fn.h"
#include "sim/machine_state.h"
#include "sim/trace_state.h"
#include "trace/event.h"

namespace skbscope::stack {

struct net;
struct net_device;

[[nodiscard]] trace::Event &record(unsigned kind); // common part filled in, as of the innermost function
// Also the packet, its device and host.
[[nodiscard]] trace::Event &record_for(unsigned kind, const sk_buff *skb);
// An extension of the record written last.
[[nodiscard]] trace::Event &record_extension(unsigned kind, const trace::Event &extends);
void fill_snapshot(trace::Event &e, const sk_buff *skb);
[[nodiscard]] u16 trace_device_id(const net_device *dev);
[[nodiscard]] u8 trace_host_id(const net *ns);
[[nodiscard]] u8 trace_context();
// Gives the packet its id at first sight; true: it is new and its addresses are not recorded yet.
bool see_packet(sk_buff *skb);
void record_identity(const sk_buff *skb, const trace::Event &extends);
void record_owner(sk_buff *skb, const trace::Event &extends); // when it changed since the last record
void record_frags(const sk_buff *skb, const trace::Event &extends);

} // namespace skbscope::stack
