// SPDX-License-Identifier: GPL-2.0-or-later
// A device's life: what its driver is asked when, what others are told, in the kernel's order; what it listens to; what
// stands on top of it; and its end, which waits for everyone who holds it. Linux 6.1: net/core/dev.c
#include "plain_device.h"

#include "linux/simnic.h"
#include "net/core/dev_internal.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;

TEST_F(DeviceLife, RegisteredUpDownAndGone) {
    net_device *dev = make("p0");
    EXPECT_THAT(what_happened(), ElementsAre("ndo_init", "POST_INIT p0", "REGISTER p0"));
    EXPECT_EQ(dev->reg_state, NETREG_REGISTERED);
    EXPECT_EQ(dev->perm_addr[5], 7) << "the address it was made with is its permanent one";
    rtnl_lock();
    EXPECT_EQ(dev_open(dev), 0);
    EXPECT_EQ(dev_open(dev), 0);
    rtnl_unlock();
    // The second time: IPv4 heard of it first, and joined all hosts' group.
    EXPECT_THAT(what_happened(), ElementsAre("PRE_UP p0", "ndo_open", "ndo_set_rx_mode", "ndo_set_rx_mode", "UP p0"));
    rtnl_lock();
    dev_close(dev);
    rtnl_unlock();
    EXPECT_THAT(what_happened(), ElementsAre("GOING_DOWN p0", "ndo_stop", "DOWN p0"));
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    what_happened();
    unregister_netdev(dev);
    EXPECT_THAT(what_happened(),
                ElementsAre("GOING_DOWN p0", "ndo_stop", "DOWN p0", "UNREGISTER p0", "ndo_uninit", "priv_destructor"));
    EXPECT_EQ(__dev_get_by_name(ns, "p0"), nullptr);
}

TEST_F(DeviceLife, ADriverThatCannotOpenStaysDown) {
    net_device *dev = make("p0");
    plain_driver::open_result = -EIO;
    what_happened();
    EXPECT_EQ(link_set_up(ns, "p0", true), -EIO);
    EXPECT_THAT(what_happened(), ElementsAre("PRE_UP p0", "ndo_open"));
    EXPECT_FALSE(netif_running(dev));
    EXPECT_FALSE(dev->flags & IFF_UP);
}

// All hear that they go before the first one is stopped.
TEST_F(DeviceLife, SeveralGoDownTogether) {
    net_device *p0 = make("p0"), *p1 = make("p1"), *p2 = make("p2");
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    EXPECT_EQ(link_set_up(ns, "p2", true), 0);
    what_happened();
    list_head head;
    for (net_device *dev : {p0, p1, p2})
        list_add_tail(&dev->close_list, &head);
    rtnl_lock();
    dev_close_many(&head, true);
    rtnl_unlock();
    EXPECT_THAT(what_happened(),
                ElementsAre("GOING_DOWN p0", "GOING_DOWN p2", "ndo_stop", "ndo_stop", "DOWN p0", "DOWN p2"));
    EXPECT_TRUE(list_empty(&head));
    EXPECT_TRUE(list_empty(&p1->close_list)); // it was down
}

TEST_F(DeviceLife, SeveralAreUnregisteredTogether) {
    net_device *p0 = make("p0"), *p1 = make("p1");
    what_happened();
    list_head head;
    rtnl_lock();
    unregister_netdevice_queue(p0, &head);
    unregister_netdevice_queue(p1, &head);
    EXPECT_THAT(what_happened(), ElementsAre());
    unregister_netdevice_many(&head);
    EXPECT_THAT(what_happened(), ElementsAre("UNREGISTER p0", "ndo_uninit", "UNREGISTER p1", "ndo_uninit"));
    EXPECT_EQ(p0->reg_state, NETREG_UNREGISTERING) << "there until the lock is given back";
    rtnl_unlock();
    EXPECT_THAT(what_happened(), ElementsAre("priv_destructor", "priv_destructor"));
}

TEST_F(DeviceLife, WhoHoldsADeviceKeepsItFromGoing) {
    net_device *dev = make("p0");
    dev_hold(dev);
    rtnl_lock();
    unregister_netdevice(dev);
    EXPECT_THROW(rtnl_unlock(), kernel_panic);
    dev->reg_state = NETREG_UNREGISTERED;
    free_netdev(dev);
}

TEST_F(DeviceLife, DevicesStandOnEachOtherOneWayOnly) {
    net_device *p0 = make("p0"), *p1 = make("p1"), *p2 = make("p2");
    what_happened();
    EXPECT_EQ(netdev_upper_dev_link(p0, p1), 0);
    EXPECT_THAT(what_happened(), ElementsAre("PRECHANGEUPPER p0", "CHANGEUPPER p0"));
    EXPECT_EQ(netdev_upper_dev_link(p1, p2), 0);
    EXPECT_TRUE(netdev_has_upper_dev(p0, p2));
    EXPECT_EQ(netdev_upper_dev_link(p0, p1), -EEXIST);
    EXPECT_EQ(netdev_upper_dev_link(p2, p0), -EBUSY);
    EXPECT_EQ(netdev_upper_dev_link(p0, p0), -EBUSY);
    netdev_upper_dev_unlink(p1, p2);
    netdev_upper_dev_unlink(p0, p1);
    EXPECT_FALSE(netdev_has_any_upper_dev(p0));
}

TEST_F(DeviceLife, ACardHasMemoryAndAnInterrupt) {
    int err = 0;
    net_device *first = simnic_probe(ns, {.name = "n0"}, &err);
    net_device *second = simnic_probe(ns, {.name = "n1"}, &err);
    link_map map, other;
    ASSERT_EQ(link_get_map(ns, "n0", &map), 0);
    ASSERT_EQ(link_get_map(ns, "n1", &other), 0);
    EXPECT_GT(map.mem_end, map.mem_start);
    EXPECT_GT(other.mem_start, map.mem_end) << "each its own";
    EXPECT_NE(map.irq, other.irq);
    EXPECT_EQ(map.base_addr, first->base_addr);
    ASSERT_EQ(link_get_map(ns, "lo", &map), 0);
    EXPECT_EQ(map.mem_start, 0u);
    EXPECT_EQ(link_get_map(ns, "nosuch", &map), -ENODEV);
    EXPECT_EQ(first->napi_list.next, first->napi_list.prev) << "one queue, one source";
    EXPECT_FALSE(list_empty(&second->napi_list));
    EXPECT_EQ(std::memcmp(first->perm_addr, first->dev_addr, 6), 0);
}

TEST_F(DeviceLife, TheCardFiltersAsItsDriverTellsIt) {
    int err = 0;
    net_device *dev = simnic_probe(ns, {.name = "n0", .rx_filter = true}, &err);
    EXPECT_EQ(link_set_address(ns, "n0", {2, 0, 0, 0, 0, 2}), 0);
    EXPECT_EQ(link_set_up(ns, "n0", true), 0);
    const auto taken = [&](std::array<u8, 6> to) {
        std::vector<u8> frame(60);
        std::copy(to.begin(), to.end(), frame.begin());
        const u64 before = simnic_stats(dev).rx_frames;
        EXPECT_TRUE(simnic_receive(dev, frame));
        return simnic_stats(dev).rx_frames != before;
    };
    EXPECT_TRUE(taken({2, 0, 0, 0, 0, 2}));
    EXPECT_TRUE(taken({0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
    EXPECT_TRUE(taken({1, 0, 0x5e, 0, 0, 1})) << "all hosts' group";
    EXPECT_FALSE(taken({2, 0, 0, 0, 0, 3}));
    EXPECT_FALSE(taken({1, 0, 0x5e, 0, 0, 9}));
    EXPECT_EQ(simnic_stats(dev).rx_filtered, 2u);
    const u8 further[6] = {2, 0, 0, 0, 0, 3};
    EXPECT_EQ(dev_uc_add(dev, further), 0);
    EXPECT_TRUE(taken({2, 0, 0, 0, 0, 3}));
    EXPECT_EQ(dev_set_allmulti(dev, 1), 0);
    EXPECT_TRUE(taken({1, 0, 0x5e, 0, 0, 9}));
    EXPECT_EQ(dev_set_promiscuity(dev, 1), 0);
    EXPECT_TRUE(taken({2, 9, 9, 9, 9, 9}));
}

// A veth end's address is random: it has no permanent one.
TEST_F(DeviceLife, OnlyCardsHaveAPermanentAddress) {
    EXPECT_EQ(link_add_veth(ns, "va", ns, "vb"), 0);
    const net_device *va = __dev_get_by_name(ns, "va");
    EXPECT_EQ(va->addr_assign_type, NET_ADDR_RANDOM);
    EXPECT_TRUE(is_zero_ether_addr(va->perm_addr));
    EXPECT_EQ(link_set_address(ns, "va", {2, 0, 0, 0, 0, 9}), 0);
    EXPECT_EQ(va->addr_assign_type, NET_ADDR_SET);
}

} // namespace
} // namespace skbscope::stack
