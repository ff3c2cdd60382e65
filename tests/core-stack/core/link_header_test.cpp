// SPDX-License-Identifier: GPL-2.0-or-later
// header_ops: how a device's link layer writes its header, reads it, and keeps it ready. Who sends does not know which:
// dev_hard_header(), dev_parse_header() ask. Linux 6.1: include/linux/netdevice.h, net/ethernet/eth.c
#include "devices.h"

#include "net/neighbour.h"

#include <gmock/gmock.h>

namespace skbscope::stack {
namespace {

using testing::ElementsAre;

class LinkHeader : public Devices {
protected:
    // With room for a header.
    static sk_buff *payload(unsigned len = 20) {
        sk_buff *skb = alloc_skb(len + 32, GFP_KERNEL);
        skb_reserve(skb, 32);
        std::memset(skb_put(skb, len), 'p', len);
        return skb;
    }
    static std::vector<u8> front(const sk_buff *skb, std::size_t n = ETH_HLEN) { return {skb->data, skb->data + n}; }
    LinkHeader() {
        EXPECT_EQ(link_set_up(a, "va", false), 0);
        EXPECT_EQ(link_set_address(a, "va", {2, 0, 0, 0, 0, 1}), 0);
    }
    const u8 to[6] = {2, 0, 0, 0, 0, 2}, from[6] = {2, 0, 0, 0, 0, 3};
};

TEST_F(LinkHeader, CreateWritesAddressesAndType) {
    sk_buff *skb = payload();
    ASSERT_EQ(va->header_ops->create, eth_header);
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_IP, to, from, skb->len), ETH_HLEN);
    EXPECT_THAT(front(skb), ElementsAre(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 3, 8, 0));
    EXPECT_EQ(skb->len, 34u);
    kfree_skb(skb);
    skb = payload();
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_IP, to, nullptr, skb->len), ETH_HLEN);
    EXPECT_EQ(front(skb)[11], 1) << "its own address";
    kfree_skb(skb);
}

// Not known yet: the length is negative, the caller fills it in when it is.
TEST_F(LinkHeader, CreateWithoutADestinationSaysSo) {
    sk_buff *skb = payload();
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_ARP, nullptr, nullptr, skb->len), -ETH_HLEN);
    EXPECT_EQ(skb->len, 34u) << "the header is there all the same";
    kfree_skb(skb);
    skb = payload();
    net_device *lo = a->loopback_dev;
    EXPECT_EQ(dev_hard_header(skb, lo, ETH_P_IP, nullptr, nullptr, skb->len), ETH_HLEN) << "nobody need be found";
    EXPECT_THAT(front(skb, 6), ElementsAre(0, 0, 0, 0, 0, 0));
    kfree_skb(skb);
}

TEST_F(LinkHeader, FramesOf802_3HaveTheirLength) {
    sk_buff *skb = payload(0x123);
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_802_3, to, from, skb->len), ETH_HLEN);
    EXPECT_EQ(front(skb)[12], 1);
    EXPECT_EQ(front(skb)[13], 0x23);
    kfree_skb(skb);
}

TEST_F(LinkHeader, ParseReadsTheSenderBack) {
    sk_buff *skb = payload();
    skb->dev = va;
    dev_hard_header(skb, va, ETH_P_IP, to, from, skb->len);
    skb_reset_mac_header(skb);
    skb_pull(skb, ETH_HLEN); // as a receiver sees it
    u8 address[MAX_ADDR_LEN] = {};
    EXPECT_EQ(dev_parse_header(skb, address), ETH_ALEN);
    EXPECT_EQ(std::memcmp(address, from, 6), 0);
    EXPECT_EQ(va->header_ops->parse, eth_header_parse);
    std::memset(address, 0, sizeof(address));
    EXPECT_EQ(eth_header_parse(skb, address), ETH_ALEN);
    EXPECT_EQ(address[5], 3);
    EXPECT_EQ(va->header_ops->parse_protocol(skb), cpu_to_be16(ETH_P_IP));
    kfree_skb(skb);
}

// The cached header ends on a boundary of HH_DATA_MOD bytes, so that it can be copied in whole words.
TEST_F(LinkHeader, CacheKeepsAHeaderForANeighbour) {
    neighbour n;
    n.dev = va;
    std::copy_n(to, 6, n.ha.begin());
    hh_cache hh;
    EXPECT_EQ(va->header_ops->cache, eth_header_cache);
    EXPECT_EQ(eth_header_cache(&n, &hh, cpu_to_be16(ETH_P_IP)), 0);
    EXPECT_EQ(hh.hh_len, unsigned{ETH_HLEN});
    const u8 *header = hh.hh_data + HH_DATA_MOD - ETH_HLEN;
    EXPECT_THAT(std::vector<u8>(header, header + ETH_HLEN), ElementsAre(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0));
    va->header_ops->cache_update(&hh, va, from);
    EXPECT_EQ(header[5], 3) << "the neighbour has another address now";
    EXPECT_EQ(header[11], 1);
    hh_cache none;
    EXPECT_EQ(va->header_ops->cache(&n, &none, cpu_to_be16(ETH_P_802_3)), -1) << "its length is not the next one's";
    EXPECT_EQ(none.hh_len, 0u);
}

// The same bytes, whether the header is written or copied.
TEST_F(LinkHeader, TheCachedHeaderIsTheWrittenOne) {
    sk_buff *written = payload(), *copied = payload();
    neighbour n;
    n.dev = va;
    std::copy_n(to, 6, n.ha.begin());
    hh_cache hh;
    ASSERT_EQ(va->header_ops->cache(&n, &hh, cpu_to_be16(ETH_P_IP)), 0);
    dev_hard_header(written, va, ETH_P_IP, to, nullptr, written->len);
    std::memcpy(skb_push(copied, hh.hh_len), hh.hh_data + HH_DATA_OFF(ETH_HLEN), hh.hh_len);
    EXPECT_EQ(front(written, 34), front(copied, 34));
    kfree_skb(written);
    kfree_skb(copied);
}

TEST_F(LinkHeader, ADeviceMayHaveNone) {
    const header_ops *eth = std::exchange(va->header_ops, nullptr);
    sk_buff *skb = payload();
    skb->dev = va;
    u8 address[MAX_ADDR_LEN];
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_IP, to, from, skb->len), 0);
    EXPECT_EQ(dev_parse_header(skb, address), 0);
    EXPECT_FALSE(dev_has_header(va));
    const header_ops empty{};
    va->header_ops = &empty;
    EXPECT_EQ(dev_hard_header(skb, va, ETH_P_IP, to, from, skb->len), 0);
    EXPECT_EQ(dev_parse_header(skb, address), 0);
    EXPECT_EQ(skb->len, 20u);
    va->header_ops = eth;
    EXPECT_TRUE(dev_has_header(va));
    kfree_skb(skb);
}

} // namespace
} // namespace skbscope::stack
