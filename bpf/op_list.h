// SPDX-License-Identifier: GPL-2.0-or-later
// The operation list in memory, its bytes (oplist.h), and the check of both. The app compiles a scenario to it, the
// agent runs it; the agent trusts nothing in it that check() did not look at.
#pragma once

#include "bpf/oplist.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::bpf {

using op = skbscope_op;

inline constexpr std::uint32_t no_step = 0xffffffff; // op::step of topology

struct oplist_error {
    std::size_t index = 0;  // of the operation; count of operations when the list itself is wrong
    std::uint32_t line = 0; // in the scenario file, 0 = none
    std::string what;
    [[nodiscard]] std::string message() const;
};

struct op_list {
    std::vector<op> ops;
    std::string blob;

    // A zeroed operation of this kind, without a line or step, not yet in the list.
    [[nodiscard]] static op make(skbscope_op_kind kind);
    // Appends a copy; `data` goes to the blob and the copy points to it.
    op &add(op o, std::string_view data = {});
    // The blob's part that `o` points to. Call on checked lists only.
    [[nodiscard]] std::string_view data_of(const op &o) const;
};

// Copies a name of at most 15 bytes; longer ones are cut (check() of a list never sees them: check before).
void set_name(char (&to)[SKBSCOPE_NAME_MAX], std::string_view name);
[[nodiscard]] std::string_view name_of(const char (&name)[SKBSCOPE_NAME_MAX]);

// Every offset, count, index and kind: what a list must satisfy before anyone acts on it.
[[nodiscard]] tl::expected<void, oplist_error> check(const op_list &list);

// Same list, same bytes. Precondition: check() passed.
[[nodiscard]] std::string encode(const op_list &list);
// Any bytes are safe input. The result has passed check().
[[nodiscard]] tl::expected<op_list, oplist_error> decode(std::span<const std::byte> bytes);

} // namespace skbscope::bpf
