// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/filter_jit.h"
#include "bpf/probes/filter_marks.h"

namespace skbscope::bpf {

namespace {
constexpr std::uint8_t move_imm = 0xb7, call = 0x85, pseudo_call = 1;

bool is_mark(const kernel_insn &i, std::int32_t mark) {
    return i.code == move_imm && i.registers == 0 && i.imm == mark;
}
} // namespace

std::vector<kernel_insn> with_filter(std::span<const kernel_insn> program, const filter_pair &filter) {
    std::vector<kernel_insn> out(program.begin(), program.end());
    const auto call_at_mark = [&](std::int32_t mark, const std::vector<kernel_insn> &function) {
        const std::size_t body = out.size();
        bool called = false;
        for (std::size_t i = 0; i < program.size() && !function.empty(); ++i) {
            if (!is_mark(out[i], mark)) continue;
            out[i] = {call, pseudo_call << 4U, 0, static_cast<std::int32_t>(body - i - 1)};
            called = true;
        }
        if (called) out.insert(out.end(), function.begin(), function.end());
    };
    for (kernel_insn &i : out)
        if (is_mark(i, SKBSCOPE_MARK_FILTERING)) i.imm = SKBSCOPE_MARK_FILTERING_ON;
    call_at_mark(SKBSCOPE_MARK_ETHERNET, filter.ethernet);
    call_at_mark(SKBSCOPE_MARK_RAW, filter.raw);
    return out;
}

} // namespace skbscope::bpf
