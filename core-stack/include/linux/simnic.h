// SPDX-License-Identifier: GPL-2.0-or-later
// The simulated network card as its owner sees it: made and taken away, its way of working chosen, frames put on its
// wire and taken off it, its counters read. The hardware's own face (rings, registers) is drivers/net/simnic_hw.h.
// No kernel counterpart; the driver is written as those of drivers/net/ethernet/intel are.
#pragma once

#include "linux/types.h"

#include <array>
#include <functional>
#include <span>
#include <string_view>

namespace skbscope::stack {

struct net;
struct net_device;

enum class simnic_mode : u8 {
    per_packet, // an interrupt for every packet, which the handler itself gives to netif_rx(): as before NAPI
    napi,       // the handler switches the queue's interrupt off and schedules its poll
};
// What the interrupt line's handler is given as dev_id.
enum class simnic_vectors : u8 {
    legacy,    // one line for everything: the net_device
    per_queue, // a line for each queue: its vector; and one for the rest: the adapter
};

struct simnic_config {
    std::string_view name = "eth%d";
    unsigned queues = 1;    // rx and tx, each; 1 .. 64. Their lines are spread over the CPUs
    unsigned rx_ring = 256; // descriptors a queue; a power of two, 8 .. 4096
    unsigned tx_ring = 256;
    simnic_mode mode = simnic_mode::napi;
    simnic_vectors vectors = simnic_vectors::per_queue;
    u64 moderation_ns = 0;   // least time between two interrupts of a queue; needs the timer, see simnic_timer()
    unsigned tx_frames = 1;  // sent frames of a queue that raise its interrupt (as `ethtool -C tx-frames`) ...
    u64 tx_delay_ns = 0;     // ... or the time since the first of them, which needs the timer, too
    bool rx_checksum = true; // the card checks UDP's and TCP's checksums
    bool rx_hash = true;     // and tells the stack its hash
    bool rx_filter = false;  // it takes only frames for addresses that the stack listens to; else all
};

struct simnic_counters {
    u64 rx_frames = 0;   // put into a descriptor
    u64 rx_filtered = 0; // for others
    u64 rx_missed = 0;   // lost: no descriptor was free
    u64 rx_crc = 0;      // not taken: shorter than a frame may be, or longer than a buffer
    u64 tx_frames = 0;
    u64 interrupts = 0; // raised
    u64 masked = 0;     // events that raised none, since the queue's interrupt was off
};

// Makes the card and registers its device in ns. Null: *err says why (-EINVAL: a config out of range).
net_device *simnic_probe(net *ns, const simnic_config &config, int *err);
void simnic_remove(net_device *dev);

// A frame arrives from the wire, at this instant of virtual time (the card writes it into memory itself; no CPU is
// busy with it). False: it was lost, or the card is down. One that is filtered out is not lost.
bool simnic_receive(net_device *dev, std::span<const u8> frame);
// Whoever is at the other end of the wire; called for each frame sent, in the sender's context.
void simnic_connect(net_device *dev, std::function<void(std::span<const u8>)> peer);
void simnic_link(net_device *dev, bool up); // the cable is pulled, or put back: the other vector's interrupt

// The card's own timer, for work_run::attach() or run_in_this_machine() (sim/work_clock.h); without it there is no
// moderation, and tx_frames must be 1.
class hardware;
[[nodiscard]] hardware *simnic_timer(net_device *dev);

[[nodiscard]] simnic_counters simnic_stats(const net_device *dev);
[[nodiscard]] unsigned simnic_irq(const net_device *dev, unsigned queue); // its interrupt line
// The queue a frame with this hash goes to is entry (hash & 127) of the table; as `ethtool -X`.
void simnic_set_indirection(net_device *dev, std::span<const u8> table);
// RSS: the Toeplitz hash over addresses and, for UDP and TCP that are no fragments, ports; 0 for other frames.
[[nodiscard]] u32 simnic_rss_hash(const net_device *dev, std::span<const u8> frame);

} // namespace skbscope::stack
