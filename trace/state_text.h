// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff's fields at each function's entry, as compare.cpp scores them and `--format state` prints them. One order
// of fields for both. Internal to trace/.
#pragma once

#include "trace/call_tree.h"
#include "trace/packets.h"

#include <array>
#include <string_view>
#include <vector>

namespace skbscope::trace {

inline constexpr std::string_view state_fields[] = {"len",   "data_len", "headroom",  "tail",      "end",
                                                    "mac",   "network",  "transport", "protocol",  "truesize",
                                                    "users", "cloned",   "pkt_type",  "ip_summed", "same"};
inline constexpr std::size_t state_field_count = std::size(state_fields);
inline constexpr std::size_t same_field = state_field_count - 1;

using StateValues = std::array<std::uint32_t, state_field_count>;
// All but `same`, which is 0.
[[nodiscard]] StateValues state_values(const Snapshot &s);
// "0x8" for the protocol, decimal for the others.
[[nodiscard]] std::string state_value_text(std::size_t field, std::uint32_t value);

// What tells two sk_buffs apart where they are compared with those of a kernel: the address of the struct, which a
// freed and reused struct keeps. A packet without an identity record counts as itself.
[[nodiscard]] std::uint64_t struct_of(const PacketTable &packets, PacketId id);

struct StateLine {
    std::uint32_t call = npos;
    StateValues value{}; // `same`: the sk_buff is that of the line before
};

// Only calls that a stock kernel can show with their sk_buff argument.
[[nodiscard]] std::vector<StateLine> state_lines(const Side &side, const CallTree &tree);

} // namespace skbscope::trace
