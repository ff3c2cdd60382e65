// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/inspection.h"

#include "bpf/agent/agent_error.h"
#include "bpf/tracepoints.h"
#include "trace/renames.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <cap-ng.h>
#include <fstream>
#include <linux/capability.h>
#include <memory>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

constexpr const char *securityfs = "/sys/kernel/security";

std::string first_line(const std::string &path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

// Where nobody mounted it, in a mount namespace of our own.
void have_securityfs() {
    if (access("/sys/kernel/security/lsm", F_OK) == 0 || unshare(CLONE_NEWNS) < 0) return;
    (void)mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    (void)mount("securityfs", securityfs, "securityfs", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, nullptr);
}

// "lockdown [integrity]; security modules lockdown,capability": who may have refused something.
std::string who_guards() {
    have_securityfs();
    const std::string lockdown = first_line(std::string(securityfs) + "/lockdown");
    const std::string modules = first_line(std::string(securityfs) + "/lsm");
    std::string text = lockdown.empty() ? "lockdown not reported" : "lockdown: " + lockdown;
    return modules.empty() ? text : text + "; security modules: " + modules;
}

machine_row btf_row() {
    constexpr const char *path = "/sys/kernel/btf/vmlinux";
    if (access(path, R_OK) == 0) return {"BTF", true, path};
    return {"BTF", false, std::string(path) + ": " + errno_text() + "; without it no program fits this kernel"};
}

machine_row lockdown_row() {
    const std::string state = first_line(std::string(securityfs) + "/lockdown");
    if (state.empty()) return {"lockdown", true, "not reported by this kernel"};
    return {"lockdown", state.find("[none]") != state.npos, state};
}

machine_row capability_row() {
    struct wanted {
        unsigned capability;
        const char *name;
    };
    constexpr wanted all[] = {
        {CAP_BPF, "CAP_BPF"},         {CAP_PERFMON, "CAP_PERFMON"},     {CAP_NET_ADMIN, "CAP_NET_ADMIN"},
        {CAP_NET_RAW, "CAP_NET_RAW"}, {CAP_SYS_ADMIN, "CAP_SYS_ADMIN"}, {CAP_SYSLOG, "CAP_SYSLOG"}};
    std::string missing;
    for (const wanted &w : all)
        if (!capng_have_capability(CAPNG_EFFECTIVE, w.capability))
            missing += (missing.empty() ? "" : ", ") + std::string(w.name);
    return {"capabilities", missing.empty(), missing.empty() ? "all that the agent needs" : "missing: " + missing};
}

machine_row kprobe_row() {
    constexpr const char *path = "/sys/bus/event_source/devices/kprobe/type";
    if (!first_line(path).empty()) return {"kprobe", true, path};
    return {"kprobe", false, std::string("no ") + path + ": this kernel is built without kprobes"};
}

machine_row kprobe_multi_row(const symbol_table &symbols) {
    // linux/fprobe.h: what a kprobe.multi link stands on, compiled in only with it
    if (!symbols.has("register_fprobe_ips")) return {"kprobe.multi", false, "this kernel is built without fprobe"};
    return {"kprobe.multi", true, "this kernel has it; skbscope does not use it: no kernel it was tested on has it"};
}

// A program that does nothing, for a function that every kernel with a network has.
std::string try_fentry() {
    const std::unique_ptr<btf, decltype(&btf__free)> types(btf__load_vmlinux_btf(), btf__free);
    if (!types) return "no BTF: " + errno_text();
    const int id = btf__find_by_name_kind(types.get(), "ip_rcv", BTF_KIND_FUNC);
    if (id < 0) return "BTF does not know ip_rcv";
    const bpf_insn nothing[] = {{BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0}, {BPF_JMP | BPF_EXIT, 0, 0, 0, 0}};
    bpf_prog_load_opts opts{};
    opts.sz = sizeof opts;
    opts.expected_attach_type = BPF_TRACE_FENTRY;
    opts.attach_btf_id = static_cast<__u32>(id);
    const int program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "try", "GPL", nothing, std::size(nothing), &opts);
    if (program < 0) return "the kernel refuses the program: " + errno_text();
    const int link = bpf_link_create(program, 0, BPF_TRACE_FENTRY, nullptr);
    const std::string why = link < 0 ? "the kernel refuses to attach it: " + errno_text() : std::string();
    if (link >= 0) close(link);
    close(program);
    return why;
}

machine_row tracepoint_row(const stack_rung *stacks, const std::string &why_not) {
    if (!stacks) return {"tracepoints", false, why_not};
    const std::vector<inspect_row> &rows = stacks->tracepoints();
    std::size_t there = 0;
    std::string missing;
    for (const inspect_row &r : rows) {
        there += r.by != "none";
        if (r.by == "none") missing += (missing.empty() ? "; not " : ", ") + r.function + " (" + r.reason + ")";
    }
    return {"tracepoints", true,
            std::to_string(there) + " of " + std::to_string(rows.size()) + " with stacks" + missing};
}

// The tracepoint that every call of the function passes, if there is one.
std::string always_at(std::string_view function) {
    for (std::uint32_t i = 0; i < tracepoint_count; ++i)
        if (const tracepoint_facts &f = facts_of_tracepoint(i); f.where == function && (f.facts & SKBSCOPE_TP_ALWAYS))
            return std::string(f.name);
    return {};
}

std::string by_stack(std::string_view function) {
    const std::string always = always_at(function);
    return always.empty() ? "seen when a tracepoint lies in it or below it" : "every call passes tracepoint " + always;
}

std::string why_no_fentry_on(const kernel_function &f) {
    if (f.ambiguous) return "several functions have this name";
    if (f.btf_id == 0) return "no BTF for " + f.symbol;
    return f.args > 6 ? "more than 6 arguments" : std::string();
}

} // namespace

std::string why_no_fentry_here() {
    static const std::string why = [] {
        const std::string refused = try_fentry();
        return refused.empty() ? refused : refused + " (" + who_guards() + ")";
    }();
    return why;
}

std::vector<machine_row> inspect_machine(const stack_rung *stacks, const std::string &why_no_stacks) {
    have_securityfs();
    std::vector<machine_row> rows{btf_row(), capability_row(), lockdown_row()};
    const std::string fentry = why_no_fentry_here();
    rows.push_back({"fentry, fexit", fentry.empty(), fentry.empty() ? "loaded and attached one" : fentry});
    rows.push_back(kprobe_row());
    std::ifstream in("/proc/kallsyms");
    const symbol_table symbols = symbol_table::read(in);
    rows.push_back(kprobe_multi_row(symbols));
    rows.push_back({"symbols", symbols.usable(),
                    symbols.usable() ? "/proc/kallsyms: " + std::to_string(symbols.size()) + " functions"
                                     : "/proc/kallsyms hides addresses: CAP_SYSLOG, kernel.kptr_restrict"});
    rows.push_back(tracepoint_row(stacks, why_no_stacks));
    return rows;
}

std::vector<inspect_row> inspect_functions(const stack_inference::catalogue &known, const symbol_table &symbols,
                                           const kernel_index *index, const stack_rung *stacks) {
    const bool fentry = why_no_fentry_here().empty(), kprobe = kprobe_row().there;
    std::vector<inspect_row> rows;
    for (const auto &[name, skb] : known) {
        const trace::Rename *rename = symbols.has(name) ? nullptr : trace::renamed(name);
        const bool later = rename && symbols.has(rename->new_name);
        if (!later && !symbols.has(name)) {
            rows.push_back({name, "none", "absent: no symbol in this kernel; inlined, not built, or gone"});
            continue;
        }
        const std::string here(later ? rename->new_name : name);
        const std::string note = later ? "renamed: " + here + " (" + std::string(rename->evidence) + ")" : "";
        const auto row = [&](const char *by, const std::string &reason) {
            rows.push_back({name, by, note + (note.empty() || reason.empty() ? "" : "; ") + reason});
        };
        const auto found = index ? index->find(here) : std::vector<const kernel_function *>();
        const std::string why =
            found.empty() ? "not among the functions that ftrace lists" : why_no_fentry_on(*found[0]);
        if (fentry && why.empty())
            row("fentry", "");
        else if (kprobe && !found.empty())
            row("kprobe", fentry ? why : "");
        else if (stacks)
            row("stack", by_stack(name));
        else
            row("none", why.empty() ? "no means of the ladder works here" : why);
    }
    return rows;
}

} // namespace skbscope::bpf
