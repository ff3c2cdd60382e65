// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/return_value.h"

#include "trace/embedded.h"
#include "trace/text.h"

#include <cstdio>
#include <cstring>
#include <unordered_map>

namespace skbscope::trace {

namespace {
constexpr std::int64_t max_errno = 4095; // include/linux/err.h

bool small_negative(std::int64_t value) {
    return value < 0 && value >= -max_errno;
}

// Of a function that BTF does not know, a number this large is an address.
bool looks_like_address(std::int64_t value) {
    return value < -0xffffffffLL || value > 0xffffffffLL;
}

std::string hex(std::int64_t value) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
    return text;
}
// "s32", "pointer", "void", ...
ReturnKind kind_of(std::string_view type) {
    if (type == "void") return ReturnKind::nothing;
    if (type == "bool") return ReturnKind::boolean;
    if (type == "pointer") return ReturnKind::pointer;
    return type.starts_with('s') ? ReturnKind::signed_number : ReturnKind::unsigned_number;
}

std::unordered_map<std::string_view, ReturnKind> read_kinds() {
    std::unordered_map<std::string_view, ReturnKind> out;
    out.reserve(4096);
    for (std::string_view text = embedded::returns(); !text.empty();) {
        std::string_view line = take_line(text);
        const std::string_view name = take_until(line, '\t');
        if (!name.empty()) out.emplace(name, kind_of(line));
    }
    return out;
}
} // namespace

ReturnKind return_kind(std::string_view function) {
    static const auto kinds = read_kinds();
    const auto found = kinds.find(function);
    return found == kinds.end() ? ReturnKind::unknown : found->second;
}

std::optional<std::int64_t> returned(const Side &side, const Call &call) {
    if (call.leave >= side.events.size()) return std::nullopt;
    const Event &leave = side.events[call.leave];
    if (!is_leave(leave) || (leave.state & SKBSCOPE_STATE_HAS_RET) == 0) return std::nullopt;
    return std::int64_t{leave.leave.ret}; // unaligned in the event: copied
}

bool is_error(ReturnKind kind, std::int64_t value) {
    const bool has_errors =
        kind == ReturnKind::signed_number || kind == ReturnKind::pointer || kind == ReturnKind::unknown;
    return has_errors && small_negative(value);
}

std::string return_text(ReturnKind kind, std::int64_t value) {
    if (kind == ReturnKind::boolean) return value != 0 ? "true" : "false";
    if (is_error(kind, value) && value != -1)
        if (const char *name = strerrorname_np(static_cast<int>(-value))) return std::string("-") + name;
    const bool address = kind == ReturnKind::pointer || (kind == ReturnKind::unknown && looks_like_address(value));
    if (address && !small_negative(value)) return value == 0 ? "NULL" : hex(value);
    return kind == ReturnKind::unsigned_number ? std::to_string(static_cast<std::uint64_t>(value))
                                               : std::to_string(value);
}

} // namespace skbscope::trace
