// SPDX-License-Identifier: GPL-2.0-or-later
// Network devices: what drivers fill in and what the stack calls. A packet leaves through __dev_queue_xmit() (qdisc or
// not), dev_hard_start_xmit() and the driver's ndo_start_xmit() (netdev_xmit.h); it arrives through netif_rx()
// (backlog) or NAPI (poll) and goes up in __netif_receive_skb_core() (netdev_rx.h). Linux 6.1:
// include/linux/netdevice.h
#pragma once

#include "linux/bitops.h"
#include "linux/if.h"
#include "linux/if_ether.h"
#include "linux/list.h"
#include "linux/netdev_addr.h"
#include "linux/netdev_features.h"
#include "linux/netdev_header.h"
#include "linux/netdev_napi.h"
#include "linux/netdev_notifier.h"
#include "linux/netdev_queue.h"
#include "linux/skbuff.h"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace skbscope::stack {

struct in_device;
struct neigh_parms;
struct net;
struct net_device;
struct nf_hook_entries;
struct rtnl_link_ops;
struct vlan_info;

// Return values of the ways in and out.
inline constexpr int NET_RX_SUCCESS = 0, NET_RX_DROP = 1;
inline constexpr int NET_XMIT_SUCCESS = 0, NET_XMIT_DROP = 1, NET_XMIT_CN = 2, NET_XMIT_MASK = 0x0f;
// From one qdisc to another, never to the outside: the packet is accounted for elsewhere, or does not count.
inline constexpr int __NET_XMIT_STOLEN = 0x00010000, __NET_XMIT_BYPASS = 0x00020000;
enum netdev_tx_t : int { NETDEV_TX_OK = 0x00, NETDEV_TX_BUSY = 0x10 };
[[nodiscard]] inline bool dev_xmit_complete(int rc) {
    return rc < NET_XMIT_MASK;
}
[[nodiscard]] inline int net_xmit_eval(int e) {
    return e == NET_XMIT_CN ? 0 : e;
}
[[nodiscard]] inline int net_xmit_errno(int e) {
    return e != NET_XMIT_CN ? -ENOBUFS : 0;
}

struct net_device_stats {
    unsigned long rx_packets = 0, tx_packets = 0, rx_bytes = 0, tx_bytes = 0;
    unsigned long rx_errors = 0, tx_errors = 0, rx_dropped = 0, tx_dropped = 0;
    unsigned long multicast = 0, collisions = 0, rx_length_errors = 0, rx_over_errors = 0, rx_crc_errors = 0,
                  rx_frame_errors = 0, rx_nohandler = 0;
};

// Packets that the stack dropped, not the driver. Made at a device's first one.
struct net_device_core_stats {
    unsigned long rx_dropped = 0, tx_dropped = 0, rx_nohandler = 0, rx_otherhost_dropped = 0;
};

enum netdev_state_bit : unsigned {
    __LINK_STATE_START = 0,
    __LINK_STATE_PRESENT,
    __LINK_STATE_NOCARRIER,
    __LINK_STATE_LINKWATCH_PENDING,
    __LINK_STATE_DORMANT,
    __LINK_STATE_TESTING,
};

inline constexpr u64 IFF_802_1Q_VLAN = 1 << 0, IFF_XMIT_DST_RELEASE = 1 << 5, IFF_TX_SKB_SHARING = 1 << 11,
                     IFF_UNICAST_FLT = 1 << 12, IFF_SUPP_NOFCS = 1 << 14, IFF_LIVE_ADDR_CHANGE = 1 << 15,
                     IFF_XMIT_DST_RELEASE_PERM = 1 << 17, IFF_L3MDEV_MASTER = 1 << 18, IFF_NO_QUEUE = 1 << 19,
                     IFF_L3MDEV_SLAVE = 1 << 21, IFF_PHONY_HEADROOM = 1 << 24;
inline constexpr u64 IFF_NO_RX_HANDLER = 1 << 26;

// What a handler on top of a device (a bridge, a bond) did with a packet: took it; gave it another device, look again;
// only those who want this very device get it; nothing.
using rx_handler_result_t = int;
inline constexpr rx_handler_result_t RX_HANDLER_CONSUMED = 0, RX_HANDLER_ANOTHER = 1, RX_HANDLER_EXACT = 2,
                                     RX_HANDLER_PASS = 3;
using rx_handler_func_t = rx_handler_result_t (*)(sk_buff **pskb);

struct net_device_ops {
    int (*ndo_init)(net_device *dev) = nullptr;
    void (*ndo_uninit)(net_device *dev) = nullptr;
    int (*ndo_open)(net_device *dev) = nullptr;
    int (*ndo_stop)(net_device *dev) = nullptr;
    netdev_tx_t (*ndo_start_xmit)(sk_buff *skb, net_device *dev) = nullptr;
    netdev_features_t (*ndo_features_check)(sk_buff *skb, net_device *dev, netdev_features_t features) = nullptr;
    u16 (*ndo_select_queue)(net_device *dev, sk_buff *skb, net_device *sb_dev) = nullptr;
    void (*ndo_change_rx_flags)(net_device *dev, int change) = nullptr; // IFF_PROMISC, IFF_ALLMULTI changed
    void (*ndo_set_rx_mode)(net_device *dev) = nullptr;                 // the lists of addresses changed
    int (*ndo_set_mac_address)(net_device *dev, const void *addr) = nullptr;
    int (*ndo_validate_addr)(net_device *dev) = nullptr;
    int (*ndo_change_mtu)(net_device *dev, int new_mtu) = nullptr;
    int (*ndo_neigh_setup)(net_device *dev, neigh_parms *parms) = nullptr;
    netdev_features_t (*ndo_fix_features)(net_device *dev, netdev_features_t features) = nullptr;
    int (*ndo_set_features)(net_device *dev, netdev_features_t features) = nullptr;
    void (*ndo_get_stats64)(const net_device *dev, net_device_stats *stats) = nullptr; // instead of net_device::stats
    int (*ndo_get_iflink)(const net_device *dev) = nullptr;
    void (*ndo_set_rx_headroom)(net_device *dev, int needed_headroom) = nullptr;
    net_device *(*ndo_get_peer_dev)(net_device *dev) = nullptr;
};

enum netreg_state : u8 {
    NETREG_UNINITIALIZED = 0,
    NETREG_REGISTERED,
    NETREG_UNREGISTERING, // gone from its namespace; others may still hold it
    NETREG_UNREGISTERED,
    NETREG_RELEASED,
    NETREG_DUMMY,
};

struct net_device {
    char name[IFNAMSIZ] = {};
    unsigned long mem_start = 0, mem_end = 0; // the card's memory: first and last address
    unsigned long base_addr = 0;              // of its registers
    unsigned long state = 0;                  // __LINK_STATE_*
    list_head dev_list;                       // in its namespace
    list_head napi_list;
    list_head unreg_list;     // of those that are unregistered together
    list_head close_list;     // of those that go down together
    list_head ptype_all;      // packet_type bound to this device, every protocol
    list_head ptype_specific; // one protocol
    unsigned flags = 0;       // IFF_*
    u64 priv_flags = 0;
    const net_device_ops *netdev_ops = nullptr;
    int ifindex = 0;
    u16 gflags = 0; // IFF_PROMISC and IFF_ALLMULTI as the user wants them
    u16 hard_header_len = 0;
    unsigned mtu = 0;
    u16 needed_headroom = 0;
    u16 needed_tailroom = 0;
    netdev_features_t features = 0;        // on now
    netdev_features_t hw_features = 0;     // may be switched
    netdev_features_t wanted_features = 0; // what the user asked for
    netdev_features_t vlan_features = 0;
    netdev_features_t hw_enc_features = 0;
    netdev_features_t mpls_features = 0;
    netdev_features_t gso_partial_features = 0;
    unsigned min_mtu = 0, max_mtu = 0;
    u16 type = 0; // ARPHRD_*
    u8 min_header_len = 0;
    int group = 0;
    net_device_stats stats; // the driver's
    std::unique_ptr<net_device_core_stats> core_stats;
    const struct header_ops *header_ops = nullptr;
    int irq = 0;                                   // the card's interrupt line
    atomic_t carrier_up_count, carrier_down_count; // how often the carrier came, and went
    u8 operstate = 0;
    u8 link_mode = 0;
    u8 perm_addr[MAX_ADDR_LEN] = {};
    u8 addr_assign_type = 0;
    u8 addr_len = 0;
    netdev_hw_addr_list uc, mc;
    bool uc_promisc = false; // it cannot filter further unicast addresses: it listens to all
    unsigned promiscuity = 0, allmulti = 0;
    vlan_info *vlan_info_ = nullptr; // vlan_info in the kernel; null: no VLAN on top
    in_device *ip_ptr = nullptr;
    u8 dev_addr[MAX_ADDR_LEN] = {};
    std::unique_ptr<netdev_rx_queue[]> _rx;
    unsigned num_rx_queues = 0, real_num_rx_queues = 0;
    unsigned gro_max_size = 65536;
    unsigned long gro_flush_timeout = 0; // ns: how long packets may be held while the interrupt stays off
    int napi_defer_hard_irqs = 0;        // polls without a packet before the interrupt comes on again
    bool threaded = false;               // NAPI is polled by kernel threads
    rx_handler_func_t rx_handler = nullptr;
    void *rx_handler_data = nullptr;
    nf_hook_entries *nf_hooks_ingress = nullptr;
    u8 broadcast[MAX_ADDR_LEN] = {};
    hlist_node index_hlist;
    std::vector<net_device *> upper, lower; // devices on top of it and below it: adj_list in the kernel
    std::unique_ptr<netdev_queue[]> _tx;
    unsigned num_tx_queues = 0, real_num_tx_queues = 0;
    Qdisc *qdisc = nullptr;
    unsigned tx_queue_len = 0;
    bool nulls = false;
    list_head todo_list; // of those that netdev_run_todo() will free
    refcount_t dev_refcnt;
    netreg_state reg_state = NETREG_UNINITIALIZED;
    bool dismantle = false;
    bool needs_free_netdev = false;
    void (*priv_destructor)(net_device *dev) = nullptr;
    net *nd_net = nullptr;
    const struct rtnl_link_ops *rtnl_link_ops = nullptr;
    unsigned gso_max_size = 65536;
    u16 gso_max_segs = 65535;
    unsigned tso_max_size = 65536;
    u16 tso_max_segs = 65535;
    void *priv = nullptr; // the driver's own part: netdev_priv()
    std::shared_ptr<void> priv_storage;
    u16 trace_device = 0; // model: its id in the trace, 0 = not given yet
};
[[nodiscard]] inline net *dev_net(const net_device *dev) {
    return dev->nd_net;
}
inline void dev_net_set(net_device *dev, net *ns) {
    dev->nd_net = ns;
}
template <class T> [[nodiscard]] inline T *netdev_priv(const net_device *dev) {
    return static_cast<T *>(dev->priv);
}
[[nodiscard]] inline unsigned LL_RESERVED_SPACE_EX(const net_device *dev, unsigned hlen) {
    return ((hlen + dev->needed_headroom) & ~(HH_DATA_MOD - 1)) + HH_DATA_MOD;
}
[[nodiscard]] inline unsigned LL_RESERVED_SPACE(const net_device *dev) {
    return LL_RESERVED_SPACE_EX(dev, dev->hard_header_len);
}
[[nodiscard]] inline unsigned LL_RESERVED_SPACE_EXTRA(const net_device *dev, unsigned extra) {
    return LL_RESERVED_SPACE_EX(dev, dev->hard_header_len + extra);
}

[[nodiscard]] inline bool netif_running(const net_device *dev) {
    return test_bit(__LINK_STATE_START, &dev->state);
}
[[nodiscard]] inline bool netif_device_present(const net_device *dev) {
    return test_bit(__LINK_STATE_PRESENT, &dev->state);
}
[[nodiscard]] inline bool netif_carrier_ok(const net_device *dev) {
    return !test_bit(__LINK_STATE_NOCARRIER, &dev->state);
}
void netif_carrier_on(net_device *dev);
void netif_carrier_off(net_device *dev);
[[nodiscard]] unsigned dev_get_flags(const net_device *dev);
[[nodiscard]] inline bool netif_is_l3_master(const net_device *dev) {
    return (dev->priv_flags & IFF_L3MDEV_MASTER) != 0;
}
[[nodiscard]] inline bool netif_is_l3_slave(const net_device *dev) {
    return (dev->priv_flags & IFF_L3MDEV_SLAVE) != 0;
}
inline void netif_keep_dst(net_device *dev) {
    dev->priv_flags &= ~(IFF_XMIT_DST_RELEASE | IFF_XMIT_DST_RELEASE_PERM);
}
void netif_set_tso_max_size(net_device *dev, unsigned size);
void netif_set_tso_max_segs(net_device *dev, unsigned segs);
void netif_inherit_tso_max(net_device *to, const net_device *from);
// A device on top of another one follows its carrier.
void netif_stacked_transfer_operstate(const net_device *rootdev, net_device *dev);
// What both can do. One that can sum anything can sum IPv4.
[[nodiscard]] inline netdev_features_t netdev_intersect_features(netdev_features_t a, netdev_features_t b) {
    constexpr netdev_features_t ip = NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM;
    if (((a ^ b) & NETIF_F_HW_CSUM) != 0) ((a & NETIF_F_HW_CSUM) != 0 ? a : b) |= ip;
    return a & b;
}

net_device_core_stats *netdev_core_stats_alloc(net_device *dev);
inline net_device_core_stats *dev_core_stats(net_device *dev) {
    return dev->core_stats ? dev->core_stats.get() : netdev_core_stats_alloc(dev);
}
inline void dev_core_stats_rx_dropped_inc(net_device *dev) {
    ++dev_core_stats(dev)->rx_dropped;
}
inline void dev_core_stats_tx_dropped_inc(net_device *dev) {
    ++dev_core_stats(dev)->tx_dropped;
}
inline void dev_core_stats_rx_nohandler_inc(net_device *dev) {
    ++dev_core_stats(dev)->rx_nohandler;
}
inline void dev_core_stats_rx_otherhost_dropped_inc(net_device *dev) {
    ++dev_core_stats(dev)->rx_otherhost_dropped;
}
// The driver's counters and the stack's together.
[[nodiscard]] net_device_stats dev_get_stats(const net_device *dev);

} // namespace skbscope::stack

// What needs to know a whole device.
#include "linux/netdev_register.h"
#include "linux/netdev_rx.h"
#include "linux/netdev_xmit.h"
#include "linux/softnet.h"
