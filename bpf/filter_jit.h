// SPDX-License-Identifier: GPL-2.0-or-later
// A packet filter in classic BPF (what libpcap compiles an expression to) as instructions of the kernel's own BPF, and
// its place in a program that asks it. Pure: no libpcap, no kernel.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::bpf {

// struct sock_filter, and libpcap's struct bpf_insn
struct classic_insn {
    std::uint16_t code;
    std::uint8_t jt, jf;
    std::uint32_t k;
    bool operator==(const classic_insn &) const = default;
};
static_assert(sizeof(classic_insn) == 8);

// the kernel's struct bpf_insn; libpcap has another one of that name
struct kernel_insn {
    std::uint8_t code;
    std::uint8_t registers; // destination in the low four bits, source in the high ones
    std::int16_t off;
    std::int32_t imm;
};
static_assert(sizeof(kernel_insn) == 8);

inline constexpr std::size_t classic_insns_max = 4096; // as in the kernel

// A function for the kernel's BPF: r1 = address of the packet's first byte, r2 = its length, r3 = how many bytes are
// there to be read; returns what the filter returns (0: not wanted). A load past what is there returns 0, as libpcap's
// bpf_filter() does. Any instructions are safe input; the error names the instruction. What is refused: jumps out of
// the filter, opcodes libpcap does not make (the kernel's ancillary loads among them), division by a constant 0, shifts
// by more than 31.
[[nodiscard]] tl::expected<std::vector<kernel_insn>, std::string> translate(std::span<const classic_insn> filter);

struct filter_pair {
    std::vector<kernel_insn> ethernet, raw; // translated, for packets that begin with either header; empty: all match
};
// A copy of a program in which bpf/probes/filter.bpf.h was compiled, switched to filtering: its marks become calls of
// these functions, which are put behind it. Nothing else moves.
[[nodiscard]] std::vector<kernel_insn> with_filter(std::span<const kernel_insn> program, const filter_pair &filter);

} // namespace skbscope::bpf
