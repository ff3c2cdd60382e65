// SPDX-License-Identifier: GPL-2.0-or-later
// The simulated card's driver: making the device, switching it on and off. Interrupts stand in simnic_irq.cpp, the way
// in in simnic_rx.cpp, the way out in simnic_tx.cpp, the hardware itself in simnic_hw.cpp.
#include "drivers/net/simnic.h"

#include "linux/errno.h"
#include "linux/etherdevice.h"
#include "linux/irq.h"
#include "linux/rtnetlink.h"
#include "linux/sched.h"
#include "linux/trace_fn.h"

#include <algorithm>
#include <bit>

namespace skbscope::stack {

namespace {

constexpr netdev_features_t SIMNIC_FEATURES = NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_RXCSUM | NETIF_F_RXHASH;

bool ring_size_ok(unsigned n) {
    return n >= 8 && n <= 4096 && std::has_single_bit(n);
}

// ndo_open: buffers, lines, polls, and then the card itself.
int simnic_open(net_device *dev) {
    TRACE_FN();
    auto *adapter = netdev_priv<simnic_adapter>(dev);
    for (auto &q : adapter->vectors)
        simnic_post_buffers(adapter, q->index);
    if (const int err = simnic_request_irqs(adapter); err != 0) {
        for (auto &q : adapter->vectors)
            simnic_free_buffers(adapter, q->index);
        return TRACE_RET(err);
    }
    adapter->hw.on = true;
    for (auto &q : adapter->vectors) {
        napi_enable(&q->napi);
        simnic_hw_unmask(adapter->hw, q->index, q->rx_next);
    }
    netif_tx_start_all_queues(dev);
    if (adapter->hw.link) netif_carrier_on(dev);
    return TRACE_RET(0);
}

int simnic_close(net_device *dev) {
    TRACE_FN();
    auto *adapter = netdev_priv<simnic_adapter>(dev);
    netif_tx_stop_all_queues(dev);
    netif_carrier_off(dev);
    adapter->hw.on = false;
    for (auto &q : adapter->vectors) {
        simnic_hw_mask(adapter->hw, q->index);
        napi_disable(&q->napi);
    }
    simnic_free_irqs(adapter);
    for (auto &q : adapter->vectors) {
        simnic_drop_tx(q.get());
        simnic_free_buffers(adapter, q->index);
    }
    return TRACE_RET(0);
}

int simnic_set_features(net_device *dev, netdev_features_t features) {
    netdev_priv<simnic_adapter>(dev)->hw.check_sums = (features & NETIF_F_RXCSUM) != 0;
    return 0;
}

// ndo_set_rx_mode: the card's filter is written anew. Each address counts, however many want it.
void simnic_set_rx_mode(net_device *dev) {
    TRACE_FN();
    simnic_hw &hw = netdev_priv<simnic_adapter>(dev)->hw;
    hw.promisc = (dev->flags & IFF_PROMISC) != 0;
    hw.allmulti = (dev->flags & IFF_ALLMULTI) != 0;
    std::copy_n(dev->dev_addr, ETH_ALEN, hw.address.begin());
    hw.further.clear();
    for (netdev_hw_addr_list *addresses : {&dev->uc, &dev->mc})
        for (const netdev_hw_addr *ha : list_entries(&addresses->list, &netdev_hw_addr::list))
            std::copy_n(ha->addr.begin(), ETH_ALEN, hw.further.emplace_back().begin());
}

constexpr net_device_ops simnic_netdev_ops = {
    .ndo_open = simnic_open,
    .ndo_stop = simnic_close,
    .ndo_start_xmit = simnic_xmit,
    .ndo_set_rx_mode = simnic_set_rx_mode,
    .ndo_set_mac_address = eth_mac_addr, // while it is down: simnic_set_rx_mode() tells the card when it comes up
    .ndo_set_features = simnic_set_features,
};

void simnic_dellink(net_device *dev) {
    unregister_netdevice(dev);
}
constexpr rtnl_link_ops simnic_link_ops = {.kind = "simnic", .dellink = simnic_dellink};

void simnic_setup(net_device *dev) {
    TRACE_FN();
    ether_setup(dev);
    dev->netdev_ops = &simnic_netdev_ops;
    dev->rtnl_link_ops = &simnic_link_ops;
    dev->hw_features = SIMNIC_FEATURES;
    dev->vlan_features = NETIF_F_SG | NETIF_F_HW_CSUM; // sums are told by their place, whatever stands before
    dev->features |= SIMNIC_FEATURES;
    dev->needs_free_netdev = true;
    dev->max_mtu = SIMNIC_RX_FRAME - ETH_HLEN;
}

void make_vectors(simnic_adapter *adapter) {
    net_device *dev = adapter->netdev;
    for (unsigned i = 0; i < adapter->config.queues; ++i) {
        auto q = std::make_unique<simnic_q_vector>();
        q->adapter = adapter;
        q->index = i;
        q->name = std::string(dev->name) + "-TxRx-" + std::to_string(i);
        q->tx.resize(adapter->config.tx_ring);
        if (adapter->config.vectors == simnic_vectors::per_queue) {
            q->irq = alloc_irq();
            irq_set_affinity(q->irq, i % nr_cpu_ids());
        }
        netif_napi_add(dev, &q->napi, simnic_poll);
        adapter->vectors.push_back(std::move(q));
    }
    adapter->hw.other_irq = alloc_irq();
    dev->irq = static_cast<int>(adapter->hw.other_irq);
}

} // namespace

simnic_adapter::~simnic_adapter() {
    for (auto &q : vectors)
        __netif_napi_del(&q->napi);
}

net_device *simnic_probe(net *ns, const simnic_config &config, int *err) {
    TRACE_FN();
    *err = -EINVAL;
    if (config.queues < 1 || config.queues > 64 || !ring_size_ok(config.rx_ring) || !ring_size_ok(config.tx_ring))
        return nullptr;
    if (config.vectors == simnic_vectors::legacy && config.queues != 1) return nullptr; // one line, one queue
    auto priv = std::make_shared<simnic_adapter>();
    net_device *dev = alloc_netdev_mqs(priv, config.name, simnic_setup, 1, config.queues);
    if (!dev) return nullptr;
    simnic_adapter *adapter = priv.get();
    adapter->netdev = dev;
    adapter->name = config.name;
    adapter->config = config;
    adapter->config.name = adapter->name;
    adapter->hw.buffer_size = SIMNIC_RX_FRAME;
    adapter->hw.check_sums = config.rx_checksum;
    adapter->hw.moderation_ns = config.moderation_ns;
    adapter->hw.tx_frames = std::max(1U, config.tx_frames);
    adapter->hw.tx_delay_ns = config.tx_delay_ns;
    simnic_hw_reset(adapter->hw, config.queues, config.rx_ring);
    adapter->hw.filter = config.rx_filter;
    adapter->hw.memory = simnic_bus_memory();
    dev->mem_start = dev->base_addr = adapter->hw.memory;
    dev->mem_end = dev->mem_start + SIMNIC_MEMORY_SIZE - 1;
    if (config.rx_filter) dev->priv_flags |= IFF_UNICAST_FLT;
    if (!config.rx_checksum) dev->features &= ~NETIF_F_RXCSUM;
    if (!config.rx_hash) dev->features &= ~NETIF_F_RXHASH;
    dev_net_set(dev, ns);
    u8 address[ETH_ALEN];
    eth_random_addr(address);
    dev_addr_set(dev, address);
    *err = register_netdev(dev);
    if (*err < 0) {
        free_netdev(dev);
        return nullptr;
    }
    make_vectors(adapter);
    netif_carrier_off(dev);
    return dev;
}

void simnic_remove(net_device *dev) {
    TRACE_FN();
    unregister_netdev(dev);
}

bool simnic_receive(net_device *dev, std::span<const u8> frame) {
    return simnic_hw_receive(netdev_priv<simnic_adapter>(dev)->hw, frame);
}

void simnic_connect(net_device *dev, std::function<void(std::span<const u8>)> peer) {
    netdev_priv<simnic_adapter>(dev)->peer = std::move(peer);
}

void simnic_link(net_device *dev, bool up) {
    auto *adapter = netdev_priv<simnic_adapter>(dev);
    adapter->hw.link = up;
    if (adapter->hw.on && adapter->config.vectors == simnic_vectors::per_queue) raise_irq(adapter->hw.other_irq);
}

hardware *simnic_timer(net_device *dev) {
    return &netdev_priv<simnic_adapter>(dev)->hw;
}

simnic_counters simnic_stats(const net_device *dev) {
    return netdev_priv<simnic_adapter>(dev)->hw.counters;
}

unsigned simnic_irq(const net_device *dev, unsigned queue) {
    return netdev_priv<simnic_adapter>(dev)->hw.queues[queue].irq;
}

void simnic_set_indirection(net_device *dev, std::span<const u8> table) {
    auto &to = netdev_priv<simnic_adapter>(dev)->hw.indirection;
    const unsigned queues = netdev_priv<simnic_adapter>(dev)->config.queues;
    for (std::size_t i = 0; i < to.size() && !table.empty(); ++i)
        to[i] = static_cast<u8>(table[i % table.size()] % queues);
}

u32 simnic_rss_hash(const net_device * /*dev*/, std::span<const u8> frame) {
    return simnic_hw_hash(frame);
}

} // namespace skbscope::stack
