// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/relocated.h"

#include "bpf/agent/agent_error.h"

#include <array>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <utility>

namespace skbscope::bpf {

namespace {
// r0 = 0; exit
constexpr std::array<bpf_insn, 2> nothing{bpf_insn{BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0},
                                          bpf_insn{BPF_JMP | BPF_EXIT, 0, 0, 0, 0}};

relocated_programs *asked = nullptr; // the object that libbpf's questions are for
} // namespace

// Handlers stay: libbpf before 1.3 keeps a dangling pointer when the last one is taken out, and writes to it when the
// next one comes ("Fix realloc API handling in zero-sized edge cases").
void relocated_programs::register_handlers() {
    static bool registered = false;
    if (std::exchange(registered, true)) return;
    libbpf_prog_handler_opts opts{};
    opts.sz = sizeof opts;
    opts.prog_prepare_load_fn = prepare;
    if (libbpf_register_prog_handler("fentry", BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, &opts) < 0 ||
        libbpf_register_prog_handler("fexit", BPF_PROG_TYPE_TRACING, BPF_TRACE_FEXIT, &opts) < 0)
        throw agent_failure("probes", "libbpf takes no handler: " + errno_text());
}

relocated_programs::relocated_programs() {
    register_handlers();
    asked = this;
}

relocated_programs::~relocated_programs() {
    loaded();
}

void relocated_programs::loaded() {
    if (asked == this) asked = nullptr;
}

void relocated_programs::aim(const bpf_program *program, std::uint32_t btf_id, bool whole) {
    generics_[program] = {btf_id, whole, {}};
}

std::span<const bpf_insn> relocated_programs::of(const bpf_program *program) const {
    const auto found = generics_.find(program);
    return found == generics_.end() ? std::span<const bpf_insn>() : std::span<const bpf_insn>(found->second.insns);
}

int relocated_programs::prepare(bpf_program *program, bpf_prog_load_opts *opts, long) {
    if (!asked) return -ENOENT;
    auto &generics = asked->generics_;
    const auto found = generics.find(program);
    if (found == generics.end()) return -ENOENT;
    generic &g = found->second;
    opts->attach_btf_id = g.btf_id;
    const bpf_insn *insns = bpf_program__insns(program);
    g.insns.assign(insns, insns + bpf_program__insn_cnt(program));
    if (g.whole) return 0;
    // what describes functions and lines of the program does not fit two instructions
    opts->func_info_cnt = opts->line_info_cnt = 0;
    opts->func_info = opts->line_info = nullptr;
    std::array<bpf_insn, 2> instead = nothing;
    return bpf_program__set_insns(program, instead.data(), instead.size());
}

} // namespace skbscope::bpf
