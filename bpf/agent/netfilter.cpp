// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/netfilter.h"

#include "bpf/agent/lab_guest.h"
#include "bpf/agent/rtnl.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace skbscope::bpf {

namespace {

constexpr std::array<std::string_view, NF_INET_NUMHOOKS> hooks = {"prerouting", "input", "forward", "output",
                                                                  "postrouting"};
constexpr std::string_view table = "skbscope";
constexpr std::uint32_t saddr_offset = 12, daddr_offset = 16; // in the IPv4 header
constexpr std::uint32_t dport_offset = 2;                     // in the UDP and in the TCP header
constexpr std::size_t words_max = 200;                        // a comment's length is one byte

netlink_request message(std::uint16_t type, std::uint16_t flags) {
    netlink_request request(static_cast<std::uint16_t>(NFNL_SUBSYS_NFTABLES << 8 | type), flags);
    return std::move(request.body(nfgenmsg{AF_INET, NFNETLINK_V0, 0}));
}

// What stands around the messages that are done as one.
netlink_request bracket(std::uint16_t type) {
    netlink_request request(type, 0);
    return std::move(request.body(nfgenmsg{AF_UNSPEC, NFNETLINK_V0, htons(NFNL_SUBSYS_NFTABLES)}));
}

netlink_request &put_be32(netlink_request &request, std::uint16_t type, std::uint32_t value) {
    return request.put_value(type, htonl(value));
}

template <class Options> void put_expression(netlink_request &list, std::string_view name, Options &&options) {
    list.nest(NFTA_LIST_ELEM, [&](netlink_request &e) {
        e.put_text(NFTA_EXPR_NAME, name).nest(NFTA_EXPR_DATA, [&](netlink_request &data) { options(data); });
    });
}

// `bytes` in network order.
void put_compare(netlink_request &list, const void *bytes, std::size_t size) {
    put_expression(list, "cmp", [&](netlink_request &e) {
        put_be32(e, NFTA_CMP_SREG, NFT_REG_1);
        put_be32(e, NFTA_CMP_OP, NFT_CMP_EQ);
        e.nest(NFTA_CMP_DATA, [&](netlink_request &d) { d.put(NFTA_DATA_VALUE, bytes, size); });
    });
}

void put_load(netlink_request &list, std::uint32_t base, std::uint32_t offset, std::uint32_t size) {
    put_expression(list, "payload", [&](netlink_request &e) {
        put_be32(e, NFTA_PAYLOAD_DREG, NFT_REG_1);
        put_be32(e, NFTA_PAYLOAD_BASE, base);
        put_be32(e, NFTA_PAYLOAD_OFFSET, offset);
        put_be32(e, NFTA_PAYLOAD_LEN, size);
    });
}

void put_address(netlink_request &list, std::uint32_t offset, const std::string &text) {
    in_addr address{};
    if (inet_pton(AF_INET, text.c_str(), &address) != 1)
        throw std::invalid_argument("\"" + text + "\" is no IPv4 address");
    put_load(list, NFT_PAYLOAD_NETWORK_HEADER, offset, sizeof address);
    put_compare(list, &address, sizeof address);
}

void put_port(netlink_request &list, const std::string &text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument("\"" + text + "\" is no port");
    port = htons(port);
    put_load(list, NFT_PAYLOAD_TRANSPORT_HEADER, dport_offset, sizeof port);
    put_compare(list, &port, sizeof port);
}

void put_protocol(netlink_request &list, const std::string &word) {
    const std::uint8_t protocol = word == "udp"    ? IPPROTO_UDP
                                  : word == "tcp"  ? IPPROTO_TCP
                                  : word == "icmp" ? IPPROTO_ICMP
                                                   : 0;
    if (protocol == 0) throw std::invalid_argument("the agent does not know \"" + word + "\" of a netfilter rule");
    put_expression(list, "meta", [](netlink_request &e) {
        put_be32(e, NFTA_META_KEY, NFT_META_L4PROTO);
        put_be32(e, NFTA_META_DREG, NFT_REG_1);
    });
    put_compare(list, &protocol, sizeof protocol);
}

void put_verdict(netlink_request &list, std::uint32_t verdict) {
    put_expression(list, "immediate", [verdict](netlink_request &e) {
        put_be32(e, NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT);
        e.nest(NFTA_IMMEDIATE_DATA, [verdict](netlink_request &d) {
            d.nest(NFTA_DATA_VERDICT, [verdict](netlink_request &v) { put_be32(v, NFTA_VERDICT_CODE, verdict); });
        });
    });
}

void put_word(netlink_request &list, const std::string &word, std::istream &rest) {
    const auto value = [&] {
        std::string text;
        if (!(rest >> text)) throw std::invalid_argument("\"" + word + "\" of a netfilter rule lacks its value");
        return text;
    };
    if (word == "saddr") return put_address(list, saddr_offset, value());
    if (word == "daddr") return put_address(list, daddr_offset, value());
    if (word == "dport") return put_port(list, value());
    if (word == "drop") return put_verdict(list, NF_DROP);
    if (word == "accept") return put_verdict(list, NF_ACCEPT);
    put_protocol(list, word);
}

// As nft writes a comment: type 0, length, text with its final 0.
std::string comment(const std::string &words) {
    return std::string(1, '\0') + static_cast<char>(words.size() + 1) + words + '\0';
}

struct rule_place {
    std::uint32_t hook;
    std::string chain, matches;
};

rule_place place_of(const std::string &words) {
    const std::string chain = words.substr(0, words.find(' '));
    const auto hook = static_cast<std::size_t>(std::ranges::find(hooks, chain) - hooks.begin());
    if (hook == hooks.size() || words.size() > words_max)
        throw std::invalid_argument("the agent does not know the netfilter rule \"" + words + "\"");
    return {static_cast<std::uint32_t>(hook), chain, words.substr(chain.size())};
}

netlink_request new_table() {
    netlink_request request = message(NFT_MSG_NEWTABLE, NLM_F_CREATE);
    return std::move(request.put_text(NFTA_TABLE_NAME, table));
}

netlink_request new_chain(const rule_place &p) {
    netlink_request request = message(NFT_MSG_NEWCHAIN, NLM_F_CREATE);
    request.put_text(NFTA_CHAIN_TABLE, table).put_text(NFTA_CHAIN_NAME, p.chain);
    request.nest(NFTA_CHAIN_HOOK, [&p](netlink_request &hook) {
        put_be32(hook, NFTA_HOOK_HOOKNUM, p.hook);
        put_be32(hook, NFTA_HOOK_PRIORITY, 0);
    });
    put_be32(request, NFTA_CHAIN_POLICY, NF_ACCEPT);
    return std::move(request.put_text(NFTA_CHAIN_TYPE, "filter"));
}

netlink_request new_rule(const rule_place &p, const std::string &words) {
    netlink_request request = message(NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
    request.put_text(NFTA_RULE_TABLE, table).put_text(NFTA_RULE_CHAIN, p.chain);
    request.nest(NFTA_RULE_EXPRESSIONS, [&p](netlink_request &list) {
        std::istringstream rest(p.matches);
        for (std::string word; rest >> word;)
            put_word(list, word, rest);
    });
    const std::string text = comment(words);
    return std::move(request.put(NFTA_RULE_USERDATA, text.data(), text.size()));
}

// The handle of the first rule with these words, as the kernel writes it; 0: there is none.
std::uint64_t handle_of(rtnl_socket &netlink, const rule_place &p, const std::string &words, int &error) {
    netlink_request request = message(NFT_MSG_GETRULE, NLM_F_DUMP);
    request.put_text(NFTA_RULE_TABLE, table).put_text(NFTA_RULE_CHAIN, p.chain);
    std::uint64_t found = 0;
    const std::string wanted = comment(words);
    error = netlink.dump(request, [&](const nlmsghdr &m) {
        std::uint64_t handle = 0;
        bool same = false;
        const auto *first = static_cast<const char *>(NLMSG_DATA(&m)) + NLMSG_ALIGN(sizeof(nfgenmsg));
        auto left = static_cast<int>(NLMSG_PAYLOAD(&m, NLMSG_ALIGN(sizeof(nfgenmsg))));
        for (auto *a = reinterpret_cast<const rtattr *>(first); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
            const std::string_view value(static_cast<const char *>(RTA_DATA(a)), RTA_PAYLOAD(a));
            const int type = a->rta_type & NLA_TYPE_MASK;
            if (type == NFTA_RULE_HANDLE && value.size() == sizeof handle)
                std::memcpy(&handle, value.data(), sizeof handle);
            if (type == NFTA_RULE_USERDATA) same = value == wanted;
        }
        if (same && found == 0) found = handle;
    });
    return found;
}

int remove_rule(rtnl_socket &netlink, const rule_place &p, const std::string &words) {
    int error = 0;
    const std::uint64_t handle = handle_of(netlink, p, words, error);
    if (error != 0 || handle == 0) return error != 0 ? error : ENOENT;
    netlink_request request = message(NFT_MSG_DELRULE, 0);
    request.put_text(NFTA_RULE_TABLE, table).put_text(NFTA_RULE_CHAIN, p.chain).put_value(NFTA_RULE_HANDLE, handle);
    std::array all{bracket(NFNL_MSG_BATCH_BEGIN), std::move(request), bracket(NFNL_MSG_BATCH_END)};
    return netlink.talk(all, 1);
}

} // namespace

int change_rule(const std::string &words, bool remove) {
    // The lab has nobody who would load them when they are asked for. Already there: no harm.
    for (const char *module : {"nfnetlink", "libcrc32c", "nf_tables"})
        (void)load_on_demand(module);
    const rule_place p = place_of(words);
    rtnl_socket netlink(NETLINK_NETFILTER);
    if (remove) return remove_rule(netlink, p, words);
    std::array all{bracket(NFNL_MSG_BATCH_BEGIN), new_table(), new_chain(p), new_rule(p, words),
                   bracket(NFNL_MSG_BATCH_END)};
    return netlink.talk(all, 3);
}

} // namespace skbscope::bpf
