// SPDX-License-Identifier: GPL-2.0-or-later
// /proc/sys/net: names, each with a way to read and one to set. Linux 6.1: net/sysctl_net.c, kernel/sysctl.c
#include "linux/errno.h"
#include "net/net_namespace.h"

#include <charconv>
#include <utility>

namespace skbscope::stack {

namespace {

template <class T> ctl_entry number(T *value, int min, int max, std::function<void()> changed) {
    return {.get = [value] { return std::to_string(*value); },
            .set =
                [value, min, max, changed = std::move(changed)](std::string_view text) {
                    int n = 0;
                    const auto [end, err] = std::from_chars(text.data(), text.data() + text.size(), n);
                    if (err != std::errc() || end != text.data() + text.size() || n < min || n > max) return -EINVAL;
                    *value = static_cast<T>(n);
                    if (changed) changed();
                    return 0;
                }};
}

} // namespace

void register_net_sysctl(net *ns, std::string_view name, ctl_entry entry) {
    ns->sysctls.insert_or_assign(std::string(name), std::move(entry));
}
void unregister_net_sysctl(net *ns, std::string_view name) {
    if (const auto it = ns->sysctls.find(name); it != ns->sysctls.end()) ns->sysctls.erase(it);
}
void register_net_sysctl_int(net *ns, std::string_view name, int *value, int min, int max,
                             std::function<void()> changed) {
    register_net_sysctl(ns, name, number(value, min, max, std::move(changed)));
}
void register_net_sysctl_u8(net *ns, std::string_view name, u8 *value, u8 min, u8 max, std::function<void()> changed) {
    register_net_sysctl(ns, name, number(value, min, max, std::move(changed)));
}

} // namespace skbscope::stack
