// SPDX-License-Identifier: GPL-2.0-or-later
// Simulated cards and their cables. No kernel counterpart: a machine's owner plugs cards in.
#include "sim/netconfig.h"

#include "linux/errno.h"
#include "linux/if.h"
#include "linux/netdevice.h"
#include "linux/simnic.h"
#include "sim/netconfig_scope.h"
#include "sim/work_clock.h"

namespace skbscope::stack {

namespace {

net_device *card(net *ns, std::string_view name) {
    net_device *dev = __dev_get_by_name(ns, name);
    return dev && dev->rtnl_link_ops && std::string_view(dev->rtnl_link_ops->kind) == "simnic" ? dev : nullptr;
}

} // namespace

int link_add_card(net *ns, const simnic_config &config) {
    const netconfig_scope scope;
    if (__dev_get_by_name(ns, config.name)) return -EEXIST;
    int err = 0;
    net_device *dev = simnic_probe(ns, config, &err);
    if (dev) simnic_timer(dev)->run_in_this_machine();
    return dev ? 0 : err;
}

int card_indirection(net *ns, std::string_view name, std::span<const u8> table) {
    const netconfig_scope scope;
    net_device *dev = card(ns, name);
    if (!dev) return -ENODEV;
    simnic_set_indirection(dev, table);
    return 0;
}

int card_cable(net *ns_a, std::string_view a, net *ns_b, std::string_view b) {
    const netconfig_scope scope;
    net_device *one = card(ns_a, a), *other = card(ns_b, b);
    if (!one || !other || one == other) return -ENODEV;
    simnic_connect(one, [other](std::span<const u8> frame) { (void)simnic_receive(other, frame); });
    simnic_connect(other, [one](std::span<const u8> frame) { (void)simnic_receive(one, frame); });
    return 0;
}

int card_set_up(net *ns, std::string_view name, bool up) {
    const netconfig_scope scope(true);
    net_device *dev = card(ns, name);
    if (!dev) return -ENODEV;
    return dev_change_flags(dev, up ? dev->flags | IFF_UP : dev->flags & ~IFF_UP);
}

} // namespace skbscope::stack
