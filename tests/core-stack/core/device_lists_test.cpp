// SPDX-License-Identifier: GPL-2.0-or-later
// What a device listens to: addresses beside its own, all groups, everything; each with a number of users.
// Linux 6.1: net/core/dev_addr_lists.c, net/core/dev.c
#include "plain_device.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;

class DeviceLists : public DeviceLife {};

TEST_F(DeviceLists, PromiscuityIsCounted) {
    net_device *dev = make("p0");
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    what_happened();
    EXPECT_EQ(dev_set_promiscuity(dev, 1), 0);
    EXPECT_THAT(what_happened(), ElementsAre("rx flag on", "ndo_set_rx_mode"));
    EXPECT_EQ(plain_driver::rx_flags, IFF_PROMISC);
    EXPECT_EQ(dev_set_promiscuity(dev, 1), 0);
    EXPECT_EQ(dev_set_promiscuity(dev, -1), 0);
    EXPECT_THAT(what_happened(), ElementsAre());
    EXPECT_TRUE(dev->flags & IFF_PROMISC);
    EXPECT_EQ(dev_set_promiscuity(dev, -1), 0);
    EXPECT_THAT(what_happened(), ElementsAre("rx flag off", "ndo_set_rx_mode"));
    EXPECT_EQ(dev_set_allmulti(dev, 1), 0);
    EXPECT_EQ(plain_driver::rx_flags, IFF_ALLMULTI);
    EXPECT_TRUE(dev->flags & IFF_ALLMULTI);
    dev->promiscuity = ~0U; // one more is too many
    EXPECT_EQ(dev_set_promiscuity(dev, 1), -EOVERFLOW);
    EXPECT_EQ(dev->promiscuity, ~0U);
    dev->promiscuity = 0;
    dev->flags &= ~IFF_PROMISC;
}

// As `ip link set promisc on`: the user's wish is one among others.
TEST_F(DeviceLists, TheUsersPromiscuityIsOneOfThem) {
    net_device *dev = make("p0");
    EXPECT_EQ(dev_set_promiscuity(dev, 1), 0);
    EXPECT_FALSE(dev_get_flags(dev) & IFF_PROMISC) << "not the user's";
    EXPECT_EQ(dev_change_flags(dev, dev->flags | IFF_PROMISC), 0);
    EXPECT_EQ(dev->promiscuity, 2u);
    EXPECT_TRUE(dev_get_flags(dev) & IFF_PROMISC);
    EXPECT_EQ(dev_change_flags(dev, dev_get_flags(dev) & ~IFF_PROMISC), 0);
    EXPECT_EQ(dev->promiscuity, 1u);
    EXPECT_EQ(dev_set_promiscuity(dev, -1), 0);
    EXPECT_FALSE(dev->flags & IFF_PROMISC);
}

TEST_F(DeviceLists, AddressesAreCounted) {
    net_device *dev = make("p0");
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    const int groups = dev->mc.count; // IPv4 has joined all hosts' group
    what_happened();
    const u8 one[6] = {2, 0, 0, 0, 1, 1}, group[6] = {1, 0, 0x5e, 1, 2, 3};
    EXPECT_EQ(dev_uc_add(dev, one), 0);
    EXPECT_EQ(dev_uc_add(dev, one), 0);
    EXPECT_EQ(dev->uc.count, 1);
    EXPECT_EQ(dev_uc_add_excl(dev, one), -EEXIST);
    EXPECT_EQ(dev_uc_del(dev, one), 0);
    EXPECT_EQ(dev->uc.count, 1);
    EXPECT_EQ(dev_uc_del(dev, one), 0);
    EXPECT_EQ(dev->uc.count, 0);
    EXPECT_EQ(dev_uc_del(dev, one), -ENOENT);
    EXPECT_EQ(what_happened().size(), 4u) << "the driver is asked after each change that was one";
    EXPECT_EQ(dev_mc_add_global(dev, group), 0);
    EXPECT_EQ(dev_mc_add_global(dev, group), 0); // by hand: counts once
    EXPECT_EQ(dev_mc_add(dev, group), 0);
    EXPECT_EQ(dev_mc_del(dev, group), 0);
    EXPECT_EQ(dev->mc.count, groups + 1);
    EXPECT_EQ(dev_mc_del_global(dev, group), 0);
    EXPECT_EQ(dev->mc.count, groups);
    EXPECT_EQ(dev_mc_del_global(dev, group), -ENOENT);
}

TEST_F(DeviceLists, ADriverWithoutAFilterListensToEverything) {
    net_device *dev = make("p0");
    dev->priv_flags &= ~IFF_UNICAST_FLT;
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    const u8 one[6] = {2, 0, 0, 0, 1, 1};
    EXPECT_EQ(dev_uc_add(dev, one), 0);
    EXPECT_EQ(dev->promiscuity, 1u);
    EXPECT_TRUE(dev->flags & IFF_PROMISC);
    EXPECT_EQ(dev_uc_del(dev, one), 0);
    EXPECT_EQ(dev->promiscuity, 0u);
}

// What the upper device listens to the lower one must, too.
TEST_F(DeviceLists, AddressesAreHandedDown) {
    net_device *lower = make("p0"), *upper = make("p1");
    EXPECT_EQ(link_set_up(ns, "p0", true), 0);
    const u8 one[6] = {2, 0, 0, 0, 1, 1};
    EXPECT_EQ(dev_uc_add(upper, one), 0);
    EXPECT_EQ(dev_uc_sync(lower, upper), 0);
    EXPECT_EQ(lower->uc.count, 1);
    EXPECT_EQ(dev_uc_sync(lower, upper), 0);
    EXPECT_EQ(dev_uc_add(lower, one), 0); // a user of its own
    EXPECT_EQ(dev_uc_del(upper, one), 0);
    EXPECT_EQ(upper->uc.count, 1) << "the lower one still has it from here";
    EXPECT_EQ(dev_uc_sync(lower, upper), 0);
    EXPECT_EQ(upper->uc.count, 0);
    EXPECT_EQ(lower->uc.count, 1);
    EXPECT_EQ(dev_uc_del(lower, one), 0);
    EXPECT_EQ(dev_uc_add(upper, one), 0);
    EXPECT_EQ(dev_uc_sync(lower, upper), 0);
    dev_uc_unsync(lower, upper);
    EXPECT_EQ(lower->uc.count, 0);
    EXPECT_EQ(upper->uc.count, 1);
}

} // namespace
} // namespace skbscope::stack
