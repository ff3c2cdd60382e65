// SPDX-License-Identifier: GPL-2.0-or-later
// Why a packet was dropped, by the kernel's own name for it. The numbers of enum skb_drop_reason mean something else in
// each release, so a name is always one of a side. A side carries its kernel's table as a fact (SideInfo::facts, so in
// the agent's HELLO and in the trace file's meta block):
//
//     "enum skb_drop_reason": "0=SKB_NOT_DROPPED_YET 1=SKB_DROP_REASON_NOT_SPECIFIED 2=SKB_DROP_REASON_NO_SOCKET ..."
//
// Every value of the enum as the kernel's BTF has it, in decimal, a blank between; reasons of subsystems (kernels from
// 6.4 on) with the subsystem in the upper half of the number, as the event holds them. drop_reason_fact() makes it.
// Without the fact the built-in table of 6.1 serves a side whose release is a 6.1.
#pragma once

#include "trace/trace.h"

#include <map>

namespace skbscope::trace {

// "SKB_DROP_REASON_NO_SOCKET". A number that the side has no name for stays a number: "97". 0 is "consumed": the packet
// came to its end without being dropped.
[[nodiscard]] std::string drop_reason_name(const SideInfo &side, std::uint32_t reason);
// True where drop_reason_name() gives a name.
[[nodiscard]] bool has_drop_reason_name(const SideInfo &side, std::uint32_t reason);

inline constexpr const char *drop_reason_fact_name = "enum skb_drop_reason";
// The fact's value, from number and name. Names with blanks in them are left out.
[[nodiscard]] std::string drop_reason_fact(const std::map<std::uint32_t, std::string> &names);

// Linux 6.1, include/net/dropreason.h; empty for a number that is none of its.
[[nodiscard]] std::string_view drop_reason_of_6_1(std::uint32_t reason);

} // namespace skbscope::trace
