// SPDX-License-Identifier: GPL-2.0-or-later
// Records of the tracepoint programs as text: what a real run gave, kept without its kernel. Two lines a record:
//   TIME TASK CPU TRACEPOINT SYSCALL SOFTIRQ HARDIRQ CONTEXT SKB ARG0 ARG1
//   <TAB>function+0x1f function+0x2e ... (return addresses, innermost first)
// CONTEXT is p, s, h or i; SKB is 0 or an address; a mark of the run has its event's kind as TRACEPOINT (112 and so
// on).
#pragma once

#include "bpf/infer.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace skbscope::bpf::test {

struct stack_tape {
    symbol_table symbols; // functions of the tape at made-up addresses, far from one another
    std::vector<skbscope_stack_skb> records;
};

// Throws std::runtime_error with the line.
[[nodiscard]] stack_tape read_stacks(std::istream &in);

// Symbols give a name; `start_of` where the function begins.
void write_stacks(std::ostream &out, const std::vector<skbscope_stack_skb> &records, const symbol_table &symbols);

} // namespace skbscope::bpf::test
