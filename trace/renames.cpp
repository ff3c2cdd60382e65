// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/renames.h"

#include <algorithm>
#include <array>

namespace skbscope::trace {

namespace {

// Each pair was checked against the symbol tables of 6.1.192 and 6.18.44: 6.1 has the old name, 6.18 the new one and
// not the old. The new one is no function of 6.1's source.
constexpr std::string_view socket_argument = "took the socket as an argument; the old name is an inline wrapper";
constexpr std::string_view gro_node = "works on a struct gro_node; the old name is an inline wrapper for a NAPI";
constexpr std::string_view drop_reason = "took a drop reason; the old name is an inline wrapper";
constexpr std::string_view device_lock = "split from a wrapper that takes the device's lock";
constexpr std::string_view netmem = "works on netmem instead of pages";
constexpr std::string_view netif_prefix = "took the prefix netif_: the caller holds the device's lock";

constexpr auto table = std::to_array<Rename>({
    {"kfree_skb_reason", "sk_skb_reason_drop", socket_argument},
    {"napi_gro_receive", "gro_receive_skb", gro_node},
    {"napi_gro_complete", "gro_complete", gro_node},
    {"napi_gro_flush", "__gro_flush", gro_node},
    {"__kfree_skb_defer", "__napi_kfree_skb", drop_reason},
    {"__dev_kfree_skb_any", "dev_kfree_skb_any_reason", drop_reason},
    {"__dev_kfree_skb_irq", "dev_kfree_skb_irq_reason", drop_reason},
    {"skb_queue_purge", "skb_queue_purge_reason", drop_reason},
    {"inet_twsk_hashdance", "inet_twsk_hashdance_schedule", "arms the timer as well"},
    {"inet_csk_reset_keepalive_timer", "tcp_reset_keepalive_timer", "moved to TCP, its only user"},
    {"__skb_get_hash_symmetric", "__skb_get_hash_symmetric_net", "took the namespace as an argument"},
    {"dev_nit_active", "dev_nit_active_rcu", "expects the RCU read lock; the old name is an inline wrapper"},
    {"netif_napi_add_weight", "netif_napi_add_weight_locked", device_lock},
    {"__netif_napi_del", "__netif_napi_del_locked", device_lock},
    {"dev_close_many", "netif_close_many", netif_prefix},
    {"dev_get_flags", "netif_get_flags", netif_prefix},
    {"dev_get_mac_address", "netif_get_mac_address", netif_prefix},
    {"dev_get_port_parent_id", "netif_get_port_parent_id", netif_prefix},
    {"dev_pre_changeaddr_notify", "netif_pre_changeaddr_notify", netif_prefix},
    {"dev_set_mtu_ext", "netif_set_mtu_ext", netif_prefix},
    {"__dev_set_mtu", "__netif_set_mtu", netif_prefix},
    {"__page_pool_alloc_pages_slow", "__page_pool_alloc_netmems_slow", netmem},
    {"page_pool_put_page_bulk", "page_pool_put_netmem_bulk", netmem},
    {"page_pool_put_defragged_page", "page_pool_put_unrefed_netmem", netmem},
    {"skb_add_rx_frag", "skb_add_rx_frag_netmem", netmem},
    {"msg_zerocopy_callback", "msg_zerocopy_complete", "became an operation of struct ubuf_info_ops"},
    {"register_net_sysctl", "register_net_sysctl_sz", "took the table's size"},
    {"tcp_tasklet_func", "tcp_tsq_workfn", "runs as work instead of a tasklet"},
});

} // namespace

std::span<const Rename> renames() {
    return table;
}

std::string_view catalogue_name(std::string_view name) {
    const auto row = std::ranges::find(table, name, &Rename::new_name);
    return row == table.end() ? name : row->old_name;
}

const Rename *renamed(std::string_view old_name) {
    const auto row = std::ranges::find(table, old_name, &Rename::old_name);
    return row == table.end() ? nullptr : row;
}

} // namespace skbscope::trace
