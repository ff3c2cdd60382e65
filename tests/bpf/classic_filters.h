// SPDX-License-Identifier: GPL-2.0-or-later
// Filters and packets to try the translator on, and what libpcap's own interpreter says of them. A header of its own,
// because libpcap and the kernel both have a struct bpf_insn.
#pragma once

#include "bpf/filter_jit.h"

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace skbscope::test {

using packet = std::vector<std::uint8_t>;

// libpcap's bpf_filter(): `length` on the wire, the packet's bytes are what is there.
[[nodiscard]] std::uint32_t ask_libpcap(const std::vector<bpf::classic_insn> &filter, const packet &p,
                                        std::uint32_t length);
// What libpcap compiles it to; nothing for an expression that is none.
[[nodiscard]] std::optional<std::vector<bpf::classic_insn>> compile(const std::string &expression, bool ethernet);

// Random bytes, or a frame of IPv4 or IPv6 with UDP or TCP, ARP, a VLAN, a fragment, options; cut somewhere.
[[nodiscard]] packet random_packet(std::mt19937 &random, bool ethernet);
// A filter of every opcode there is, in random order, jumping forward.
[[nodiscard]] std::vector<bpf::classic_insn> random_filter(std::mt19937 &random, std::size_t length);
// Every opcode of classic BPF.
[[nodiscard]] const std::vector<std::uint16_t> &classic_opcodes();

inline const char *const expressions[] = {
    "udp port 7000",
    "tcp port 80 or udp port 53",
    "host 10.9.0.1",
    "src net 10.0.0.0/8 and not dst port 22",
    "icmp",
    "icmp[icmptype] = icmp-echo",
    "ip6 and tcp",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    "ip[6:2] & 0x1fff != 0",
    "greater 100",
    "less 64",
    "len - 14 >= ip[2:2]",
    "ip proto 17 and udp[4:2] > 20",
    "portrange 7000-7100",
    "ip[0] & 0xf != 5",
    "tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420",
    "ip multicast",
    "udp and ip[ip[0] & 0xf] / 3 = 7",
};

} // namespace skbscope::test
