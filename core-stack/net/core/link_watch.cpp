// SPDX-License-Identifier: GPL-2.0-or-later
// A carrier came or went: noted at once, acted on a moment later by a kernel thread, so that a flapping link does not
// keep the machine busy. Linux 6.1: net/core/link_watch.c
#include "linux/netdevice.h"
#include "net/core/dev_internal.h"
#include "net/sch_generic.h"

#include <vector>

namespace skbscope::stack {

namespace {

constexpr u8 IF_OPER_DOWN = 2, IF_OPER_UP = 6;

machine_global<std::vector<net_device *>> pending;

// Linux 6.1: net/core/link_watch.c
void linkwatch_do_dev(net_device *dev) {
    clear_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state);
    dev->operstate = netif_carrier_ok(dev) ? IF_OPER_UP : IF_OPER_DOWN;
    if (dev->flags & IFF_UP) {
        if (netif_carrier_ok(dev))
            dev_activate(dev);
        else
            dev_deactivate(dev);
        netdev_state_change(dev);
    }
    dev_put(dev);
}

void linkwatch_event(work_struct *) {
    while (!pending->empty()) {
        net_device *dev = pending->front();
        pending->erase(pending->begin());
        linkwatch_do_dev(dev);
    }
}

// A device that can send now must not wait; a lost carrier may, for a second.
bool linkwatch_urgent_event(const net_device *dev) {
    return netif_running(dev) && netif_carrier_ok(dev);
}

} // namespace

void linkwatch_init() {
    INIT_DELAYED_WORK(&dev_global->linkwatch_work, linkwatch_event);
}

void linkwatch_fire_event(net_device *dev) {
    const bool urgent = linkwatch_urgent_event(dev);
    if (!test_and_set_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state)) {
        dev_hold(dev);
        pending->push_back(dev);
    }
    if (urgent)
        mod_delayed_work(&dev_global->linkwatch_work, 0);
    else
        schedule_delayed_work(&dev_global->linkwatch_work, HZ);
}

void linkwatch_forget_dev(net_device *dev) {
    if (!std::erase(*pending, dev)) return;
    clear_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state);
    dev_put(dev);
}

} // namespace skbscope::stack
