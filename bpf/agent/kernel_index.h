// SPDX-License-Identifier: GPL-2.0-or-later
// What this kernel has of the functions that may be probed: their symbols, where ftrace lists them, and what BTF tells
// of their arguments.
#pragma once

#include "bpf/assemble.h"
#include "bpf/symbols.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::bpf {

// Arguments that are in registers, x86-64. On Linux 6.1 fentry hands over those alone (arch/x86/net/bpf_jit_comp.c).
inline constexpr int register_args = 6;

struct kernel_function {
    std::string name;              // without compiler suffix
    std::string symbol;            // as the kernel's symbol table has it: "ip_rcv_core.constprop.0"
    std::string module;            // empty: in the kernel image
    std::uint32_t line = 0;        // in available_filter_functions, from 1: ftrace takes this number as a filter
    std::uint32_t instance = 0;    // the nth symbol of this name (static functions share names)
    bool ambiguous = false;        // there are others
    std::uint32_t btf_id = 0;      // 0: BTF does not know it, or not without doubt
    int btf_fd = 0;                // of the module's BTF; 0: the kernel image's
    int skb_arg = -1, sk_arg = -1; // index of the first argument of this type among the six in registers, -1 = none
    int dev_arg = -1, qdisc_arg = -1, neighbour_arg = -1, napi_arg = -1;
    bool returns_skb = false;
    int args = 0; // of the prototype
    std::array<value_shape, 4> arg{};
    value_shape ret{};
};

// How large a packet's buffer becomes on the running kernel, as facts (trace/head_sizes.h). `shared`: others use the
// machine as well.
[[nodiscard]] std::map<std::string, std::string> buffer_facts(bool shared);

// enum skb_drop_reason of the running kernel as its BTF has it: "2=SKB_DROP_REASON_NOT_SPECIFIED 3=...". Empty: none.
[[nodiscard]] std::string drop_reasons_of_kernel();

class kernel_index {
public:
    // `catalogue`: name -> index of its sk_buff argument or -1, for functions that BTF does not know.
    explicit kernel_index(const std::map<std::string, int, std::less<>> &catalogue);

    [[nodiscard]] const std::vector<kernel_function> &functions() const { return functions_; }
    // All of a name.
    [[nodiscard]] std::vector<const kernel_function *> find(std::string_view name) const;
    // A function of the kernel image with BTF whose argument `skb_arg` is an sk_buff and `sk_arg` a struct sock (-1:
    // that has none): what a generic program is first loaded for. Null when there is none.
    [[nodiscard]] const kernel_function *example(int skb_arg, int sk_arg) const;
    // The same for any other shape.
    [[nodiscard]] const kernel_function *example(const std::function<bool(const kernel_function &)> &fits) const;
    // Addresses of a symbol, in the order of the symbol table; read on first use.
    [[nodiscard]] const std::vector<std::uint64_t> &addresses(const std::string &symbol);

    // enum skb_drop_reason as this kernel has it: "1=SKB_DROP_REASON_NOT_SPECIFIED 2=...". Empty: it has none.
    [[nodiscard]] const std::string &drop_reasons() const { return drop_reasons_; }

private:
    void read_functions(const std::map<std::string, int, std::less<>> &catalogue);
    void read_btf();
    void read_addresses();

    std::vector<kernel_function> functions_;
    std::multimap<std::string, std::size_t, std::less<>> by_name_;
    std::map<std::string, std::vector<std::uint64_t>> addresses_;
    bool addresses_read_ = false;
    std::string drop_reasons_;
};

} // namespace skbscope::bpf
