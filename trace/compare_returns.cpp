// SPDX-License-Identifier: GPL-2.0-or-later
// What matched calls return. Addresses never compare: of a pointer it counts whether it is null, which error it holds,
// or that it is there. A number that differs needs a reason that the function's own nature gives.
#include "trace/compare_returns.h"

#include <algorithm>
#include <array>

namespace skbscope::trace {

namespace {
struct Rule {
    std::string_view function; // `*` at the end: all that begin so
    ReasonCode code;
    const char *text;
    const char *evidence; // where the kernel's source shows it
};
constexpr Rule rules[] = {
    {"arp_hash", ReasonCode::random_by_design, "hash with a random key", "net/core/neighbour.c: neigh_get_hash_rnd"},
    {"fnhe_hashfun", ReasonCode::random_by_design, "hash with a random key", "net/ipv4/route.c: fnhe_hash_key"},
    {"flow_hash_from_keys", ReasonCode::random_by_design, "hash with a random key",
     "net/core/flow_dissector.c: hashrnd"},
    {"__skb_get_hash_symmetric", ReasonCode::random_by_design, "hash with a random key",
     "net/core/flow_dissector.c: hashrnd"},
    {"skb_get_hash_perturb", ReasonCode::random_by_design, "hash with a random key", "its argument perturb is random"},
    {"udp_ehashfn", ReasonCode::random_by_design, "hash with a random key", "net/ipv4/udp.c: udp_ehash_secret"},
    {"udp_flow_hashrnd", ReasonCode::random_by_design, "random number", "net/ipv4/udp.c: hashrnd"},
    {"inet_ehashfn", ReasonCode::random_by_design, "hash with a random key",
     "net/ipv4/inet_hashtables.c: inet_ehash_secret"},
    {"ip4_key_hashfn", ReasonCode::random_by_design, "hash with a random key", "its argument seed is random"},
    {"ip4_obj_hashfn", ReasonCode::random_by_design, "hash with a random key", "its argument seed is random"},
    {"fib_multipath_hash", ReasonCode::random_by_design, "hash with a random key",
     "net/core/flow_dissector.c: hashrnd"},
    {"neigh_rand_reach_time", ReasonCode::random_by_design, "random around base_reachable_time",
     "net/core/neighbour.c: neigh_rand_reach_time"},
    {"secure_*", ReasonCode::random_by_design, "sequence number or port from a random key", "net/core/secure_seq.c"},
    {"cookie_v4_init_sequence", ReasonCode::random_by_design, "SYN cookie: random by design",
     "net/ipv4/syncookies.c: syncookie_secret"},
    {"__cookie_v4_init_sequence", ReasonCode::random_by_design, "SYN cookie: random by design",
     "net/ipv4/syncookies.c: syncookie_secret"},
    {"inet_current_timestamp", ReasonCode::time_differs, "time of day", "net/ipv4/af_inet.c: ktime_get_real_ts64"},
    {"cookie_init_timestamp", ReasonCode::time_differs, "the sides' clocks differ",
     "net/ipv4/syncookies.c: tcp_ns_to_ts"},
    {"tcp_rack_skb_timeout", ReasonCode::time_differs, "time left: the sides' clocks differ",
     "net/ipv4/tcp_recovery.c: tcp_stamp_us_delta"},
};

// Functions whose result is a file descriptor, if it is no error.
constexpr std::array<std::string_view, 5> descriptor_functions = {"__sys_socket", "__sys_accept4", "__sys_accept4_file",
                                                                  "sock_map_fd", "get_unused_fd_flags"};

// Functions that return a partial checksum: 32 bits of which only the folded 16 mean anything, and how they got there
// depends on how many bytes the machine adds at a time.
constexpr std::array<std::string_view, 8> sum_functions = {"csum_partial",
                                                           "csum_partial_copy_generic",
                                                           "csum_partial_copy_nocheck",
                                                           "csum_and_copy_from_user",
                                                           "csum_and_copy_to_user",
                                                           "skb_checksum",
                                                           "__skb_checksum",
                                                           "skb_copy_and_csum_bits"};

// 0 and 0xffff are the two zeros of ones' complement.
std::uint32_t folded(std::int64_t sum) {
    auto s = static_cast<std::uint32_t>(sum);
    while (s > 0xffff)
        s = (s & 0xffff) + (s >> 16);
    return s == 0xffff ? 0 : s;
}

bool adds_bytes(std::string_view function) {
    return std::find(sum_functions.begin(), sum_functions.end(), function) != sum_functions.end();
}

bool same_sum(std::string_view function, std::int64_t left, std::int64_t right) {
    return adds_bytes(function) && folded(left) == folded(right);
}

const Rule *rule_of(std::string_view function) {
    for (const Rule &rule : rules) {
        std::string_view pattern = rule.function;
        const bool open = pattern.ends_with('*');
        if (open) pattern.remove_suffix(1);
        if (open ? function.starts_with(pattern) : function == pattern) return &rule;
    }
    return nullptr;
}

// Null, an error, or there: what two addresses have in common.
std::int64_t pointer_class(std::int64_t value) {
    return value == 0 || is_error(ReturnKind::pointer, value) ? value : 1;
}

std::string pointer_text(std::int64_t value) {
    return pointer_class(value) == 1 ? "an address" : return_text(ReturnKind::pointer, value);
}
} // namespace

std::optional<FieldDifference> ReturnComparer::compare(std::uint32_t left_call, std::uint32_t right_call) {
    const auto l = returned(left_.side, left_.tree.calls[left_call]);
    const auto r = returned(right_.side, right_.tree.calls[right_call]);
    if (!l || !r || *l == *r) return std::nullopt;
    const std::string_view name = right_.name(right_call);
    const ReturnKind kind = return_kind(name);
    const std::string lt = return_text(kind, *l), rt = return_text(kind, *r);
    if (kind == ReturnKind::pointer || lt.starts_with("0x") || rt.starts_with("0x")) {
        if (pointer_class(*l) == pointer_class(*r)) return std::nullopt;
        return FieldDifference{"returns", pointer_text(*l), pointer_text(*r), {}};
    }
    if (lt == rt || same_sum(name, *l, *r)) return std::nullopt; // any number but 0 is true
    return FieldDifference{"returns", lt, rt, explain(name, *l, *r)};
}

bool ReturnComparer::is_sum(std::uint32_t right_call) const {
    return adds_bytes(right_.name(right_call));
}

bool ReturnComparer::sums_differ_by(std::uint32_t left_call, std::uint32_t right_call, std::uint32_t change) const {
    const auto l = returned(left_.side, left_.tree.calls[left_call]);
    const auto r = returned(right_.side, right_.tree.calls[right_call]);
    return l && r && (folded(*l) + change) % 0xffff == folded(*r) % 0xffff;
}

Reason ReturnComparer::explain(std::string_view function, std::int64_t left, std::int64_t right) {
    if (const Rule *rule = rule_of(function)) return {rule->code, rule->text, rule->evidence};
    if (function == "__skb_flow_get_ports" && left >> 16 == right >> 16) // the upper half: to which port
        return {ReasonCode::random_by_design, "the source port in it is random by design",
                "net/ipv4/udp.c: udp_lib_get_port"};
    const bool descriptor =
        std::find(descriptor_functions.begin(), descriptor_functions.end(), function) != descriptor_functions.end();
    if (descriptor && left >= 0 && right >= 0 && descriptors_.agree(left, right))
        return {ReasonCode::configuration, "file descriptor: the lowest that is free in that process",
                "descriptor " + std::to_string(left) + " on the left is " + std::to_string(right) +
                    " on the right throughout"};
    return {};
}

} // namespace skbscope::trace
