// SPDX-License-Identifier: GPL-2.0-or-later
// What this machine lets be traced, and what it refuses and why: found by trying, not by guessing from versions.
#pragma once

#include "bpf/agent/kernel_index.h"
#include "bpf/agent/stack_rung.h"
#include "bpf/stream_reader.h"

#include <string>
#include <vector>

namespace skbscope::bpf {

// Each means of the ladder, and what it needs: BTF, symbols, capabilities, no lockdown.
// `stacks`: null where no tracepoint program is loaded, `why_no_stacks` says why then.
[[nodiscard]] std::vector<machine_row> inspect_machine(const stack_rung *stacks, const std::string &why_no_stacks);

// A row per function of the catalogue. `by`: "fentry", "kprobe", "stack" (seen where a tracepoint lies in it), or
// "none"; `reason`: why no better means, and what it is called here when it was renamed.
// `index`: null where the kernel does not list what can be probed. `stacks`: null where no tracepoint program is
// loaded.
[[nodiscard]] std::vector<inspect_row> inspect_functions(const stack_inference::catalogue &known,
                                                         const symbol_table &symbols, const kernel_index *index,
                                                         const stack_rung *stacks);

// Empty: a program can be put on functions by fentry; else why not.
[[nodiscard]] std::string why_no_fentry_here();

} // namespace skbscope::bpf
