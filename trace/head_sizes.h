// SPDX-License-Identifier: GPL-2.0-or-later
// How large a packet's buffer is depends on the slabs of the kernel that allocates it.
#pragma once

#include "trace/compare.h"
#include "trace/trace.h"

namespace skbscope::trace {

// Facts of a side, in bytes: the sizes of the two structs (the kernel's BTF), and of an object of the slab that small
// heads have of their own since 6.3 (/sys/kernel/slab); a kernel without that slab has no such fact.
inline constexpr const char *struct_size_fact = "sizeof(struct sk_buff)";
inline constexpr const char *shared_info_size_fact = "sizeof(struct skb_shared_info)";
inline constexpr const char *small_head_fact = "slab skbuff_small_head";

// How many sk_buffs are in use on a machine that others use as well (/sys/kernel/slab), when a watch begins there.
inline constexpr const char *structs_in_use_fact = "slab skbuff_head_cache: objects";

// Why `end` or `truesize` differ, where it follows from these numbers; else no reason.
[[nodiscard]] Reason why_other_head(std::string_view field, const SideInfo &left, const Snapshot &l,
                                    const SideInfo &right, const Snapshot &r);

// Why two packets that are one after the other have the same memory for their struct on one side alone: the machine of
// `right` is not the trace's alone, and more structs were in use there than the trace has packets.
[[nodiscard]] Reason why_other_memory(const SideInfo &right, std::size_t packets);

} // namespace skbscope::trace
