// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/kernel_index.h"

#include "bpf/agent/agent_error.h"
#include "trace/head_sizes.h"

#include <algorithm>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <unordered_map>

namespace skbscope::bpf {

namespace {

using btf_ptr = std::unique_ptr<btf, decltype(&btf__free)>;

value_shape shape_of(const btf *types, std::uint32_t id) {
    const int resolved = btf__resolve_type(types, id);
    if (resolved <= 0) return {};
    const btf_type *t = btf__type_by_id(types, static_cast<std::uint32_t>(resolved));
    if (btf_is_ptr(t)) return {8, false};
    if (btf_is_int(t)) return {static_cast<std::uint8_t>(t->size), (btf_int_encoding(t) & BTF_INT_SIGNED) != 0};
    if (btf_is_any_enum(t)) return {static_cast<std::uint8_t>(t->size), true};
    return {};
}

bool points_to(const btf *types, std::uint32_t id, std::string_view name) {
    int resolved = btf__resolve_type(types, id);
    if (resolved <= 0 || !btf_is_ptr(btf__type_by_id(types, static_cast<std::uint32_t>(resolved)))) return false;
    resolved = btf__resolve_type(types, btf__type_by_id(types, static_cast<std::uint32_t>(resolved))->type);
    if (resolved <= 0) return false;
    const btf_type *t = btf__type_by_id(types, static_cast<std::uint32_t>(resolved));
    return btf_is_struct(t) && name == btf__name_by_offset(types, t->name_off);
}

void read_prototype(const btf *types, const btf_type *function, kernel_function &f) {
    const btf_type *proto = btf__type_by_id(types, function->type);
    const btf_param *params = btf_params(proto);
    f.args = btf_vlen(proto);
    const auto first = [&](std::string_view type) {
        for (int i = 0; i < std::min(f.args, register_args); ++i)
            if (points_to(types, params[i].type, type)) return i;
        return -1;
    };
    for (int i = 0; i < std::min(f.args, static_cast<int>(f.arg.size())); ++i)
        f.arg[static_cast<std::size_t>(i)] = shape_of(types, params[i].type);
    f.skb_arg = first("sk_buff");
    f.sk_arg = first("sock");
    f.dev_arg = first("net_device");
    f.qdisc_arg = first("Qdisc");
    f.neighbour_arg = first("neighbour");
    f.napi_arg = first("napi_struct");
    f.ret = shape_of(types, proto->type);
    f.returns_skb = points_to(types, proto->type, "sk_buff");
}

// Every value of one enum, by number. From Linux 6.4 on subsystems have enums of their own, with the subsystem in the
// upper half of each number.
void add_reasons(const btf *types, const btf_type *t, std::map<std::uint32_t, std::string> &reasons) {
    const struct btf_enum *values = btf_enum(t);
    for (unsigned i = 0; i < btf_vlen(t); ++i) {
        const std::string_view name = btf__name_by_offset(types, values[i].name_off);
        if (values[i].val > 0 && !name.ends_with("_MAX"))
            reasons.emplace(static_cast<std::uint32_t>(values[i].val), std::string(name));
    }
}

std::string reasons_of(const btf *types) {
    std::map<std::uint32_t, std::string> reasons;
    for (std::uint32_t id = 1; id < btf__type_cnt(types); ++id) {
        const btf_type *t = btf__type_by_id(types, id);
        if (btf_is_enum(t) && std::string_view(btf__name_by_offset(types, t->name_off)).ends_with("_drop_reason"))
            add_reasons(types, t, reasons);
    }
    std::string text;
    for (const auto &[value, name] : reasons)
        text += (text.empty() ? "" : " ") + std::to_string(value) + "=" + name;
    return text;
}

// BTF objects the kernel holds for its modules, by module name. The descriptors stay open: attaching needs them.
std::map<std::string, int> module_btf_fds() {
    std::map<std::string, int> fds;
    for (std::uint32_t id = 0; bpf_btf_get_next_id(id, &id) == 0;) {
        const int fd = bpf_btf_get_fd_by_id(id);
        if (fd < 0) continue;
        char name[64] = {};
        bpf_btf_info info{};
        info.name = reinterpret_cast<std::uintptr_t>(name);
        info.name_len = sizeof name;
        std::uint32_t size = sizeof info;
        if (bpf_obj_get_info_by_fd(fd, &info, &size) == 0 && info.kernel_btf) fds[name] = fd;
    }
    return fds;
}

} // namespace

namespace {
void add_number(std::map<std::string, std::string> &facts, const char *fact, const char *file) {
    std::ifstream in(file);
    if (std::uint64_t n = 0; in >> n) facts[fact] = std::to_string(n);
}
} // namespace

std::map<std::string, std::string> buffer_facts(bool shared) {
    std::map<std::string, std::string> facts;
    const btf_ptr kernel(btf__load_vmlinux_btf(), btf__free);
    for (const auto &[type, fact] :
         {std::pair("sk_buff", trace::struct_size_fact), std::pair("skb_shared_info", trace::shared_info_size_fact)}) {
        const std::int32_t id = kernel ? btf__find_by_name_kind(kernel.get(), type, BTF_KIND_STRUCT) : -1;
        const std::int64_t size = id > 0 ? btf__resolve_size(kernel.get(), static_cast<std::uint32_t>(id)) : -1;
        if (size > 0) facts[fact] = std::to_string(size);
    }
    add_number(facts, trace::small_head_fact, "/sys/kernel/slab/skbuff_small_head/object_size");
    if (shared) add_number(facts, trace::structs_in_use_fact, "/sys/kernel/slab/skbuff_head_cache/objects");
    return facts;
}

std::string drop_reasons_of_kernel() {
    const btf_ptr kernel(btf__load_vmlinux_btf(), btf__free);
    return kernel ? reasons_of(kernel.get()) : std::string();
}

kernel_index::kernel_index(const std::map<std::string, int, std::less<>> &catalogue) {
    read_functions(catalogue);
    read_btf();
}

void kernel_index::read_functions(const std::map<std::string, int, std::less<>> &catalogue) {
    const char *path = "/sys/kernel/tracing/available_filter_functions";
    std::ifstream in(path);
    if (!in) throw agent_failure(path, "cannot be read: " + errno_text() + "; tracefs and ftrace are needed");
    std::map<std::string, std::uint32_t> seen;
    std::string line;
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
        const std::size_t space = line.find(' ');
        const std::string symbol = line.substr(0, space);
        const auto known = catalogue.find(without_suffix(symbol));
        if (known == catalogue.end()) continue;
        kernel_function f;
        f.name = known->first;
        f.symbol = symbol;
        if (space != line.npos && line.size() > space + 3) f.module = line.substr(space + 2, line.size() - space - 3);
        f.line = number;
        f.instance = seen[symbol]++;
        f.skb_arg = known->second;
        by_name_.emplace(f.name, functions_.size());
        functions_.push_back(std::move(f));
    }
    for (kernel_function &f : functions_)
        f.ambiguous = seen[f.symbol] > 1;
}

void kernel_index::read_btf() {
    btf_ptr kernel(btf__load_vmlinux_btf(), btf__free);
    if (!kernel)
        throw agent_failure("/sys/kernel/btf/vmlinux", "cannot be read: " + errno_text() + "; the kernel needs BTF");
    std::unordered_map<std::string_view, std::vector<kernel_function *>> wanted;
    std::set<std::string> modules;
    for (kernel_function &f : functions_) {
        wanted[f.symbol].push_back(&f);
        if (!f.module.empty()) modules.insert(f.module);
    }
    const auto scan = [&wanted](const btf *types, std::uint32_t from, const std::string &module, int fd) {
        for (std::uint32_t id = from; id < btf__type_cnt(types); ++id) {
            const btf_type *t = btf__type_by_id(types, id);
            if (!btf_is_func(t)) continue;
            const auto found = wanted.find(btf__name_by_offset(types, t->name_off));
            if (found == wanted.end()) continue;
            for (kernel_function *f : found->second) {
                if (f->module != module) continue;
                read_prototype(types, t, *f);
                f->btf_id = id;
                f->btf_fd = fd;
            }
        }
    };
    scan(kernel.get(), 1, "", 0);
    drop_reasons_ = reasons_of(kernel.get());
    const std::map<std::string, int> fds = module_btf_fds();
    for (const std::string &module : modules) {
        const auto fd = fds.find(module);
        if (fd == fds.end()) continue;
        const btf_ptr types(btf__load_module_btf(module.c_str(), kernel.get()), btf__free);
        if (types) scan(types.get(), btf__type_cnt(kernel.get()), module, fd->second);
    }
}

std::vector<const kernel_function *> kernel_index::find(std::string_view name) const {
    std::vector<const kernel_function *> all;
    const auto [begin, end] = by_name_.equal_range(name);
    for (auto i = begin; i != end; ++i)
        all.push_back(&functions_[i->second]);
    return all;
}

const kernel_function *kernel_index::example(const std::function<bool(const kernel_function &)> &fits) const {
    for (const kernel_function &f : functions_)
        if (f.btf_id != 0 && f.btf_fd == 0 && !f.ambiguous && f.args <= register_args && fits(f)) return &f;
    return nullptr;
}

const kernel_function *kernel_index::example(int skb_arg, int sk_arg) const {
    return example([=](const kernel_function &f) { return f.skb_arg == skb_arg && f.sk_arg == sk_arg; });
}

const std::vector<std::uint64_t> &kernel_index::addresses(const std::string &symbol) {
    if (!addresses_read_) read_addresses();
    return addresses_[symbol];
}

void kernel_index::read_addresses() {
    addresses_read_ = true;
    std::set<std::string_view> wanted;
    for (const kernel_function &f : functions_)
        if (f.ambiguous) wanted.insert(f.symbol);
    std::ifstream in("/proc/kallsyms");
    std::string line;
    while (std::getline(in, line)) {
        // address type name[TAB[module]]
        const std::size_t type = line.find(' ');
        if (type == line.npos || line.size() < type + 4) continue;
        const std::string_view name = std::string_view(line).substr(type + 3);
        const std::string_view symbol = name.substr(0, name.find('\t'));
        if (wanted.contains(symbol))
            addresses_[std::string(symbol)].push_back(std::strtoull(line.c_str(), nullptr, 16));
    }
}

} // namespace skbscope::bpf
