// SPDX-License-Identifier: GPL-2.0-or-later
#include "classic_filters.h"

#include <cstring>
#include <memory>
#include <pcap/pcap.h>

namespace skbscope::test {

std::uint32_t ask_libpcap(const std::vector<bpf::classic_insn> &filter, const packet &p, std::uint32_t length) {
    static_assert(sizeof(bpf_insn) == sizeof(bpf::classic_insn));
    return bpf_filter(reinterpret_cast<const bpf_insn *>(filter.data()), p.data(), length,
                      static_cast<u_int>(p.size()));
}

std::optional<std::vector<bpf::classic_insn>> compile(const std::string &expression, bool ethernet) {
    const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(pcap_open_dead(ethernet ? DLT_EN10MB : DLT_RAW, 262144),
                                                                pcap_close);
    bpf_program program{};
    if (pcap_compile(handle.get(), &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) return {};
    std::vector<bpf::classic_insn> out(program.bf_len);
    std::memcpy(out.data(), program.bf_insns, program.bf_len * sizeof(bpf_insn));
    pcap_freecode(&program);
    return out;
}

const std::vector<std::uint16_t> &classic_opcodes() {
    static const std::vector<std::uint16_t> all = [] {
        std::vector<std::uint16_t> codes;
        for (const int size : {BPF_W, BPF_H, BPF_B})
            for (const int mode : {BPF_ABS, BPF_IND})
                codes.push_back(static_cast<std::uint16_t>(BPF_LD | size | mode));
        for (const int mode : {BPF_IMM, BPF_MEM, BPF_LEN})
            for (const int to : {BPF_LD, BPF_LDX})
                codes.push_back(static_cast<std::uint16_t>(to | mode));
        for (const int code : {BPF_LDX | BPF_B | BPF_MSH, BPF_ST | 0, BPF_STX | 0, BPF_ALU | BPF_NEG, BPF_JMP | BPF_JA,
                               BPF_MISC | BPF_TAX, BPF_MISC | BPF_TXA, BPF_RET | BPF_K, BPF_RET | BPF_A})
            codes.push_back(static_cast<std::uint16_t>(code));
        for (const int source : {BPF_K, BPF_X}) {
            for (const int op :
                 {BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_OR, BPF_AND, BPF_LSH, BPF_RSH, BPF_MOD, BPF_XOR})
                codes.push_back(static_cast<std::uint16_t>(BPF_ALU | op | source));
            for (const int op : {BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET})
                codes.push_back(static_cast<std::uint16_t>(BPF_JMP | op | source));
        }
        return codes;
    }();
    return all;
}

namespace {

// Small numbers often, large ones and the edges of both sometimes.
std::uint32_t random_value(std::mt19937 &random) {
    switch (random() % 8) {
    case 0:
        return static_cast<std::uint32_t>(random());
    case 1:
        return 0xffffffffU - random() % 8;
    case 2:
        return 0x7ffffffcU + random() % 8;
    default:
        return static_cast<std::uint32_t>(random() % 80);
    }
}

bool by_constant(std::uint16_t code, int op) {
    return code == (BPF_ALU | op | BPF_K);
}

bpf::classic_insn random_insn(std::mt19937 &random, std::size_t left) {
    const auto &codes = classic_opcodes();
    bpf::classic_insn i{codes[random() % codes.size()], 0, 0, random_value(random)};
    while (BPF_CLASS(i.code) == BPF_RET && random() % 4 != 0) // or filters would be short
        i.code = codes[random() % codes.size()];
    if (i.code == (BPF_JMP | BPF_JA)) {
        i.k = static_cast<std::uint32_t>(random() % left);
    } else if (BPF_CLASS(i.code) == BPF_JMP) {
        i.jt = static_cast<std::uint8_t>(random() % std::min<std::size_t>(left, 4));
        i.jf = static_cast<std::uint8_t>(random() % std::min<std::size_t>(left, 4));
    }
    const bool memory =
        i.code == BPF_ST || i.code == BPF_STX || i.code == (BPF_LD | BPF_MEM) || i.code == (BPF_LDX | BPF_MEM);
    if (memory) i.k %= BPF_MEMWORDS;
    if (by_constant(i.code, BPF_LSH) || by_constant(i.code, BPF_RSH)) i.k %= 32;
    if ((by_constant(i.code, BPF_DIV) || by_constant(i.code, BPF_MOD)) && i.k == 0) i.k = 3;
    return i;
}

} // namespace

std::vector<bpf::classic_insn> random_filter(std::mt19937 &random, std::size_t length) {
    std::vector<bpf::classic_insn> filter;
    // libpcap's interpreter does not clear its memory words; its compiler never reads one that it did not write
    for (std::uint32_t m = 0; m < BPF_MEMWORDS; ++m)
        filter.push_back({BPF_ST, 0, 0, m});
    for (std::size_t i = 0; i < length; ++i)
        filter.push_back(random_insn(random, length - i));
    filter.push_back({BPF_RET | BPF_A, 0, 0, 0});
    return filter;
}

packet random_packet(std::mt19937 &random, bool ethernet) {
    packet p(random() % 200 + 1);
    for (std::uint8_t &b : p)
        b = static_cast<std::uint8_t>(random());
    const auto put = [&p](std::size_t at, std::initializer_list<unsigned> bytes) {
        for (const unsigned b : bytes)
            if (at < p.size()) p[at++] = static_cast<std::uint8_t>(b);
    };
    if (random() % 8 == 0) return p;
    std::size_t at = 0;
    const bool six = random() % 4 == 0;
    if (ethernet) {
        at = 14;
        if (random() % 8 == 0)
            put(12, {0x08, 0x06});
        else if (six)
            put(12, {0x86, 0xdd});
        else
            put(12, {0x08, 0x00});
    }
    const unsigned protocols[] = {17, 6, 1, 58};
    const unsigned protocol = protocols[random() % 4];
    if (six) {
        put(at, {0x60});
        put(at + 6, {protocol});
        put(at + 40, {0x1b, 0x58, 0, 80});
        return p;
    }
    const unsigned words = random() % 4 == 0 ? 7 : 5;
    put(at, {0x40 | words, 0, 0, static_cast<unsigned>(p.size() - at)});
    put(at + 6, {0, random() % 4 == 0 ? 5U : 0U});
    put(at + 9, {protocol});
    put(at + 12, {10, 9, 0, 1, 10, 9, 0, 2});
    put(at + words * 4, {0x1b, 0x58, 0, random() % 2 == 0 ? 80U : 53U});
    return p;
}

} // namespace skbscope::test
