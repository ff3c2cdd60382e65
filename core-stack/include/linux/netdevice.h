// SPDX-License-Identifier: GPL-2.0-or-later
// Network devices: what drivers fill in, what the stack calls, and the queues between. A packet leaves through
// __dev_queue_xmit() (qdisc or not), dev_hard_start_xmit() and the driver's ndo_start_xmit(); it arrives through
// netif_rx() (backlog) or NAPI (poll) and goes up in __netif_receive_skb_core(). Linux 6.1: include/linux/netdevice.h
#pragma once

#include "linux/if.h"
#include "linux/if_ether.h"
#include "linux/list.h"
#include "linux/netdev_features.h"
#include "linux/notifier.h"
#include "linux/skbuff.h"
#include "linux/smp.h"
#include "linux/timer.h"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace skbscope::stack {

struct in_device;
struct neigh_parms;
struct neighbour;
struct net;
struct net_device;
struct Qdisc;
struct rtnl_link_ops;
struct task_struct;

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

inline constexpr unsigned LL_MAX_HEADER = 128; // CONFIG_WLAN with mesh: Debian's kernel
inline constexpr unsigned MAX_HEADER = LL_MAX_HEADER + 48;
inline constexpr unsigned HH_DATA_MOD = 16;
[[nodiscard]] constexpr unsigned HH_DATA_ALIGN(unsigned len) {
    return (len + HH_DATA_MOD - 1) & ~(HH_DATA_MOD - 1);
}
[[nodiscard]] constexpr unsigned HH_DATA_OFF(unsigned len) {
    return HH_DATA_MOD - (((len - 1) & (HH_DATA_MOD - 1)) + 1);
}

// A link header kept ready for one neighbour.
struct hh_cache {
    unsigned hh_len = 0; // 0: not filled yet
    seqlock_t hh_lock;
    alignas(8) u8 hh_data[HH_DATA_ALIGN(LL_MAX_HEADER)] = {};
};

// How a device's link layer builds and reads its headers.
struct header_ops {
    int (*create)(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr,
                  unsigned len) = nullptr;
    int (*parse)(const sk_buff *skb, u8 *haddr) = nullptr;
    int (*cache)(const neighbour *neigh, hh_cache *hh, be16 type) = nullptr;
    void (*cache_update)(hh_cache *hh, const net_device *dev, const u8 *haddr) = nullptr;
    bool (*validate)(const char *ll_header, unsigned len) = nullptr;
    be16 (*parse_protocol)(const sk_buff *skb) = nullptr;
};

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
[[nodiscard]] inline bool test_bit(unsigned bit, const unsigned long *word) {
    return (*word >> bit) & 1;
}
inline void set_bit(unsigned bit, unsigned long *word) {
    *word |= 1UL << bit;
}
inline void clear_bit(unsigned bit, unsigned long *word) {
    *word &= ~(1UL << bit);
}
inline bool test_and_set_bit(unsigned bit, unsigned long *word) {
    const bool was = test_bit(bit, word);
    set_bit(bit, word);
    return was;
}
inline bool test_and_clear_bit(unsigned bit, unsigned long *word) {
    const bool was = test_bit(bit, word);
    clear_bit(bit, word);
    return was;
}

inline constexpr u64 IFF_XMIT_DST_RELEASE = 1 << 5, IFF_TX_SKB_SHARING = 1 << 11, IFF_UNICAST_FLT = 1 << 12,
                     IFF_SUPP_NOFCS = 1 << 14, IFF_LIVE_ADDR_CHANGE = 1 << 15, IFF_XMIT_DST_RELEASE_PERM = 1 << 17,
                     IFF_L3MDEV_MASTER = 1 << 18, IFF_NO_QUEUE = 1 << 19, IFF_L3MDEV_SLAVE = 1 << 21,
                     IFF_PHONY_HEADROOM = 1 << 24;

// --- NAPI ---------------------------------------------------------------------------------------------------------
inline constexpr unsigned GRO_HASH_BUCKETS = 8;
inline constexpr int MAX_GRO_SKBS = 8;
inline constexpr int NAPI_POLL_WEIGHT = 64;
enum napi_state_bit : unsigned {
    NAPI_STATE_SCHED,
    NAPI_STATE_MISSED,
    NAPI_STATE_DISABLE,
    NAPI_STATE_NPSVC,
    NAPI_STATE_LISTED,
    NAPI_STATE_NO_BUSY_POLL,
    NAPI_STATE_IN_BUSY_POLL,
    NAPI_STATE_PREFER_BUSY_POLL,
    NAPI_STATE_THREADED,
    NAPI_STATE_SCHED_THREADED,
};
enum gro_result_t : int { GRO_MERGED, GRO_MERGED_FREE, GRO_HELD, GRO_NORMAL, GRO_CONSUMED };

struct gro_list {
    list_head list; // of packets (skb_list), oldest last
    int count = 0;
};
// One source of packets that is polled instead of interrupting for each.
struct napi_struct {
    list_head poll_list; // of the CPU's softnet_data while scheduled
    unsigned long state = 0;
    int weight = 0;
    int defer_hard_irqs_count = 0;
    unsigned long gro_bitmask = 0;
    int (*poll)(napi_struct *napi, int budget) = nullptr;
    net_device *dev = nullptr;
    gro_list gro_hash[GRO_HASH_BUCKETS];
    sk_buff *skb = nullptr; // for napi_get_frags
    list_head rx_list;      // packets for the stack, handed up in batches
    int rx_count = 0;
    list_head dev_list;
    unsigned napi_id = 0;
    hrtimer timer;                 // polls it again while its interrupt is deferred
    task_struct *thread = nullptr; // polls it instead of NET_RX_SOFTIRQ, with NAPI_STATE_THREADED
    // The kernel's backlog has no device: what the model calls it in a message.
    const char *name = nullptr;
};

// --- queues of a device -------------------------------------------------------------------------------------------
inline constexpr unsigned __QUEUE_STATE_DRV_XOFF = 0, __QUEUE_STATE_STACK_XOFF = 1, __QUEUE_STATE_FROZEN = 2;
inline constexpr unsigned long QUEUE_STATE_ANY_XOFF = 3, QUEUE_STATE_ANY_XOFF_OR_FROZEN = 7,
                               QUEUE_STATE_DRV_XOFF_OR_FROZEN = 5;

struct netdev_queue {
    net_device *dev = nullptr;
    Qdisc *qdisc = nullptr;
    Qdisc *qdisc_sleeping = nullptr; // what it gets when the device comes up
    net_device *sb_dev = nullptr;
    spinlock_t _xmit_lock;
    int xmit_lock_owner = -1; // CPU
    unsigned long trans_start = 0;
    unsigned long state = 0;
};
struct rps_map { // CPUs that may take packets of a receive queue
    std::vector<u16> cpus;
};
struct netdev_rx_queue {
    std::unique_ptr<rps_map> rps_map_; // rps_map in the kernel; null: no RPS
    net_device *dev = nullptr;
};

using rx_handler_result_t = int;
inline constexpr rx_handler_result_t RX_HANDLER_CONSUMED = 0, RX_HANDLER_ANOTHER = 1, RX_HANDLER_EXACT = 2,
                                     RX_HANDLER_PASS = 3;

struct net_device_ops {
    int (*ndo_init)(net_device *dev) = nullptr;
    void (*ndo_uninit)(net_device *dev) = nullptr;
    int (*ndo_open)(net_device *dev) = nullptr;
    int (*ndo_stop)(net_device *dev) = nullptr;
    netdev_tx_t (*ndo_start_xmit)(sk_buff *skb, net_device *dev) = nullptr;
    netdev_features_t (*ndo_features_check)(sk_buff *skb, net_device *dev, netdev_features_t features) = nullptr;
    u16 (*ndo_select_queue)(net_device *dev, sk_buff *skb, net_device *sb_dev) = nullptr;
    void (*ndo_set_rx_mode)(net_device *dev) = nullptr;
    int (*ndo_set_mac_address)(net_device *dev, const void *addr) = nullptr;
    int (*ndo_validate_addr)(net_device *dev) = nullptr;
    int (*ndo_change_mtu)(net_device *dev, int new_mtu) = nullptr;
    int (*ndo_neigh_setup)(net_device *dev, neigh_parms *parms) = nullptr;
    netdev_features_t (*ndo_fix_features)(net_device *dev, netdev_features_t features) = nullptr;
    int (*ndo_set_features)(net_device *dev, netdev_features_t features) = nullptr;
    int (*ndo_get_iflink)(const net_device *dev) = nullptr;
    void (*ndo_set_rx_headroom)(net_device *dev, int needed_headroom) = nullptr;
    net_device *(*ndo_get_peer_dev)(net_device *dev) = nullptr;
};

enum netreg_state : u8 {
    NETREG_UNINITIALIZED = 0,
    NETREG_REGISTERED,
    NETREG_UNREGISTERING,
    NETREG_UNREGISTERED,
    NETREG_RELEASED,
    NETREG_DUMMY,
};

struct net_device {
    char name[IFNAMSIZ] = {};
    unsigned long state = 0; // __LINK_STATE_*
    list_head dev_list;      // in its namespace
    list_head napi_list;
    list_head unreg_list;
    list_head close_list;
    list_head ptype_all;      // packet_type bound to this device, every protocol
    list_head ptype_specific; // one protocol
    unsigned flags = 0;       // IFF_*
    u64 priv_flags = 0;
    const net_device_ops *netdev_ops = nullptr;
    int ifindex = 0;
    u16 gflags = 0;
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
    u8 operstate = 0;
    u8 link_mode = 0;
    u8 perm_addr[MAX_ADDR_LEN] = {};
    u8 addr_assign_type = 0;
    u8 addr_len = 0;
    unsigned promiscuity = 0, allmulti = 0;
    in_device *ip_ptr = nullptr;
    u8 dev_addr[MAX_ADDR_LEN] = {};
    std::vector<std::array<u8, ETH_ALEN>> mc; // multicast addresses listened to
    std::unique_ptr<netdev_rx_queue[]> _rx;
    unsigned num_rx_queues = 0, real_num_rx_queues = 0;
    unsigned gro_max_size = 65536;
    unsigned long gro_flush_timeout = 0; // ns: how long packets may be held while the interrupt stays off
    int napi_defer_hard_irqs = 0;        // polls without a packet before the interrupt comes on again
    bool threaded = false;               // NAPI is polled by kernel threads
    rx_handler_result_t (*rx_handler)(sk_buff **pskb) = nullptr;
    void *rx_handler_data = nullptr;
    u8 broadcast[MAX_ADDR_LEN] = {};
    hlist_node index_hlist;
    std::unique_ptr<netdev_queue[]> _tx;
    unsigned num_tx_queues = 0, real_num_tx_queues = 0;
    Qdisc *qdisc = nullptr;
    unsigned tx_queue_len = 0;
    bool nulls = false;
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

// --- registration, configuration (net/core/dev.cpp) -----------------------------------------------------------------
struct rtnl_link_ops {
    const char *kind = nullptr;
    void (*setup)(net_device *dev) = nullptr;
    void (*dellink)(net_device *dev) = nullptr;
};
// The device belongs to itself until it is registered (then to its namespace); sizeof_priv becomes netdev_priv().
template <class Priv>
[[nodiscard]] net_device *alloc_netdev(std::string_view name, void (*setup)(net_device *), unsigned txqs = 1,
                                       unsigned rxqs = 1);
[[nodiscard]] net_device *alloc_netdev_mqs(std::shared_ptr<void> priv, std::string_view name,
                                           void (*setup)(net_device *), unsigned txqs, unsigned rxqs);
void free_netdev(net_device *dev);
int register_netdevice(net_device *dev);
void unregister_netdevice(net_device *dev);
int dev_open(net_device *dev);
void dev_close(net_device *dev);
int dev_change_flags(net_device *dev, unsigned flags);
int dev_set_mtu(net_device *dev, int mtu);
int dev_set_mac_address(net_device *dev, const u8 *addr);
void dev_addr_set(net_device *dev, const u8 *addr);
int dev_set_promiscuity(net_device *dev, int inc);
int dev_mc_add(net_device *dev, const u8 *addr);
int dev_mc_del(net_device *dev, const u8 *addr);
void netdev_update_features(net_device *dev);
int __netdev_update_features(net_device *dev); // > 0: something changed
[[nodiscard]] net_device *__dev_get_by_index(net *ns, int ifindex);
[[nodiscard]] net_device *dev_get_by_index_rcu(net *ns, int ifindex);
[[nodiscard]] net_device *dev_get_by_index(net *ns, int ifindex); // takes a reference
[[nodiscard]] net_device *__dev_get_by_name(net *ns, std::string_view name);
[[nodiscard]] net_device *dev_get_by_name_rcu(net *ns, std::string_view name);
[[nodiscard]] int dev_get_iflink(const net_device *dev);
inline void dev_hold(net_device *dev) {
    if (dev) refcount_inc(&dev->dev_refcnt);
}
inline void dev_put(net_device *dev) {
    if (dev) refcount_dec(&dev->dev_refcnt);
}
inline void netdev_hold(net_device *dev) {
    dev_hold(dev);
}
inline void netdev_put(net_device *dev) {
    dev_put(dev);
}

enum netdev_cmd : unsigned long {
    NETDEV_UP = 1,
    NETDEV_DOWN,
    NETDEV_REBOOT,
    NETDEV_CHANGE,
    NETDEV_REGISTER,
    NETDEV_UNREGISTER,
    NETDEV_CHANGEMTU,
    NETDEV_CHANGEADDR,
    NETDEV_PRE_CHANGEADDR,
    NETDEV_GOING_DOWN,
    NETDEV_CHANGENAME,
    NETDEV_FEAT_CHANGE,
    NETDEV_BONDING_FAILOVER,
    NETDEV_PRE_UP,
    NETDEV_PRE_TYPE_CHANGE,
    NETDEV_POST_TYPE_CHANGE,
    NETDEV_POST_INIT,
    NETDEV_RELEASE,
    NETDEV_NOTIFY_PEERS,
    NETDEV_JOIN,
    NETDEV_CHANGEUPPER,
    NETDEV_RESEND_IGMP,
    NETDEV_PRECHANGEMTU,
    NETDEV_CHANGEINFODATA,
    NETDEV_BONDING_INFO,
    NETDEV_PRECHANGEUPPER,
    NETDEV_CHANGELOWERSTATE,
};
struct netdev_notifier_info {
    net_device *dev = nullptr;
};
struct netdev_notifier_change_info : netdev_notifier_info {
    unsigned flags_changed = 0;
};
struct netdev_notifier_info_ext : netdev_notifier_info {
    u32 mtu = 0; // the old one
};
[[nodiscard]] inline net_device *netdev_notifier_info_to_dev(const void *info) {
    return static_cast<const netdev_notifier_info *>(info)->dev;
}
// The block lives as long as the machine; a new one is told of all devices there are.
int register_netdevice_notifier(notifier_block *nb);
int unregister_netdevice_notifier(notifier_block *nb);
int call_netdevice_notifiers(unsigned long val, net_device *dev);

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

// --- link headers ---------------------------------------------------------------------------------------------------
inline int dev_hard_header(sk_buff *skb, net_device *dev, u16 type, const void *daddr, const void *saddr,
                           unsigned len) {
    if (!dev->header_ops || !dev->header_ops->create) return 0;
    return dev->header_ops->create(skb, dev, type, daddr, saddr, len);
}
inline int dev_parse_header(const sk_buff *skb, u8 *haddr) {
    const net_device *dev = skb->dev;
    if (!dev->header_ops || !dev->header_ops->parse) return 0;
    return dev->header_ops->parse(skb, haddr);
}
[[nodiscard]] inline bool dev_validate_header(const net_device *dev, const u8 *, int len) {
    return len >= dev->hard_header_len || (len >= dev->min_header_len && dev->header_ops && !dev->header_ops->validate);
}
[[nodiscard]] inline bool dev_has_header(const net_device *dev) {
    return dev->header_ops && dev->header_ops->create;
}

// --- the way out
// ------------------------------------------------------------------------------------------------------
int __dev_queue_xmit(sk_buff *skb, net_device *sb_dev);
int dev_queue_xmit(sk_buff *skb); // consumes skb; > 0: NET_XMIT_*, < 0: errno
int dev_direct_xmit(sk_buff *skb, u16 queue_id);
int dev_loopback_xmit(net *ns, sock *sk, sk_buff *skb);
[[nodiscard]] netdev_queue *netdev_core_pick_tx(net_device *dev, sk_buff *skb, net_device *sb_dev);
[[nodiscard]] netdev_features_t netif_skb_features(sk_buff *skb);
[[nodiscard]] netdev_features_t passthru_features_check(sk_buff *skb, net_device *dev, netdev_features_t features);
[[nodiscard]] sk_buff *validate_xmit_skb_list(sk_buff *skb, net_device *dev, bool *again);
[[nodiscard]] sk_buff *dev_hard_start_xmit(sk_buff *first, net_device *dev, netdev_queue *txq, int *ret);
int skb_csum_hwoffload_help(sk_buff *skb, netdev_features_t features);
[[nodiscard]] be16 skb_network_protocol(sk_buff *skb, int *depth);
[[nodiscard]] inline bool netdev_xmit_more();
[[nodiscard]] bool dev_nit_active(net_device *dev);
void dev_queue_xmit_nit(sk_buff *skb, net_device *dev);
[[nodiscard]] bool is_skb_forwardable(const net_device *dev, const sk_buff *skb);
[[nodiscard]] bool __is_skb_forwardable(const net_device *dev, const sk_buff *skb, bool check_mtu);
[[nodiscard]] int __dev_forward_skb(net_device *dev, sk_buff *skb);
[[nodiscard]] int __dev_forward_skb2(net_device *dev, sk_buff *skb, bool check_mtu);
int dev_forward_skb(net_device *dev, sk_buff *skb);
[[nodiscard]] inline bool skb_warn_if_lro(const sk_buff *) {
    return false;
}
[[nodiscard]] bool skb_gso_ok(const sk_buff *skb, netdev_features_t features);
[[nodiscard]] inline bool net_gso_ok(netdev_features_t features, unsigned gso_type) {
    return (features & (netdev_features_t{gso_type} << NETIF_F_GSO_SHIFT)) ==
           (netdev_features_t{gso_type} << NETIF_F_GSO_SHIFT);
}

[[nodiscard]] inline netdev_queue *netdev_get_tx_queue(const net_device *dev, unsigned index) {
    return &dev->_tx[index];
}
[[nodiscard]] inline netdev_queue *skb_get_tx_queue(const net_device *dev, const sk_buff *skb) {
    return netdev_get_tx_queue(dev, skb_get_queue_mapping(skb));
}
[[nodiscard]] inline bool netif_xmit_stopped(const netdev_queue *q) {
    return (q->state & QUEUE_STATE_ANY_XOFF) != 0;
}
[[nodiscard]] inline bool netif_xmit_frozen_or_stopped(const netdev_queue *q) {
    return (q->state & QUEUE_STATE_ANY_XOFF_OR_FROZEN) != 0;
}
[[nodiscard]] inline bool netif_tx_queue_stopped(const netdev_queue *q) {
    return test_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
inline void netif_tx_start_queue(netdev_queue *q) {
    clear_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
inline void netif_tx_stop_queue(netdev_queue *q) {
    set_bit(__QUEUE_STATE_DRV_XOFF, &q->state);
}
void netif_tx_wake_queue(netdev_queue *q);
void netif_tx_start_all_queues(net_device *dev);
void netif_tx_stop_all_queues(net_device *dev);
inline void netif_start_queue(net_device *dev) {
    netif_tx_start_queue(netdev_get_tx_queue(dev, 0));
}
inline void netif_stop_queue(net_device *dev) {
    netif_tx_stop_queue(netdev_get_tx_queue(dev, 0));
}
void __netif_schedule(Qdisc *q);

// --- the way in
// -------------------------------------------------------------------------------------------------------
struct packet_type {
    be16 type; // EtherType; ETH_P_ALL: every packet
    bool ignore_outgoing = false;
    net_device *dev = nullptr; // null: any
    int (*func)(sk_buff *skb, net_device *dev, packet_type *pt, net_device *orig_dev) = nullptr;
    void (*list_func)(list_head *head, packet_type *pt, net_device *orig_dev) = nullptr; // packets by skb_list()
    bool (*id_match)(packet_type *ptype, sock *sk) = nullptr;
    net *af_packet_net = nullptr;
    void *af_packet_priv = nullptr;
    list_head list;
};
void dev_add_pack(packet_type *pt);
void dev_remove_pack(packet_type *pt);
void __dev_remove_pack(packet_type *pt);

int netif_rx(sk_buff *skb);
int __netif_rx(sk_buff *skb);
int netif_receive_skb(sk_buff *skb);
int netif_receive_skb_core(sk_buff *skb);
void netif_receive_skb_list(list_head *head);
void netif_receive_skb_list_internal(list_head *head);
gro_result_t napi_gro_receive(napi_struct *napi, sk_buff *skb);
// The packet is napi_get_frags()'s, with everything, the link header first, in its fragments.
gro_result_t napi_gro_frags(napi_struct *napi);
[[nodiscard]] sk_buff *napi_get_frags(napi_struct *napi);
void napi_free_frags(napi_struct *napi); // the packet that was got and not handed on
void dev_consume_skb_irq(sk_buff *skb);  // sent, and freed later by NET_TX_SOFTIRQ: for interrupt handlers
void napi_gro_flush(napi_struct *napi, bool flush_old); // flush_old: leave those that came in this jiffy
void netif_napi_add_weight(net_device *dev, napi_struct *napi, int (*poll)(napi_struct *, int), int weight);
inline void netif_napi_add(net_device *dev, napi_struct *napi, int (*poll)(napi_struct *, int)) {
    netif_napi_add_weight(dev, napi, poll, NAPI_POLL_WEIGHT);
}
void __netif_napi_del(napi_struct *napi);
int dev_set_threaded(net_device *dev, bool threaded); // /sys/class/net/DEV/threaded; 0 or a negative errno
void napi_enable(napi_struct *n);
void napi_disable(napi_struct *n);
[[nodiscard]] bool napi_schedule_prep(napi_struct *n);
void __napi_schedule(napi_struct *n);
void __napi_schedule_irqoff(napi_struct *n);
bool napi_schedule(napi_struct *n);
bool napi_complete_done(napi_struct *n, int work_done);
inline bool napi_complete(napi_struct *n) {
    return napi_complete_done(n, 0);
}
void net_enable_timestamp();
void net_disable_timestamp();

// Where a CPU keeps packets between driver and stack.
struct softnet_data {
    list_head poll_list; // NAPI sources that want polling
    sk_buff_head process_queue{"process_queue"};
    unsigned processed = 0, time_squeeze = 0, received_rps = 0;
    softnet_data *rps_ipi_list = nullptr;
    Qdisc *output_queue = nullptr;
    Qdisc **output_queue_tailp = &output_queue;
    sk_buff *completion_queue = nullptr;
    struct {
        u16 recursion = 0;
        u8 more = 0;
        u8 skip_txqueue = 0;
    } xmit;
    unsigned input_queue_head = 0;
    call_single_data csd;
    softnet_data *rps_ipi_next = nullptr;
    unsigned cpu = 0;
    unsigned input_queue_tail = 0;
    unsigned dropped = 0;
    sk_buff_head input_pkt_queue{"backlog"};
    napi_struct backlog;
    spinlock_t defer_lock;
    int defer_count = 0;
    int defer_ipi_scheduled = 0;
    sk_buff *defer_list = nullptr;
    call_single_data defer_csd;
};
[[nodiscard]] softnet_data *per_cpu_softnet(unsigned cpu);
[[nodiscard]] softnet_data *this_cpu_softnet();
inline bool netdev_xmit_more() {
    return this_cpu_softnet()->xmit.more != 0;
}

// Machine-wide settings (net.core.*).
struct net_core_config {
    int netdev_max_backlog = 1000;
    int netdev_budget = 300;
    unsigned netdev_budget_usecs = 8000; // 2 jiffies
    int dev_weight = 64;
    int dev_rx_weight = 64;
    int dev_tx_weight = 64;
    bool netdev_tstamp_prequeue = true;
    int gro_normal_batch = 8;
    bool rps_needed = false;
    bool bottom_half = false; // netif_rx() as before softirqs: linux/bottom_half.h
};
[[nodiscard]] net_core_config &net_core_sysctl();

int net_dev_init();

template <class Priv>
net_device *alloc_netdev(std::string_view name, void (*setup)(net_device *), unsigned txqs, unsigned rxqs) {
    return alloc_netdev_mqs(std::make_shared<Priv>(), name, setup, txqs, rxqs);
}

} // namespace skbscope::stack
