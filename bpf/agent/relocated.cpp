// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/relocated.h"

#include "bpf/agent/agent_error.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>

namespace skbscope::bpf {

namespace {
// r0 = 0; exit
constexpr std::array<bpf_insn, 2> nothing{bpf_insn{BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0},
                                          bpf_insn{BPF_JMP | BPF_EXIT, 0, 0, 0, 0}};
} // namespace

relocated_programs::relocated_programs() {
    libbpf_prog_handler_opts opts{};
    opts.sz = sizeof opts;
    opts.cookie = reinterpret_cast<long>(this);
    opts.prog_prepare_load_fn = prepare;
    handlers_ = {libbpf_register_prog_handler("fentry", BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY, &opts),
                 libbpf_register_prog_handler("fexit", BPF_PROG_TYPE_TRACING, BPF_TRACE_FEXIT, &opts)};
    if (handlers_[0] < 0 || handlers_[1] < 0) throw agent_failure("probes", "libbpf takes no handler: " + errno_text());
}

relocated_programs::~relocated_programs() {
    loaded();
}

void relocated_programs::loaded() {
    for (int &handler : handlers_) {
        if (handler >= 0) (void)libbpf_unregister_prog_handler(handler);
        handler = -1;
    }
}

void relocated_programs::aim(const bpf_program *program, std::uint32_t btf_id, bool whole) {
    generics_[program] = {btf_id, whole, {}};
}

std::span<const bpf_insn> relocated_programs::of(const bpf_program *program) const {
    const auto found = generics_.find(program);
    return found == generics_.end() ? std::span<const bpf_insn>() : std::span<const bpf_insn>(found->second.insns);
}

int relocated_programs::prepare(bpf_program *program, bpf_prog_load_opts *opts, long self) {
    auto &generics = reinterpret_cast<relocated_programs *>(self)->generics_;
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
