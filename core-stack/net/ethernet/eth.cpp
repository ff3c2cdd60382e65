// SPDX-License-Identifier: GPL-2.0-or-later
// Ethernet: 14 bytes in front of every packet, written on the way out, read and passed on the way in.
// Linux 6.1: net/ethernet/eth.c
//
//     0             6             12      14
//     | destination | source      | type  | payload
#include "linux/etherdevice.h"

#include "linux/trace_fn.h"
#include "net/flow_dissector.h"
#include "net/neighbour.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {
constexpr unsigned DEFAULT_TX_QUEUE_LEN = 1000;
constexpr u16 IPX_RAW = 0xffff; // Novell's frames: a length, then no 802.2 header but this

// For us, for everyone, or for someone else? Linux 6.1: include/linux/etherdevice.h
void eth_skb_pkt_type(sk_buff *skb, const net_device *dev) {
    const ethhdr *eth = eth_hdr(skb);
    if (ether_addr_equal_64bits(eth->h_dest, dev->dev_addr)) return;
    if (!is_multicast_ether_addr(eth->h_dest))
        skb->pkt_type = PACKET_OTHERHOST;
    else if (ether_addr_equal_64bits(eth->h_dest, dev->broadcast))
        skb->pkt_type = PACKET_BROADCAST;
    else
        skb->pkt_type = PACKET_MULTICAST;
}
} // namespace

// Without a destination (null) it is left to be filled in later, and the result is negative.
// Linux 6.1: net/ethernet/eth.c
int eth_header(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr, unsigned len) {
    TRACE_FN(skb);
    auto *eth = static_cast<ethhdr *>(skb_push(skb, ETH_HLEN));
    const bool has_type = type != ETH_P_802_3 && type != ETH_P_802_2;
    eth->h_proto = cpu_to_be16(has_type ? type : static_cast<u16>(len));
    ether_addr_copy(eth->h_source, saddr ? static_cast<const u8 *>(saddr) : dev->dev_addr);
    if (daddr) {
        ether_addr_copy(eth->h_dest, static_cast<const u8 *>(daddr));
        return TRACE_RET(ETH_HLEN);
    }
    if ((dev->flags & (IFF_LOOPBACK | IFF_NOARP)) != 0) {
        std::fill_n(eth->h_dest, ETH_ALEN, u8{0});
        return TRACE_RET(ETH_HLEN);
    }
    return TRACE_RET(-ETH_HLEN);
}

// How much of a frame is headers, as far as dissectors see: a driver copies that much. Linux 6.1: net/ethernet/eth.c
u32 eth_get_headlen(const net_device *dev, const void *data, u32 len) {
    TRACE_FN();
    if (len < ETH_HLEN) return TRACE_RET(len);
    ethhdr eth;
    std::memcpy(&eth, data, sizeof(eth));
    const flow_data raw{data, eth.h_proto, ETH_HLEN, static_cast<int>(len)};
    flow_keys keys;
    if (!__skb_flow_dissect(dev_net(dev), nullptr, flow_dissector::keys_basic, &keys, FLOW_DISSECTOR_F_PARSE_1ST_FRAG,
                            &raw))
        return TRACE_RET(std::max(u32{keys.thoff}, u32{ETH_HLEN}));
    return TRACE_RET(std::min(__skb_get_poff(nullptr, data, &keys, static_cast<int>(len)), len));
}

// Linux 6.1: net/ethernet/eth.c
be16 eth_type_trans(sk_buff *skb, net_device *dev) {
    TRACE_FN(skb);
    skb->dev = dev;
    skb_reset_mac_header(skb);
    const auto *eth = reinterpret_cast<const ethhdr *>(skb->data);
    skb_pull_inline(skb, ETH_HLEN);
    eth_skb_pkt_type(skb, dev);
    if (eth_proto_is_802_3(eth->h_proto)) return be16::from_raw(TRACE_RET(eth->h_proto.raw));
    u16 buffer = 0;
    const auto *sap = static_cast<const u16 *>(skb_header_pointer(skb, 0, sizeof(buffer), &buffer));
    return be16::from_raw(TRACE_RET(cpu_to_be16(sap && *sap == IPX_RAW ? ETH_P_802_3 : ETH_P_802_2).raw));
}

// Linux 6.1: net/ethernet/eth.c
int eth_header_parse(const sk_buff *skb, u8 *haddr) {
    TRACE_FN(skb);
    ether_addr_copy(haddr, eth_hdr(skb)->h_source);
    return TRACE_RET(ETH_ALEN);
}

// The header for one neighbour and protocol, ready to be copied in front of the next packets. -1: cannot be cached.
// Linux 6.1: net/ethernet/eth.c
int eth_header_cache(const neighbour *neigh, hh_cache *hh, be16 type) {
    TRACE_FN();
    if (type == cpu_to_be16(ETH_P_802_3)) return TRACE_RET(-1);
    auto *eth = reinterpret_cast<ethhdr *>(hh->hh_data + HH_DATA_OFF(sizeof(ethhdr)));
    eth->h_proto = type;
    ether_addr_copy(eth->h_source, neigh->dev->dev_addr);
    ether_addr_copy(eth->h_dest, neigh->ha.data());
    hh->hh_len = ETH_HLEN;
    return TRACE_RET(0);
}

// Linux 6.1: net/ethernet/eth.c
void eth_header_cache_update(hh_cache *hh, const net_device *, const u8 *haddr) {
    TRACE_FN();
    ether_addr_copy(hh->hh_data + HH_DATA_OFF(sizeof(ethhdr)), haddr);
}

// Linux 6.1: net/ethernet/eth.c
be16 eth_header_parse_protocol(const sk_buff *skb) {
    TRACE_FN(skb);
    return be16::from_raw(TRACE_RET(eth_hdr(skb)->h_proto.raw));
}

// Linux 6.1: net/ethernet/eth.c
int eth_mac_addr(net_device *dev, const void *addr) {
    TRACE_FN();
    if ((dev->priv_flags & IFF_LIVE_ADDR_CHANGE) == 0 && netif_running(dev)) return TRACE_RET(-EBUSY);
    const auto *mac = static_cast<const u8 *>(addr);
    if (!is_valid_ether_addr(mac)) return TRACE_RET(-EADDRNOTAVAIL);
    dev_addr_set(dev, mac);
    return TRACE_RET(0);
}

// Linux 6.1: net/ethernet/eth.c
int eth_validate_addr(net_device *dev) {
    TRACE_FN();
    return TRACE_RET(is_valid_ether_addr(dev->dev_addr) ? 0 : -EADDRNOTAVAIL);
}

const header_ops eth_header_ops = {
    .create = eth_header,
    .parse = eth_header_parse,
    .cache = eth_header_cache,
    .cache_update = eth_header_cache_update,
    .parse_protocol = eth_header_parse_protocol,
};

// Linux 6.1: net/ethernet/eth.c
void ether_setup(net_device *dev) {
    TRACE_FN();
    dev->header_ops = &eth_header_ops;
    dev->type = ARPHRD_ETHER;
    dev->hard_header_len = ETH_HLEN;
    dev->min_header_len = ETH_HLEN;
    dev->mtu = ETH_DATA_LEN;
    dev->min_mtu = ETH_MIN_MTU;
    dev->max_mtu = ETH_DATA_LEN;
    dev->addr_len = ETH_ALEN;
    dev->tx_queue_len = DEFAULT_TX_QUEUE_LEN;
    dev->flags = IFF_BROADCAST | IFF_MULTICAST;
    dev->priv_flags |= IFF_TX_SKB_SHARING;
    eth_broadcast_addr(dev->broadcast);
}

} // namespace skbscope::stack
