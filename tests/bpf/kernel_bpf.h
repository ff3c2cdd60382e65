// SPDX-License-Identifier: GPL-2.0-or-later
// As much of the kernel's BPF as a translated filter uses, run in user space: what the instructions mean, after
// Documentation/bpf/instruction-set.rst. Its only helper is bpf_probe_read_kernel, and memory is the packet.
#pragma once

#include "bpf/filter_jit.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <span>

namespace skbscope::test {

class kernel_bpf {
public:
    static constexpr std::uint64_t packet_at = 0xffff888012340000; // an address that packets have in kernels

    std::uint32_t run(std::span<const bpf::kernel_insn> program, std::span<const std::uint8_t> bytes,
                      std::uint32_t length) {
        packet_ = bytes;
        stack_.fill(0xa5); // what was never written is not 0
        r_.fill(0xdeadbeefdeadbeef);
        r_[1] = packet_at;
        r_[2] = length;
        r_[3] = bytes.size();
        r_[10] = stack_at + stack_.size();
        for (std::size_t pc = 0; pc < program.size(); ++pc) {
            const bpf::kernel_insn &i = program[pc];
            if (i.code == 0x95) return static_cast<std::uint32_t>(r_[0]);
            step(i, pc);
        }
        ADD_FAILURE() << "runs past its end";
        return 0;
    }

private:
    static constexpr std::uint64_t stack_at = 0x1000;

    void step(const bpf::kernel_insn &i, std::size_t &pc) {
        std::uint64_t &dst = r_[i.registers & 0xfU];
        const std::uint64_t src =
            (i.code & 8U) != 0 ? r_[i.registers >> 4U] : static_cast<std::uint64_t>(std::int64_t{i.imm});
        switch (i.code & 7U) {
        case 4: // 32 bits, the upper half becomes 0
            dst = (i.code & 0xf0U) == 0xd0 ? swapped(dst, i.imm) : calculate<std::uint32_t>(i.code, dst, src);
            break;
        case 7:
            dst = calculate<std::uint64_t>(i.code, dst, src);
            break;
        case 5:
            if (i.code == 0x85)
                helper(i.imm);
            else if (i.code == 0x05 || holds(i.code, dst, src))
                pc += static_cast<std::size_t>(std::int64_t{i.off});
            break;
        case 6:
            if (holds(i.code, static_cast<std::uint32_t>(dst), static_cast<std::uint32_t>(src)))
                pc += static_cast<std::size_t>(std::int64_t{i.off});
            break;
        default:
            memory(i, dst);
        }
    }

    template <class T> static T calculate(unsigned code, std::uint64_t left, std::uint64_t right) {
        const T a = static_cast<T>(left), b = static_cast<T>(right);
        constexpr T bits = sizeof(T) * 8 - 1;
        switch (code & 0xf0U) {
        case 0x00:
            return a + b;
        case 0x10:
            return a - b;
        case 0x20:
            return a * b;
        case 0x30:
            return b == 0 ? 0 : a / b;
        case 0x40:
            return a | b;
        case 0x50:
            return a & b;
        case 0x60:
            return a << (b & bits);
        case 0x70:
            return a >> (b & bits);
        case 0x80:
            return T{0} - a;
        case 0x90:
            return b == 0 ? a : a % b;
        case 0xa0:
            return a ^ b;
        case 0xb0:
            return b;
        default:
            ADD_FAILURE() << "operation " << code;
            return 0;
        }
    }

    static bool holds(unsigned code, std::uint64_t a, std::uint64_t b) {
        switch (code & 0xf0U) {
        case 0x10:
            return a == b;
        case 0x20:
            return a > b;
        case 0x30:
            return a >= b;
        case 0x40:
            return (a & b) != 0;
        case 0x50:
            return a != b;
        case 0xa0:
            return a < b;
        case 0xb0:
            return a <= b;
        default:
            ADD_FAILURE() << "jump " << code;
            return false;
        }
    }

    static std::uint64_t swapped(std::uint64_t v, std::int32_t bits) {
        return bits == 16 ? __builtin_bswap16(static_cast<std::uint16_t>(v))
                          : __builtin_bswap32(static_cast<std::uint32_t>(v));
    }

    std::uint8_t *stack(std::uint64_t address, std::size_t size) {
        if (address < stack_at || address - stack_at + size > stack_.size()) {
            ADD_FAILURE() << "outside the stack";
            return stack_.data();
        }
        return stack_.data() + (address - stack_at);
    }

    void memory(const bpf::kernel_insn &i, std::uint64_t &dst) {
        const bool is_load = (i.code & 7U) == 1;
        const std::size_t sizes[] = {4, 2, 1, 8}, size = sizes[(i.code >> 3U) & 3U];
        const std::uint64_t base = is_load ? r_[i.registers >> 4U] : dst;
        std::uint8_t *at = stack(base + static_cast<std::uint64_t>(std::int64_t{i.off}), size);
        std::uint64_t value =
            (i.code & 7U) == 2 ? static_cast<std::uint64_t>(std::int64_t{i.imm}) : r_[i.registers >> 4U];
        if (is_load) {
            dst = 0;
            std::memcpy(&dst, at, size);
        } else {
            std::memcpy(at, &value, size);
        }
    }

    void helper(std::int32_t number) {
        EXPECT_EQ(number, 113);
        const std::uint64_t to = r_[1], size = r_[2], from = r_[3];
        for (int r = 1; r <= 5; ++r)
            r_[static_cast<std::size_t>(r)] = 0xdeadbeefdeadbeef;
        EXPECT_TRUE(from >= packet_at && from - packet_at + size <= packet_.size()) << "reads outside the packet";
        r_[0] = 0;
        if (from >= packet_at && from - packet_at + size <= packet_.size())
            std::memcpy(stack(to, size), packet_.data() + (from - packet_at), size);
    }

    std::array<std::uint64_t, 11> r_{};
    std::array<std::uint8_t, 512> stack_{};
    std::span<const std::uint8_t> packet_;
};

} // namespace skbscope::test
