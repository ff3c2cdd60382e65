// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/stack_probes.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/probe_io.h"
#include "bpf/tracepoints.h"
#include "stacks.skel.h"

#include <algorithm>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <cstdio>
#include <memory>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

using btf_ptr = std::unique_ptr<btf, decltype(&btf__free)>;

struct wanted_arguments {
    int skb, sk, second;
};
#define SKBSCOPE_ROW(name, skb, sk, second, where, facts) {skb, sk, second},
#define SKBSCOPE_BORDER_ROW(name) {-1, -1, -1},
constexpr wanted_arguments shapes[] = {SKBSCOPE_TRACEPOINTS(SKBSCOPE_ROW) SKBSCOPE_BORDERS(SKBSCOPE_BORDER_ROW)};
#undef SKBSCOPE_ROW
#undef SKBSCOPE_BORDER_ROW

const btf_type *target(const btf *types, std::uint32_t id) {
    const int resolved = btf__resolve_type(types, id);
    return resolved > 0 ? btf__type_by_id(types, static_cast<std::uint32_t>(resolved)) : nullptr;
}

// The prototype that the kernel declares for a tracepoint's programs, its first parameter not counted.
const btf_type *prototype(const btf *types, std::string_view tracepoint) {
    const std::string name = "btf_trace_" + std::string(tracepoint);
    const int id = btf__find_by_name_kind(types, name.c_str(), BTF_KIND_TYPEDEF);
    if (id < 0) return nullptr;
    const btf_type *pointer = target(types, static_cast<std::uint32_t>(id));
    const btf_type *proto = pointer && btf_is_ptr(pointer) ? target(types, pointer->type) : nullptr;
    return proto && btf_is_func_proto(proto) ? proto : nullptr;
}

bool points_to(const btf *types, const btf_type *proto, int argument, std::string_view structure) {
    if (argument + 1 >= btf_vlen(proto)) return false;
    const btf_type *pointer = target(types, btf_params(proto)[argument + 1].type);
    const btf_type *t = pointer && btf_is_ptr(pointer) ? target(types, pointer->type) : nullptr;
    return t && btf_is_struct(t) && structure == btf__name_by_offset(types, t->name_off);
}

std::string why_not(const btf *types, std::uint32_t tracepoint) {
    const btf_type *proto = prototype(types, facts_of_tracepoint(tracepoint).name);
    if (!proto) return "this kernel does not have the tracepoint";
    const wanted_arguments &a = shapes[tracepoint];
    if (a.skb >= 0 && !points_to(types, proto, a.skb, "sk_buff"))
        return "its argument " + std::to_string(a.skb) + " is no sk_buff in this kernel";
    if (a.sk >= 0 && !points_to(types, proto, a.sk, "sock"))
        return "its argument " + std::to_string(a.sk) + " is no socket in this kernel";
    if (a.second + 1 >= btf_vlen(proto)) return "it has fewer arguments in this kernel";
    return {};
}

// libbpf names the program that the verifier refused in its messages only.
std::string refused_program;
int listen(libbpf_print_level level, const char *format, va_list arguments) {
    char text[512];
    va_list copy;
    va_copy(copy, arguments);
    (void)std::vsnprintf(text, sizeof text, format, copy);
    va_end(copy);
    const std::string_view line = text;
    const std::size_t name = line.find("prog '"), end = line.find("': failed to load");
    if (name != line.npos && end != line.npos && end > name) refused_program = line.substr(name + 6, end - name - 6);
    (void)level;
    return 0;
}

bpf_program *program_of(const stacks_bpf *programs, std::uint32_t tracepoint) {
    const std::string name(facts_of_tracepoint(tracepoint).name);
    return bpf_object__find_program_by_name(programs->obj, name.c_str());
}

} // namespace

stack_probes::stack_probes(std::optional<probe_filter> filter) : filter_(std::move(filter)) {
    choose();
    load();
    attach();
    if (attached_.empty()) throw agent_failure("tracepoints", "this kernel let no program on any of them");
}

stack_probes::~stack_probes() {
    for (const attached_program &p : attached_) {
        close(p.link);
        if (p.ours) close(p.program);
    }
    stacks_bpf::destroy(programs_);
}

void stack_probes::choose() {
    const btf_ptr types(btf__load_vmlinux_btf(), btf__free);
    if (!types)
        throw agent_failure("/sys/kernel/btf/vmlinux", "cannot be read: " + errno_text() + "; the kernel needs BTF");
    rows_.clear();
    for (std::uint32_t i = 0; i < tracepoint_count; ++i)
        rows_.push_back({std::string(facts_of_tracepoint(i).name), "tracepoint", why_not(types.get(), i)});
    if (!filter_ || !filter_->drops) return;
    for (std::uint32_t i = 0; i < SKBSCOPE_TP_sys_enter; ++i) // what follows are the borders
        if (i != SKBSCOPE_TP_kfree_skb && rows_[i].reason.empty()) rows_[i].reason = "drops alone are wanted";
}

// A program that this kernel's verifier refuses is left out, and the others are tried again.
void stack_probes::load() {
    libbpf_print_fn_t before = libbpf_set_print(listen);
    for (;;) {
        programs_ = stacks_bpf::open();
        if (!programs_) throw agent_failure("tracepoint programs", "cannot be opened: " + errno_text());
        for (std::uint32_t i = 0; i < tracepoint_count; ++i)
            bpf_program__set_autoload(program_of(programs_, i), rows_[i].reason.empty());
        if (filter_) set_sizes(programs_->maps.ring, programs_->maps.followed, *filter_);
        refused_program.clear();
        const int r = stacks_bpf::load(programs_);
        if (r == 0) break;
        stacks_bpf::destroy(std::exchange(programs_, nullptr));
        const auto refused = std::ranges::find(rows_, refused_program, &inspect_row::function);
        if (r == -EPERM || r == -EACCES || refused == rows_.end() || !refused->reason.empty()) {
            libbpf_set_print(before);
            throw agent_failure("tracepoint programs",
                                "the kernel refuses them (" + errno_text(-r) + "): they need CAP_BPF and CAP_PERFMON");
        }
        refused->reason = "the kernel refuses its program: " + errno_text(-r);
    }
    libbpf_set_print(before);
}

// The program as the kernel took it, with the user's filter in it; its descriptor, or a negative errno.
int stack_probes::filtered_program(std::uint32_t tracepoint) const {
    const bpf_program *generic = program_of(programs_, tracepoint);
    const auto insns = filtered({bpf_program__insns(generic), bpf_program__insn_cnt(generic)}, filter_->packets);
    bpf_prog_info info{};
    std::uint32_t size = sizeof info;
    if (bpf_obj_get_info_by_fd(bpf_program__fd(generic), &info, &size) != 0) return -errno;
    bpf_prog_load_opts opts{};
    opts.sz = sizeof opts;
    opts.expected_attach_type = BPF_TRACE_RAW_TP;
    opts.attach_btf_id = info.attach_btf_id;
    const int fd =
        bpf_prog_load(BPF_PROG_TYPE_TRACING, bpf_program__name(generic), "GPL", insns.data(), insns.size(), &opts);
    return fd < 0 ? -errno : fd;
}

void stack_probes::attach() {
    for (std::uint32_t i = 0; i < tracepoint_count; ++i) {
        if (rows_[i].reason.empty()) {
            const int program = filter_ ? filtered_program(i) : bpf_program__fd(program_of(programs_, i));
            const int link = program < 0 ? program : bpf_raw_tracepoint_open(nullptr, program);
            if (link < 0)
                rows_[i].reason = "cannot be attached: " + errno_text(-link);
            else
                attached_.push_back({i, program, link, filter_.has_value()});
        }
        if (!rows_[i].reason.empty()) rows_[i].by = "none";
    }
}

void stack_probes::trace_tasks(std::span<const std::uint32_t> tasks) {
    auto &slots = programs_->bss->tasks;
    for (std::size_t i = 0; i < std::size(slots); ++i)
        slots[i] = i < tasks.size() ? tasks[i] : 0;
}

void stack_probes::trace_nets(std::span<const std::uint32_t> nets) {
    auto &slots = programs_->bss->nets;
    for (std::size_t i = 0; i < std::size(slots); ++i)
        slots[i] = i < nets.size() ? nets[i] : 0;
}

void stack_probes::trace_every_task(bool every) {
    programs_->bss->every_task = every ? 1 : 0;
}

void stack_probes::switch_on(bool on) {
    programs_->bss->on = on ? 1 : 0;
}

void stack_probes::mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
                        unsigned switch_to) const {
    run_mark(bpf_program__fd(programs_->progs.mark), kind, step, line, result, switch_to);
}

void stack_probes::place(std::uint32_t net, std::uint32_t ifindex) {
    skbscope_want &want = programs_->bss->want;
    want.net = net;
    want.ifindex = ifindex;
    want.expression = filter_ && !filter_->packets.ethernet.empty() ? 1 : 0;
    want.self = static_cast<__u32>(getpid());
}

std::uint64_t stack_probes::not_followed() const {
    return programs_->bss->want.overflow;
}

std::span<const skbscope_stack_cpu> stack_probes::cpus() const {
    return programs_->bss->cpus;
}

int stack_probes::ring_fd() const {
    return bpf_map__fd(programs_->maps.ring);
}

std::uint64_t stack_probes::lost() const {
    std::uint64_t n = 0;
    for (const auto &cpu : programs_->bss->cpus)
        n += cpu.lost;
    return n;
}

std::uint64_t stack_probes::missed() const {
    std::uint64_t n = 0;
    for (const attached_program &p : attached_)
        n += recursion_misses_of(p.program);
    return n;
}

std::map<std::string, std::string> stack_probes::facts() const {
    std::string tracepoints, always;
    const auto add = [](std::string &list, std::string_view word) {
        if (!list.empty()) list += ' ';
        list += word;
    };
    for (const attached_program &p : attached_) {
        const tracepoint_facts &f = facts_of_tracepoint(p.tracepoint);
        add(tracepoints, f.name);
        // A live watch hears of what has no packet only once a wanted packet was seen in the same piece of work.
        const bool heard = !filter_ || shapes[p.tracepoint].skb >= 0;
        if (heard && (f.facts & SKBSCOPE_TP_ALWAYS) && !f.where.empty()) add(always, f.where);
    }
    return {{"stacks.tracepoints", tracepoints}, {"stacks.always in", always}};
}

} // namespace skbscope::bpf
