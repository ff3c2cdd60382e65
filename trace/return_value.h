// SPDX-License-Identifier: GPL-2.0-or-later
// What a call returned, what kind of value that is, and how to say it.
#pragma once

#include "trace/call_tree.h"

#include <optional>
#include <string>

namespace skbscope::trace {

// By the kernel's BTF.
enum class ReturnKind : std::uint8_t {
    unknown, // no BTF: inlined everywhere, or changed by the compiler
    nothing, // void
    boolean,
    signed_number, // where it is negative and small, usually a negative errno
    unsigned_number,
    pointer, // null, an error pointer (a negative errno), or an address
};
[[nodiscard]] ReturnKind return_kind(std::string_view function);

// Nothing where the leave is missing, or does not hold a value (void, or a probe that could not read it). Pointers are
// the address, as a signed number.
[[nodiscard]] std::optional<std::int64_t> returned(const Side &side, const Call &call);

// A small negative number, in a function whose numbers have a sign or that returns a pointer: a negative errno.
[[nodiscard]] bool is_error(ReturnKind kind, std::int64_t value);

// "0", "-EAGAIN", "true", "NULL", "0xffff888003c1e0c0". -1 stays "-1": more functions mean "no" by it than EPERM.
[[nodiscard]] std::string return_text(ReturnKind kind, std::int64_t value);

} // namespace skbscope::trace
