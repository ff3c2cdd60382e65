// SPDX-License-Identifier: GPL-2.0-or-later
// Functions of 6.1 that a later kernel has under another name: the same work at the same place of the path. The
// catalogue knows them by their name in 6.1; a trace of a later kernel keeps the name that kernel has, and comparisons
// treat the two as one.
#pragma once

#include <span>
#include <string_view>

namespace skbscope::trace {

struct Rename {
    std::string_view old_name; // in 6.1
    std::string_view new_name;
    std::string_view evidence; // what became of the old one
};

// No name occurs twice on one side.
[[nodiscard]] std::span<const Rename> renames();

// "sk_skb_reason_drop" -> "kfree_skb_reason"; a name that is not a new one stays as it is. The result views the
// argument or the table.
[[nodiscard]] std::string_view catalogue_name(std::string_view name);
// The row of a function by its name in 6.1; null: it was not renamed, as far as is known.
[[nodiscard]] const Rename *renamed(std::string_view old_name);

} // namespace skbscope::trace
