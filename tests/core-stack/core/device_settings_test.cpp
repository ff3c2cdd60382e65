// SPDX-License-Identifier: GPL-2.0-or-later
// A device as it is made, and what is changed about it later: address, MTU, carrier, down; who is asked, who is told,
// and in which order. Linux 6.1: net/core/dev.c, net/sched/sch_generic.c
#include "../sim/entered.h"
#include "plain_device.h"

#include "net/core/dev_internal.h"
#include "net/sch_generic.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DeviceSettings : public DeviceLife {
protected:
    // A listener who vetoes one event, and remembers what it was told with it.
    struct Veto : notifier_block {
        unsigned long event = 0;
        std::vector<u32> old_mtus;
        std::vector<u8> last_byte_of_new_address;
        explicit Veto(unsigned long which) : event(which) {
            notifier_call = [](notifier_block *nb, unsigned long action, void *info) {
                auto *veto = static_cast<Veto *>(nb);
                if (!std::string_view(netdev_notifier_info_to_dev(info)->name).starts_with("p")) return NOTIFY_DONE;
                if (action == NETDEV_CHANGEMTU)
                    veto->old_mtus.push_back(static_cast<netdev_notifier_info_ext *>(info)->mtu);
                if (action == NETDEV_PRE_CHANGEADDR)
                    veto->last_byte_of_new_address.push_back(
                        static_cast<netdev_notifier_pre_changeaddr_info *>(info)->dev_addr[5]);
                return action == veto->event ? notifier_from_errno(-EPERM) : NOTIFY_DONE;
            };
            register_netdevice_notifier(this);
        }
        ~Veto() { unregister_netdevice_notifier(this); }
        Veto(const Veto &) = delete;
        Veto &operator=(const Veto &) = delete;
    };
    net_device *make_up(const char *name) {
        net_device *dev = make(name);
        EXPECT_EQ(link_set_up(ns, name, true), 0);
        what_happened();
        return dev;
    }
    void idle(u64 ms) { m.run_idle_until(m.now_ns() + ms * 1'000'000); }
};

TEST_F(DeviceSettings, ANewDeviceHasItsQueuesAndOneHolder) {
    struct own {
        int value = 42;
    };
    net_device *dev = alloc_netdev_mqs(std::make_shared<own>(), "p0", ether_setup, 3, 2);
    ASSERT_NE(dev, nullptr);
    EXPECT_EQ(netdev_priv<own>(dev)->value, 42);
    EXPECT_EQ(dev->reg_state, NETREG_UNINITIALIZED);
    EXPECT_EQ(refcount_read(&dev->dev_refcnt), 1);
    EXPECT_EQ(dev_net(dev), init_net());
    EXPECT_EQ(dev->num_tx_queues, 3u);
    EXPECT_EQ(dev->real_num_rx_queues, 2u);
    EXPECT_EQ(netdev_get_tx_queue(dev, 2)->dev, dev);
    EXPECT_EQ(dev->_rx[1].dev, dev);
    EXPECT_EQ(dev->tx_queue_len, 1000u) << "ether_setup()'s";
    EXPECT_FALSE(dev->priv_flags & IFF_NO_QUEUE);
    EXPECT_TRUE(dev->priv_flags & IFF_XMIT_DST_RELEASE);
    free_netdev(dev);
    net_device *bare = alloc_netdev_mqs(
        nullptr, "p1", [](net_device *) {}, 1, 1);
    EXPECT_TRUE(bare->priv_flags & IFF_NO_QUEUE) << "no length was asked for";
    EXPECT_EQ(bare->tx_queue_len, 1000u);
    free_netdev(bare);
    EXPECT_EQ(alloc_netdev_mqs(nullptr, "p2", ether_setup, 0, 1), nullptr);
    EXPECT_EQ(alloc_netdev_mqs(nullptr, "p2", ether_setup, 1, 0), nullptr);
}

TEST_F(DeviceSettings, OpeningAsksTheDriverAndListens) {
    net_device *dev = make("p0");
    what_happened();
    recorder.set_on(true);
    rtnl_lock();
    EXPECT_EQ(dev_open(dev), 0);
    rtnl_unlock();
    recorder.set_on(false);
    expect_in_order(calls(), {"dev_open", "__dev_open", "call_netdevice_notifiers", "dev_set_rx_mode",
                              "__dev_set_rx_mode", "dev_activate", "call_netdevice_notifiers"});
    __dev_set_rx_mode(dev);
    EXPECT_EQ(what_happened().back(), "ndo_set_rx_mode");
    dev->flags &= ~IFF_UP;
    __dev_set_rx_mode(dev);
    EXPECT_THAT(what_happened(), IsEmpty()) << "down: it will be told when it comes up";
    dev->flags |= IFF_UP;
}

// netdev_run_todo(): what was unregistered is freed, in that order, when nobody holds it.
TEST_F(DeviceSettings, TheLastStepsAreTakenLater) {
    net_device *p0 = make("p0"), *p1 = make("p1");
    what_happened();
    rtnl_lock();
    unregister_netdevice(p1);
    unregister_netdevice(p0);
    EXPECT_EQ(p1->reg_state, NETREG_UNREGISTERING);
    EXPECT_THAT(what_happened(), ElementsAre("UNREGISTER p1", "ndo_uninit", "UNREGISTER p0", "ndo_uninit"));
    netdev_run_todo();
    EXPECT_THAT(what_happened(), ElementsAre("priv_destructor", "priv_destructor"));
    rtnl_unlock(); // nothing is left to do
    EXPECT_THAT(what_happened(), IsEmpty());
}

// __dev_close() is dev_close() without the last word: NETDEV_DOWN is its caller's to tell.
TEST_F(DeviceSettings, ClosingTellsThenStops) {
    net_device *dev = make_up("p0");
    rtnl_lock();
    __dev_close(dev);
    rtnl_unlock();
    EXPECT_THAT(what_happened(), ElementsAre("GOING_DOWN p0", "ndo_stop"));
    EXPECT_FALSE(dev->flags & IFF_UP);
    EXPECT_FALSE(netif_running(dev));
    EXPECT_EQ(netdev_get_tx_queue(dev, 0)->qdisc, noop_qdisc()) << "nothing goes out any more";
    EXPECT_TRUE(list_empty(&dev->close_list));
    call_netdevice_notifiers(NETDEV_DOWN, dev); // what it held back
    EXPECT_THAT(what_happened(), ElementsAre("DOWN p0"));
}

// The namespace's own listeners come first, and who vetoes ends it.
TEST_F(DeviceSettings, NotifiersAreCalledUntilOneObjects) {
    net_device *dev = make("p0");
    static std::vector<std::string> order;
    order.clear();
    notifier_block first, last;
    first.notifier_call = [](notifier_block *, unsigned long event, void *info) {
        order.push_back("namespace " + event_name(event) + " " + netdev_notifier_info_to_dev(info)->name);
        return NOTIFY_OK;
    };
    last.notifier_call = [](notifier_block *, unsigned long, void *) {
        order.emplace_back("everybody");
        return NOTIFY_OK;
    };
    raw_notifier_chain_register(&ns->netdev_chain, &first);
    register_netdevice_notifier(&last);
    order.clear();
    EXPECT_EQ(call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev), NOTIFY_OK);
    EXPECT_THAT(order, ElementsAre("namespace FEAT_CHANGE p0", "everybody"));
    const Veto veto(NETDEV_FEAT_CHANGE);
    EXPECT_EQ(notifier_to_errno(call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev)), -EPERM);
    EXPECT_EQ(notifier_to_errno(call_netdevice_notifiers(NETDEV_JOIN, dev)), 0);
    first.notifier_call = [](notifier_block *, unsigned long, void *) { return NOTIFY_BAD; };
    order.clear();
    EXPECT_EQ(call_netdevice_notifiers(NETDEV_JOIN, dev), NOTIFY_BAD);
    EXPECT_THAT(order, IsEmpty()) << "the others are not asked";
    raw_notifier_chain_unregister(&ns->netdev_chain, &first);
    unregister_netdevice_notifier(&last);
}

// --- dev_set_mtu ----------------------------------------------------------------------------------------------------

TEST_F(DeviceSettings, AnMtuIsCheckedAskedForSetAndTold) {
    net_device *dev = make("p0");
    what_happened();
    Veto listener(0);
    EXPECT_EQ(dev_set_mtu(dev, 1500), 0) << "what it has";
    EXPECT_EQ(dev_set_mtu(dev, 67), -EINVAL);
    EXPECT_EQ(dev_set_mtu(dev, 1501), -EINVAL);
    EXPECT_EQ(dev_set_mtu(dev, -1), -EINVAL);
    EXPECT_THAT(what_happened(), IsEmpty());
    EXPECT_EQ(dev_set_mtu(dev, 68), 0);
    EXPECT_EQ(dev->mtu, 68u);
    EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEMTU p0", "CHANGEMTU p0"));
    EXPECT_THAT(listener.old_mtus, ElementsAre(1500));
    clear_bit(__LINK_STATE_PRESENT, &dev->state);
    EXPECT_EQ(dev_set_mtu(dev, 100), -ENODEV);
    set_bit(__LINK_STATE_PRESENT, &dev->state);
}

TEST_F(DeviceSettings, AnMtuThatSomebodyCannotHaveIsTakenBack) {
    net_device *dev = make("p0");
    {
        const Veto before(NETDEV_PRECHANGEMTU);
        what_happened();
        EXPECT_EQ(dev_set_mtu(dev, 1000), -EPERM);
        EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEMTU p0"));
    }
    const Veto after(NETDEV_CHANGEMTU);
    what_happened();
    EXPECT_EQ(dev_set_mtu(dev, 1000), -EPERM);
    EXPECT_EQ(dev->mtu, 1500u);
    EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEMTU p0", "CHANGEMTU p0", "CHANGEMTU p0"));
    EXPECT_THAT(after.old_mtus, ElementsAre(1500, 1000)) << "the second time it tells of the way back";
}

// A driver's own word: its error ends it, and nobody is told.
TEST_F(DeviceSettings, ADriverMayRefuseAnMtu) {
    net_device *dev = make("p0");
    net_device_ops ops = plain_ops;
    ops.ndo_change_mtu = [](net_device *d, int mtu) {
        life.push_back("ndo_change_mtu " + std::to_string(mtu));
        if (mtu == 1000) return -EBUSY;
        d->mtu = static_cast<unsigned>(mtu);
        return 0;
    };
    dev->netdev_ops = &ops;
    what_happened();
    EXPECT_EQ(dev_set_mtu(dev, 1000), -EBUSY);
    EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEMTU p0", "ndo_change_mtu 1000"));
    EXPECT_EQ(dev_set_mtu(dev, 1400), 0);
    EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEMTU p0", "ndo_change_mtu 1400", "CHANGEMTU p0"));
    dev->netdev_ops = &plain_ops;
}

// --- dev_set_mac_address --------------------------------------------------------------------------------------------

TEST_F(DeviceSettings, AnAddressIsAskedForSetAndTold) {
    net_device *dev = make_up("p0");
    const u8 mac[6] = {2, 0, 0, 0, 0, 9}, group[6] = {1, 0, 0x5e, 0, 0, 9};
    EXPECT_EQ(dev_set_mac_address(dev, mac), -EOPNOTSUPP) << "its driver cannot";
    net_device_ops ops = plain_ops;
    ops.ndo_set_mac_address = eth_mac_addr;
    dev->netdev_ops = &ops;
    Veto listener(0);
    what_happened();
    EXPECT_EQ(dev_set_mac_address(dev, mac), -EBUSY) << "a running card cannot, unless it says so";
    EXPECT_THAT(what_happened(), ElementsAre("PRE_CHANGEADDR p0"));
    EXPECT_THAT(listener.last_byte_of_new_address, ElementsAre(9)) << "they are told before it has it";
    dev->priv_flags |= IFF_LIVE_ADDR_CHANGE;
    EXPECT_EQ(dev_set_mac_address(dev, group), -EADDRNOTAVAIL);
    what_happened();
    EXPECT_EQ(dev_set_mac_address(dev, mac), 0);
    EXPECT_THAT(what_happened(), ElementsAre("PRE_CHANGEADDR p0", "CHANGEADDR p0"));
    EXPECT_EQ(dev->dev_addr[5], 9);
    EXPECT_EQ(dev->perm_addr[5], 7);
    EXPECT_EQ(dev->addr_assign_type, NET_ADDR_SET);
    clear_bit(__LINK_STATE_PRESENT, &dev->state);
    EXPECT_EQ(dev_set_mac_address(dev, mac), -ENODEV);
    set_bit(__LINK_STATE_PRESENT, &dev->state);
    const Veto veto(NETDEV_PRE_CHANGEADDR);
    const u8 other[6] = {2, 0, 0, 0, 0, 10};
    EXPECT_EQ(dev_set_mac_address(dev, other), -EPERM);
    EXPECT_EQ(dev->dev_addr[5], 9);
    dev->netdev_ops = &plain_ops;
}

// --- the carrier ----------------------------------------------------------------------------------------------------

TEST_F(DeviceSettings, ACarrierThatGoesStopsTheQueueALittleLater) {
    net_device *dev = make_up("p0");
    ASSERT_TRUE(netif_carrier_ok(dev));
    recorder.set_on(true);
    netif_carrier_off(dev);
    netif_carrier_off(dev); // it is off: no second event
    recorder.set_on(false);
    expect_in_order(calls(), {"netif_carrier_off", "linkwatch_fire_event", "linkwatch_urgent_event",
                              "linkwatch_schedule_work", "netif_carrier_off"});
    EXPECT_EQ(count_calls("linkwatch_fire_event"), 1u);
    EXPECT_FALSE(netif_carrier_ok(dev));
    EXPECT_EQ(atomic_read(&dev->carrier_down_count), 1);
    EXPECT_NE(netdev_get_tx_queue(dev, 0)->qdisc, noop_qdisc()) << "not in the driver's context";
    EXPECT_THAT(what_happened(), IsEmpty());
    EXPECT_TRUE(test_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state));
    idle(1100); // a link that goes may wait for a second
    EXPECT_THAT(what_happened(), ElementsAre("CHANGE p0"));
    EXPECT_EQ(netdev_get_tx_queue(dev, 0)->qdisc, noop_qdisc());
    EXPECT_FALSE(dev_get_flags(dev) & IFF_RUNNING);
    netif_carrier_on(dev);
    netif_carrier_on(dev);
    EXPECT_EQ(atomic_read(&dev->carrier_up_count), 1);
    EXPECT_TRUE(netif_carrier_ok(dev));
    idle(1);
    EXPECT_THAT(what_happened(), ElementsAre("CHANGE p0")) << "at once: it can send again";
    EXPECT_NE(netdev_get_tx_queue(dev, 0)->qdisc, noop_qdisc());
    EXPECT_TRUE(dev_get_flags(dev) & IFF_RUNNING);
}

TEST_F(DeviceSettings, ACarrierThatComesBackInTimeIsOneEvent) {
    net_device *dev = make_up("p0");
    for (int i = 0; i < 5; ++i) {
        netif_carrier_off(dev);
        netif_carrier_on(dev);
    }
    EXPECT_EQ(atomic_read(&dev->carrier_down_count), 5);
    EXPECT_EQ(atomic_read(&dev->carrier_up_count), 5);
    idle(3000);
    EXPECT_THAT(what_happened(), ElementsAre("CHANGE p0"));
}

TEST_F(DeviceSettings, BeforeItIsRegisteredNobodyIsTold) {
    net_device *dev = alloc_netdev<int>("p0", ether_setup);
    netif_carrier_off(dev);
    EXPECT_FALSE(netif_carrier_ok(dev));
    EXPECT_EQ(atomic_read(&dev->carrier_down_count), 0);
    EXPECT_FALSE(test_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state));
    free_netdev(dev);
}

} // namespace
} // namespace skbscope::stack
