// SPDX-License-Identifier: GPL-2.0-or-later
// A carrier came or went: noted at once, acted on a moment later by a kernel thread, so that a flapping link does not
// keep the machine busy. Linux 6.1: net/core/link_watch.c
#include "linux/jiffies.h"
#include "linux/netdevice.h"
#include "linux/rtnetlink.h"
#include "net/core/dev_internal.h"
#include "net/sch_generic.h"

#include <vector>

namespace skbscope::stack {

namespace {

constexpr u8 IF_OPER_DOWN = 2, IF_OPER_LOWERLAYERDOWN = 3, IF_OPER_UP = 6;
constexpr unsigned devices_at_once = 100; // twice that where some cannot wait

struct link_watch {
    std::vector<net_device *> devices; // whose carrier changed
    bool urgent = false;               // the work is about to run
    unsigned long nextevent = 0;       // jiffies: what can wait waits until then
};
machine_global<link_watch> lw;

// RFC 2863: what the link is good for. A device on top of another one is down for the other's sake.
u8 default_operstate(const net_device *dev) {
    if (netif_carrier_ok(dev)) return IF_OPER_UP;
    return dev->ifindex == dev_get_iflink(dev) ? IF_OPER_DOWN : IF_OPER_LOWERLAYERDOWN;
}

// Linux 6.1: net/core/link_watch.c (without dormant and testing links: no device of the model has them)
void rfc2863_policy(net_device *dev) {
    TRACE_FN();
    dev->operstate = default_operstate(dev);
}

// Linux 6.1: net/core/link_watch.c
void linkwatch_do_dev(net_device *dev) {
    TRACE_FN();
    clear_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state);
    rfc2863_policy(dev);
    if (dev->flags & IFF_UP) {
        if (netif_carrier_ok(dev))
            dev_activate(dev);
        else
            dev_deactivate(dev);
        netdev_state_change(dev);
    }
    dev_put(dev);
}

bool qdisc_tx_changing(const net_device *dev) {
    for (unsigned i = 0; i < dev->num_tx_queues; i++) {
        const netdev_queue *txq = netdev_get_tx_queue(dev, i);
        if (txq->qdisc != txq->qdisc_sleeping) return true;
    }
    return false;
}

// What stands on another device (a veth end, a VLAN) follows it at once, and so does a device that can send now. A
// carrier that is lost may wait. Linux 6.1: net/core/link_watch.c
bool linkwatch_urgent_event(const net_device *dev) {
    TRACE_FN();
    if (!netif_running(dev)) return TRACE_RET(false);
    if (dev->ifindex != dev_get_iflink(dev)) return TRACE_RET(true);
    return TRACE_RET(netif_carrier_ok(dev) && qdisc_tx_changing(dev));
}

// Linux 6.1: net/core/link_watch.c
void linkwatch_schedule_work(bool urgent) {
    TRACE_FN();
    if (lw->urgent) return;
    if (urgent) {
        lw->urgent = true;
        mod_delayed_work(&dev_global->linkwatch_work, 0);
        return;
    }
    const unsigned long delay = lw->nextevent - jiffies_now();
    schedule_delayed_work(&dev_global->linkwatch_work, delay > HZ ? 0 : delay); // the difference wraps when it is past
}

// One round a second, so that a flapping link does not flood those who listen: but what is urgent has no such limit.
// Linux 6.1: net/core/link_watch.c
void __linkwatch_run_queue(bool urgent_only) {
    TRACE_FN();
    if (!urgent_only)
        lw->nextevent = jiffies_now() + HZ;
    else if (time_after(lw->nextevent, jiffies_now() + HZ))
        lw->nextevent = jiffies_now();
    lw->urgent = false;
    std::vector<net_device *> now;
    now.swap(lw->devices);
    unsigned left = urgent_only ? 2 * devices_at_once : devices_at_once;
    for (net_device *dev : now) {
        if (left == 0 || !netif_device_present(dev) || (urgent_only && !linkwatch_urgent_event(dev))) {
            lw->devices.push_back(dev);
            continue;
        }
        linkwatch_do_dev(dev);
        left--;
    }
    if (!lw->devices.empty()) linkwatch_schedule_work(false);
}

// Linux 6.1: net/core/link_watch.c
void linkwatch_event(work_struct *) {
    TRACE_FN();
    rtnl_lock();
    __linkwatch_run_queue(time_after(lw->nextevent, jiffies_now()));
    rtnl_unlock();
}

} // namespace

void linkwatch_init() {
    INIT_DELAYED_WORK(&dev_global->linkwatch_work, linkwatch_event);
}

// Linux 6.1: net/core/link_watch.c
void linkwatch_fire_event(net_device *dev) {
    TRACE_FN();
    const bool urgent = linkwatch_urgent_event(dev);
    if (!test_and_set_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state)) {
        dev_hold(dev);
        lw->devices.push_back(dev);
    } else if (!urgent) {
        return;
    }
    linkwatch_schedule_work(urgent);
}

// Linux 6.1: net/core/link_watch.c
void linkwatch_forget_dev(net_device *dev) {
    TRACE_FN();
    if (std::erase(lw->devices, dev)) linkwatch_do_dev(dev);
}

} // namespace skbscope::stack
