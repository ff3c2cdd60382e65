// SPDX-License-Identifier: GPL-2.0-or-later
// The numbers of both kinds of BPF, under short names: <linux/bpf.h> and libpcap give the same macros different
// meanings.
#pragma once

namespace skbscope::bpf::codes {

// Classic BPF: class, size, mode, source and operation of an opcode.
inline constexpr unsigned ld = 0;
inline constexpr unsigned ldx = 1;
inline constexpr unsigned st = 2;
inline constexpr unsigned stx = 3;
inline constexpr unsigned alu = 4;
inline constexpr unsigned jmp = 5;
inline constexpr unsigned ret = 6;
inline constexpr unsigned misc = 7;
inline constexpr unsigned word = 0x00;
inline constexpr unsigned half = 0x08;
inline constexpr unsigned byte = 0x10;
inline constexpr unsigned imm = 0x00;
inline constexpr unsigned abs_ = 0x20;
inline constexpr unsigned ind = 0x40;
inline constexpr unsigned mem = 0x60;
inline constexpr unsigned len = 0x80;
inline constexpr unsigned msh = 0xa0;
inline constexpr unsigned from_x = 0x08;
inline constexpr unsigned from_a = 0x10;
inline constexpr unsigned tax = 0x00;
inline constexpr unsigned txa = 0x80;
inline constexpr unsigned add = 0x00;
inline constexpr unsigned sub = 0x10;
inline constexpr unsigned mul = 0x20;
inline constexpr unsigned div = 0x30;
inline constexpr unsigned or_ = 0x40;
inline constexpr unsigned and_ = 0x50;
inline constexpr unsigned lsh = 0x60;
inline constexpr unsigned rsh = 0x70;
inline constexpr unsigned neg = 0x80;
inline constexpr unsigned mod = 0x90;
inline constexpr unsigned xor_ = 0xa0;
inline constexpr unsigned ja = 0x00;
inline constexpr unsigned jeq = 0x10;
inline constexpr unsigned jgt = 0x20;
inline constexpr unsigned jge = 0x30;
inline constexpr unsigned jset = 0x40;

// The kernel's BPF. Operations it shares with classic BPF have the same numbers.
inline constexpr unsigned alu32 = 0x04;
inline constexpr unsigned alu64 = 0x07;
inline constexpr unsigned jump64 = 0x05;
inline constexpr unsigned jump32 = 0x06;
inline constexpr unsigned load = 0x61;
inline constexpr unsigned load_half = 0x69;
inline constexpr unsigned load_byte = 0x71;
inline constexpr unsigned load_double = 0x79;
inline constexpr unsigned store = 0x63;
inline constexpr unsigned store_imm = 0x62;
inline constexpr unsigned store_double = 0x7b;
inline constexpr unsigned source_reg = 0x08;
inline constexpr unsigned move = 0xb0;
inline constexpr unsigned to_big_endian = 0xdc;
inline constexpr unsigned jne = 0x50;
inline constexpr unsigned jlt = 0xa0;
inline constexpr unsigned jle = 0xb0;
inline constexpr unsigned call = 0x85;
inline constexpr unsigned leave = 0x95;

} // namespace skbscope::bpf::codes
