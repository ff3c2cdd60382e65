// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/head_sizes.h"

#include <charconv>
#include <optional>

namespace skbscope::trace {

namespace {

constexpr std::uint32_t cache_line = 64; // SMP_CACHE_BYTES of x86-64

std::optional<std::uint32_t> number(const SideInfo &info, const char *fact) {
    const auto at = info.facts.find(fact);
    if (at == info.facts.end()) return std::nullopt;
    std::uint32_t value = 0;
    const char *const end = at->second.data() + at->second.size();
    const auto [stop, error] = std::from_chars(at->second.data(), end, value);
    if (error != std::errc() || stop != end || value == 0 || value > 1U << 20) return std::nullopt;
    return value;
}

std::optional<std::uint32_t> aligned(const SideInfo &info, const char *fact) {
    const auto value = number(info, fact);
    if (!value) return std::nullopt;
    return (*value + cache_line - 1) / cache_line * cache_line;
}

// A head as the allocator sees it.
struct Head {
    std::uint32_t object; // bytes: data and skb_shared_info
    std::uint32_t beside; // what truesize counts beyond it
};

std::optional<Head> head_of(const SideInfo &info, const Snapshot &s) {
    const auto shared = aligned(info, shared_info_size_fact);
    if (!shared || s.truesize < s.end + *shared) return std::nullopt;
    return Head{s.end + *shared, s.truesize - s.end - *shared};
}

// Both count the same beyond the head, and the struct first: only the head is another.
bool same_beside(const SideInfo &left, const Head &l, const SideInfo &right, const Head &r) {
    const auto ls = aligned(left, struct_size_fact), rs = aligned(right, struct_size_fact);
    return ls && rs && l.beside >= *ls && r.beside >= *rs && l.beside - *ls == r.beside - *rs;
}

std::string sum(const Head &h, const SideInfo &info, const Snapshot &s) {
    return std::to_string(h.object) + " = end " + std::to_string(s.end) + " + " + shared_info_size_fact + " " +
           info.facts.at(shared_info_size_fact);
}

} // namespace

// The kernel takes a small head for all that fits into one: what the other side took from a general slab does.
Reason why_other_head(std::string_view field, const SideInfo &left, const Snapshot &l, const SideInfo &right,
                      const Snapshot &r) {
    if ((field != "end" && field != "truesize") || number(left, small_head_fact)) return {};
    const auto small = number(right, small_head_fact);
    const auto lh = head_of(left, l), rh = head_of(right, r);
    if (!small || !lh || !rh || rh->object != *small || lh->object > *small) return {};
    if (field == "truesize" && !same_beside(left, *lh, right, *rh)) return {};
    std::string evidence = std::string(small_head_fact) + ": " + sum(*rh, right, r) + "; " + sum(*lh, left, l) +
                           " fits into it, and " + left.release + " has no such slab";
    if (field == "truesize")
        evidence += "; truesize counts " + std::to_string(rh->beside) + " and " + std::to_string(lh->beside) +
                    " beside it, for " + struct_size_fact + " " + right.facts.at(struct_size_fact) + " and " +
                    left.facts.at(struct_size_fact);
    return {ReasonCode::configuration, "small heads have a slab of their own there", std::move(evidence)};
}

Reason why_other_memory(const SideInfo &right, std::size_t packets) {
    const auto used = number(right, structs_in_use_fact);
    if (!used || *used <= packets) return {};
    return {ReasonCode::random_by_design, "whose memory a packet gets is the slab's choice",
            std::string(structs_in_use_fact) + ": " + std::to_string(*used) + " in use there, and this trace has " +
                std::to_string(packets) + " packets: others take and give from it"};
}

} // namespace skbscope::trace
