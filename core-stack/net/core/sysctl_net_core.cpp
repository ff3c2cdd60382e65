// SPDX-License-Identifier: GPL-2.0-or-later
// net.core.*: settings of the whole machine, so only its first namespace has them. Linux 6.1:
// net/core/sysctl_net_core.c
#include "linux/errno.h"
#include "net/core/dev_internal.h"
#include "net/ipv4/sysctl_value.h"
#include "net/net_namespace.h"

#include <climits>

namespace skbscope::stack {

namespace {

// As proc_dointvec_minmax() does it with a lower limit of 0.
ctl_entry count_entry(unsigned *value) {
    return {[value] { return std::to_string(*value); },
            [value](std::string_view text) {
                int n = 0;
                if (!sysctl_parse(text, &n) || n < 0) return -EINVAL;
                *value = static_cast<unsigned>(n);
                return 0;
            }};
}

ctl_entry flow_entries_entry() {
    return {[] {
                const auto &table = dev_global->config.rps_sock_flow_table_;
                return std::to_string(table ? u64{table->mask} + 1 : u64{0});
            },
            [](std::string_view text) {
                int n = 0;
                if (!sysctl_parse(text, &n)) return -EINVAL;
                return rps_sock_flow_sysctl(static_cast<unsigned>(n));
            }};
}

} // namespace

void sysctl_core_init() {
    net *ns = init_net();
    net_core_config &c = dev_global->config;
    register_net_sysctl_int(ns, "net.core.netdev_max_backlog", &c.netdev_max_backlog, INT_MIN, INT_MAX);
    register_net_sysctl_int(ns, "net.core.netdev_budget", &c.netdev_budget, INT_MIN, INT_MAX);
    register_net_sysctl_int(ns, "net.core.gro_normal_batch", &c.gro_normal_batch, 1, INT_MAX);
    register_net_sysctl(ns, "net.core.netdev_budget_usecs", count_entry(&c.netdev_budget_usecs));
    register_net_sysctl(ns, "net.core.busy_read", count_entry(&c.sysctl_net_busy_read));
    register_net_sysctl(ns, "net.core.busy_poll", count_entry(&c.sysctl_net_busy_poll));
    register_net_sysctl(ns, "net.core.rps_sock_flow_entries", flow_entries_entry());
}

} // namespace skbscope::stack
