// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/probe_set.h"

#include "bpf/agent/probe_io.h"
#include "bpf/agent/roles.h"
#include "bpf/probes/filter_abi.h"
#include "probes.skel.h"
#include "unfiltered.skel.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

// What libbpf complains of (the verifier's log among it) goes to the console of the lab: the stream carries one line.
int complain(libbpf_print_level level, const char *format, va_list arguments) {
    return level == LIBBPF_WARN ? std::vfprintf(stderr, format, arguments) : 0;
}

// Each probe keeps two to four descriptors open for as long as it lasts.
void allow_many_files() {
    const rlimit many{1U << 18, 1U << 18};
    (void)setrlimit(RLIMIT_NOFILE, &many);
}

std::uint32_t number_in(const char *path, std::uint32_t fallback) {
    std::uint32_t n = fallback;
    std::ifstream(path) >> n;
    return n;
}

// A perf event on a kprobe, not yet enabled; negative errno.
int open_kprobe(const kernel_function &f, std::uint64_t address, bool at_return) {
    static const std::uint32_t type = number_in("/sys/bus/event_source/devices/kprobe/type", 0);
    if (type == 0) return -ENOENT;
    perf_event_attr attr{};
    attr.size = sizeof attr;
    attr.type = type;
    attr.config = at_return ? 1 : 0; // format/retprobe: config:0
    if (address == 0)
        attr.kprobe_func = reinterpret_cast<std::uintptr_t>(f.symbol.c_str());
    else
        attr.kprobe_addr = address;
    const long fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
    return fd < 0 ? -errno : static_cast<int>(fd);
}

std::string link_perf(int program, int event, std::uint64_t cookie) {
    bpf_link_create_opts opts{};
    opts.sz = sizeof opts;
    opts.perf_event.bpf_cookie = cookie;
    if (bpf_link_create(program, event, BPF_PERF_EVENT, &opts) < 0) return errno_text();
    if (ioctl(event, PERF_EVENT_IOC_ENABLE, 0) < 0) return errno_text();
    return {};
}

// The link's descriptor, or a negative errno. A link lasts as long as its descriptor is open.
int link_tracing(int program, bpf_attach_type type, std::uint64_t cookie) {
    bpf_link_create_opts opts{};
    opts.sz = sizeof opts;
    opts.tracing.cookie = cookie;
    const int link = bpf_link_create(program, 0, type, &opts);
    return link < 0 ? -errno : link;
}

// The same programs and maps, compiled without what a filter takes: opened through the same skeleton.
probes_bpf *open_unfiltered() {
    auto *const programs = static_cast<probes_bpf *>(std::calloc(1, sizeof(probes_bpf)));
    if (!programs || probes_bpf__create_skeleton(programs) != 0) {
        probes_bpf::destroy(programs);
        return nullptr;
    }
    programs->skeleton->data = unfiltered_bpf::elf_bytes(&programs->skeleton->data_sz);
    if (bpf_object__open_skeleton(programs->skeleton, nullptr) == 0) return programs;
    probes_bpf::destroy(programs);
    return nullptr;
}

std::string why_no_fentry(const kernel_function &f) {
    if (f.ambiguous) return "several functions have this name";
    if (f.btf_id == 0) return "no BTF for " + f.symbol;
    if (f.args > register_args) return "more than 6 arguments";
    return {};
}

} // namespace

probe_set::probe_set(kernel_index &index, std::optional<probe_filter> filter)
    : index_(index), filter_(std::move(filter)) {
    allow_many_files();
    libbpf_set_print(complain);
    programs_ = filter_ ? probes_bpf::open() : open_unfiltered();
    if (!programs_) throw agent_failure("probes", "cannot be opened: " + errno_text());
    aim_generics();
    if (filter_) set_sizes(programs_->maps.ring, programs_->maps.followed, *filter_);
    if (const int r = probes_bpf::load(programs_); r != 0) {
        const bool denied = r == -EPERM || r == -EACCES;
        throw agent_failure("probes", denied ? "the kernel refuses tracing programs (" + errno_text(-r) +
                                                   "): they need CAP_BPF and CAP_PERFMON, and a kernel that allows them"
                                             : "the kernel refuses them: " + errno_text(-r));
    }
    generics_.loaded();
    bpf_test_run_opts none{};
    none.sz = sizeof none;
    if (bpf_prog_test_run_opts(bpf_program__fd(programs_->progs.find_places), &none) != 0)
        throw agent_failure("probes", "cannot find the CPUs' variables: " + errno_text());
    if (filter_) programs_->bss->want.expression = filter_->packets.ethernet.empty() ? 0 : 1;
}

// Each generic program is first loaded for some function of its shape; those that no function has the shape for are
// left out. Loading relocates them: what is loaded again for other functions are the relocated instructions. Two of
// them are verified here: a kernel that refuses one refuses all.
void probe_set::aim_generics() {
    const auto aim = [this](bpf_program *p, const kernel_function *at) {
        if (at)
            generics_.aim(p, at->btf_id, p == programs_->progs.leave || p == enter_program(0, -1));
        else
            bpf_program__set_autoload(p, false);
    };
    for (int skb = -1; skb < register_args; ++skb)
        for (int sk = -1; sk < register_args; ++sk)
            aim(enter_program(skb, sk), skb == sk && skb >= 0 ? nullptr : index_.example(skb, sk));
    const auto &p = programs_->progs;
    aim(p.leave, index_.example(-1, -1));
    aim(p.leave_made, index_.example(-1, -1));
    aim(p.leave_op, index_.example(0, -1));
    aim(p.leave_queue, index_.example([](const kernel_function &f) { return f.sk_arg == 0; }));
    aim(p.leave_segments, index_.example([](const kernel_function &f) { return f.returns_skb; }));
    aim(p.leave_qdisc_0, index_.example([](const kernel_function &f) { return f.qdisc_arg == 0; }));
    aim(p.leave_qdisc_1, index_.example([](const kernel_function &f) { return f.qdisc_arg == 1; }));
    aim(p.leave_neighbour_0, index_.example([](const kernel_function &f) { return f.neighbour_arg == 0; }));
    aim(p.leave_napi_0, index_.example([](const kernel_function &f) { return f.napi_arg == 0; }));
}

bpf_program *probe_set::enter_program(int skb_arg, int sk_arg) const {
    const auto letter = [](int arg) { return arg < 0 ? std::string("x") : std::to_string(arg); };
    const std::string name = "enter_" + letter(skb_arg) + "_" + letter(sk_arg);
    return bpf_object__find_program_by_name(programs_->obj, name.c_str());
}

const bpf_program *probe_set::leave_program(leave_kind kind) const {
    const auto &p = programs_->progs;
    switch (kind) {
    case leave_kind::plain:
        return p.leave;
    case leave_kind::op_on_arg:
        return p.leave_op;
    case leave_kind::op_on_return:
        return p.leave_made;
    case leave_kind::list:
        return p.leave_segments;
    case leave_kind::socket_queue:
        return p.leave_queue;
    case leave_kind::qdisc_0:
        return p.leave_qdisc_0;
    case leave_kind::qdisc_1:
        return p.leave_qdisc_1;
    case leave_kind::neighbour:
        return p.leave_neighbour_0;
    case leave_kind::napi:
        return p.leave_napi_0;
    }
    return p.leave;
}

probe_set::~probe_set() {
    for (const int fd : kept_)
        close(fd);
    probes_bpf::destroy(programs_);
}

// One more copy of a generic program, for one function.
int probe_set::load(const kernel_function &f, const bpf_program *generic, int attach_type) const {
    if (bpf_program__fd(generic) < 0) return -ENOENT;
    bpf_prog_load_opts opts{};
    opts.sz = sizeof opts;
    opts.expected_attach_type = static_cast<bpf_attach_type>(attach_type);
    opts.attach_btf_id = f.btf_id;
    opts.attach_btf_obj_fd = static_cast<__u32>(f.btf_fd);
    const std::vector<bpf_insn> insns = instructions(generic);
    const int fd =
        bpf_prog_load(BPF_PROG_TYPE_TRACING, bpf_program__name(generic), "GPL", insns.data(), insns.size(), &opts);
    return fd < 0 ? -errno : fd;
}

std::string probe_set::attach_fentry(const kernel_function &f, std::uint64_t cookie, leave_kind kind) {
    const int entry = load(f, enter_program(f.skb_arg, f.sk_arg), BPF_TRACE_FENTRY);
    if (entry < 0) return "fentry refused: " + errno_text(-entry);
    const int exit = load(f, leave_program(kind), BPF_TRACE_FEXIT);
    // The way out first: then no enter is ever seen without its leave.
    const int out = exit < 0 ? exit : link_tracing(exit, BPF_TRACE_FEXIT, cookie);
    const int in = out < 0 ? out : link_tracing(entry, BPF_TRACE_FENTRY, cookie);
    done_with(entry);
    done_with(exit);
    if (out >= 0 && in < 0) close(out);
    return in < 0 ? "fentry refused: " + errno_text(-in) : std::string();
}

std::string probe_set::attach_kprobe(const kernel_function &f, std::uint64_t cookie) {
    std::uint64_t address = 0;
    if (f.ambiguous) {
        const std::vector<std::uint64_t> &all = index_.addresses(f.symbol);
        if (f.instance >= all.size() || all[f.instance] == 0) return "its address is not known";
        address = all[f.instance];
    }
    const int out = open_kprobe(f, address, true);
    if (out < 0) return "kretprobe refused: " + errno_text(-out);
    const int in = open_kprobe(f, address, false);
    if (in < 0) {
        close(out);
        return "kprobe refused: " + errno_text(-in);
    }
    std::string why = link_perf(kprobe_program(true), out, cookie);
    if (why.empty()) why = link_perf(kprobe_program(false), in, cookie);
    return why;
}

void probe_set::attach_one(const kernel_function &f) {
    const function_facts facts = facts_of(f);
    probe_info info;
    info.name = f.name;
    info.role = facts.role;
    info.args = static_cast<std::uint8_t>(f.args);
    info.arg = f.arg;
    info.ret = f.ret;
    info.ret_known = f.btf_id != 0;
    info.dev_arg = static_cast<std::int8_t>(f.dev_arg < static_cast<int>(f.arg.size()) ? f.dev_arg : -1);
    info.trust_skb = f.btf_id != 0 && !f.ambiguous;
    const auto arg = [](int index) { return static_cast<std::uint64_t>(index < 0 ? SKBSCOPE_COOKIE_NO_ARG : index); };
    const auto fn = static_cast<std::uint16_t>(probes_.size());
    const std::uint64_t cookie = fn | arg(f.skb_arg) << SKBSCOPE_COOKIE_SKB_SHIFT |
                                 arg(f.sk_arg) << SKBSCOPE_COOKIE_SK_SHIFT |
                                 std::uint64_t{facts.operation} << SKBSCOPE_COOKIE_OP_SHIFT |
                                 (facts.role == probe_role::frees ? SKBSCOPE_COOKIE_ENDS : 0);
    std::string why = why_no_fentry(f);
    inspect_row row{f.name, "fentry", {}};
    if (why.empty()) why = attach_fentry(f, cookie, facts.leave);
    if (!why.empty()) {
        const std::string kprobe = attach_kprobe(f, cookie);
        row = {f.name, kprobe.empty() ? "kprobe" : "none", kprobe.empty() ? why : why + "; " + kprobe};
    }
    const bool took = row.by != "none";
    rows_.push_back(std::move(row));
    attached_[f.name] |= took;
    if (took) probes_.push_back(std::move(info));
}

bool probe_set::attach(const std::string &name) {
    if (attached_.contains(name)) return attached_[name];
    attached_[name] = false;
    const auto all = index_.find(name);
    if (all.empty()) rows_.push_back({name, "none", "this kernel does not have it"});
    for (const kernel_function *f : all)
        attach_one(*f);
    return attached_[name];
}

void probe_set::trace_tasks(std::span<const std::uint32_t> tasks) {
    auto &slots = programs_->bss->tasks;
    for (std::size_t i = 0; i < std::size(slots); ++i)
        slots[i] = i < tasks.size() ? tasks[i] : 0;
    programs_->bss->every_interrupt = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 1 : 0;
}

void probe_set::mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
                     unsigned switch_to) const {
    run_mark(bpf_program__fd(programs_->progs.mark), kind, step, line, result, switch_to);
}

void probe_set::drain(const std::function<void(std::span<const std::byte>)> &take) {
    drain_ring(ring_fd(), take);
}

int probe_set::ring_fd() const {
    return bpf_map__fd(programs_->maps.ring);
}

std::span<const skbscope_probe_cpu> probe_set::cpus() const {
    return programs_->bss->cpus;
}

} // namespace skbscope::bpf
