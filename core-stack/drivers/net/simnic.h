// SPDX-License-Identifier: GPL-2.0-or-later
// The simulated card's driver: what its parts share.
#pragma once

#include "drivers/net/simnic_hw.h"
#include "linux/netdevice.h"
#include "linux/simnic.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skbscope::stack {

struct simnic_adapter;

// A frame fits behind NET_SKB_PAD, with skb_shared_info behind it: then the buffer can become an sk_buff as it is.
inline constexpr unsigned SIMNIC_RX_FRAME = 1536;
inline constexpr unsigned SIMNIC_RX_TRUESIZE = SKB_DATA_ALIGN(NET_SKB_PAD + SIMNIC_RX_FRAME) + SKB_SHINFO_SIZE;

// A queue pair, and what its interrupt and its poll are about: dev_id of a per-queue line.
struct simnic_q_vector {
    simnic_adapter *adapter = nullptr;
    unsigned index = 0;
    unsigned irq = 0;
    std::string name; // "eth0-TxRx-0"
    napi_struct napi;
    unsigned rx_next = 0;      // the descriptor to look at next
    std::vector<sk_buff *> tx; // a slot a descriptor; null: free
    unsigned tx_next = 0, tx_clean = 0;
    unsigned tx_held = 0; // how many before tx_next the card has not been told of
    unsigned tx_done = 0; // how many the card has sent since they were cleaned
};

// netdev_priv(), and dev_id of the line for everything that is no queue's.
struct simnic_adapter {
    net_device *netdev = nullptr;
    simnic_config config;
    std::string name;
    simnic_hw hw;
    std::vector<std::unique_ptr<simnic_q_vector>> vectors;
    std::function<void(std::span<const u8>)> peer;
    std::vector<u8> wire; // the frame that is being sent
    ~simnic_adapter();
};

// simnic_irq.cpp
int simnic_request_irqs(simnic_adapter *adapter); // 0 or a negative errno
void simnic_free_irqs(simnic_adapter *adapter);
// simnic_rx.cpp
void simnic_post_buffers(simnic_adapter *adapter, unsigned queue);
void simnic_free_buffers(simnic_adapter *adapter, unsigned queue);
int simnic_poll(napi_struct *napi, int budget);
bool simnic_rx_one_irq(simnic_q_vector *q); // in the interrupt; false: there was none
// simnic_tx.cpp
netdev_tx_t simnic_xmit(sk_buff *skb, net_device *dev);
void simnic_clean_tx(simnic_q_vector *q, int budget); // budget 0: not from a poll
void simnic_drop_tx(simnic_q_vector *q);

} // namespace skbscope::stack
