// SPDX-License-Identifier: GPL-2.0-or-later
// What `nft add rule` and `nft delete rule` would do.
#include "linux/errno.h"
#include "linux/in.h"
#include "net/netfilter/nf_tables.h"
#include "sim/netconfig.h"
#include "sim/netconfig_scope.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <optional>

namespace skbscope::stack {

namespace {

using nft_payload_bases::NFT_PAYLOAD_NETWORK_HEADER;
using nft_payload_bases::NFT_PAYLOAD_TRANSPORT_HEADER;

constexpr u8 saddr_offset = 12, daddr_offset = 16; // in the IPv4 header
constexpr u8 dport_offset = 2;                     // in the UDP and in the TCP header

std::string_view next_word(std::string_view &words) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    return word;
}

void compare(nft_rule &rule, u32 mask, u32 data) {
    rule.expressions.push_back({.type = nft_expr_type::cmp, .mask = mask, .data = data});
}

void load(nft_rule &rule, nft_payload_bases base, u8 offset, u8 len) {
    rule.expressions.push_back({.type = nft_expr_type::payload, .base = base, .offset = offset, .len = len});
}

// "10.9.0.2"
std::optional<be32> address_of(std::string_view text) {
    u32 address = 0;
    const char *at = text.data(), *const end = at + text.size();
    for (int i = 0; i < 4; ++i) {
        u8 part = 0;
        if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
        const auto [next, error] = std::from_chars(at, end, part);
        if (error != std::errc()) return std::nullopt;
        at = next;
        address = address << 8 | part;
    }
    if (at != end) return std::nullopt;
    return cpu_to_be32(address);
}

bool match_address(nft_rule &rule, u8 offset, std::string_view text) {
    const auto address = address_of(text);
    if (!address) return false;
    load(rule, NFT_PAYLOAD_NETWORK_HEADER, offset, 4);
    compare(rule, 0xffffffff, address->raw);
    return true;
}

bool match_port(nft_rule &rule, std::string_view text) {
    u16 port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size()) return false;
    load(rule, NFT_PAYLOAD_TRANSPORT_HEADER, dport_offset, 2);
    compare(rule, 0xffff, std::endian::native == std::endian::little ? __builtin_bswap16(port) : port);
    return true;
}

bool match_protocol(nft_rule &rule, std::string_view word) {
    const u32 protocol = word == "udp" ? IPPROTO_UDP : word == "tcp" ? IPPROTO_TCP : word == "icmp" ? IPPROTO_ICMP : 0;
    if (protocol == 0) return false;
    rule.expressions.push_back({.type = nft_expr_type::meta_l4proto});
    compare(rule, 0xff, protocol);
    return true;
}

bool match(nft_rule &rule, std::string_view word, std::string_view &rest) {
    if (word == "saddr") return match_address(rule, saddr_offset, next_word(rest));
    if (word == "daddr") return match_address(rule, daddr_offset, next_word(rest));
    if (word == "dport") return match_port(rule, next_word(rest));
    return match_protocol(rule, word);
}

} // namespace

int nft_rule_change(net *ns, std::string_view words, bool remove) {
    static constexpr std::array<std::string_view, NF_INET_NUMHOOKS> hooks = {"prerouting", "input", "forward", "output",
                                                                             "postrouting"};
    const netconfig_scope scope;
    nft_rule rule{std::string(words), {}};
    const auto hook = std::ranges::find(hooks, next_word(words));
    if (hook == hooks.end()) return -EINVAL;
    const auto hooknum = static_cast<unsigned>(hook - hooks.begin());
    if (remove) return nft_del_rule(ns, hooknum, rule.userdata);
    for (std::string_view word = next_word(words); !words.empty() || !word.empty(); word = next_word(words)) {
        const bool last = words.empty();
        if (!last && !match(rule, word, words)) return -EINVAL;
        if (!last) continue;
        if (word != "drop" && word != "accept") return -EINVAL;
        rule.expressions.push_back(
            {.type = nft_expr_type::immediate, .verdict = static_cast<int>(word == "drop" ? NF_DROP : NF_ACCEPT)});
        return nft_add_rule(ns, hooknum, std::move(rule));
    }
    return -EINVAL;
}

} // namespace skbscope::stack
