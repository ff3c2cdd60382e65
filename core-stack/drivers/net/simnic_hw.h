// SPDX-License-Identifier: GPL-2.0-or-later
// The simulated card's hardware: descriptor rings in memory, a hash that chooses the queue, an interrupt line a queue.
//
//     wire -> simnic_hw_receive(): hash -> queue -> the next descriptor, if the driver left it a buffer -> interrupt
//     driver: takes the frame out of the descriptor (done), puts a new buffer in, gives it back (hw_owned)
//
// A queue's interrupt is raised when its event happens and it is not masked. To switch it on again the driver names the
// descriptor it will look at next, and is interrupted at once if that is done already (as with virtio's event index):
// nothing is lost between the last look and the unmasking. The hardware knows neither sk_buffs nor devices.
#pragma once

#include "linux/simnic.h"
#include "linux/types.h"
#include "sim/work_clock.h"

#include <array>
#include <span>
#include <vector>

namespace skbscope::stack {

struct simnic_rx_desc {
    u8 *buffer = nullptr; // where the frame goes, without headroom
    u16 len = 0;
    u32 rss_hash = 0;
    bool hw_owned = false; // the card may write
    bool done = false;     // the frame is there
    bool l4_checked = false;
    bool l4_good = false;
};

struct simnic_hw_queue {
    std::vector<simnic_rx_desc> rx;
    unsigned rx_head = 0;       // the descriptor that the next frame goes to
    unsigned irq = 0;           // line
    bool masked = true;         // its interrupt is off
    bool tx_event = false;      // frames were sent since the driver looked, and it is time to say so
    unsigned tx_sent = 0;       // so many
    u64 tx_due_ns = time_never; // when the first of them is told of
    bool held = false;          // an interrupt waits for its time
    u64 next_irq_ns = 0;        // moderation: not before
};

using simnic_mac = std::array<u8, 6>;
inline constexpr unsigned long SIMNIC_MEMORY_SIZE = 0x20000;

// Also the timer of the interrupts that moderation holds back, and of frames sent that were not told of yet.
struct simnic_hw final : hardware {
    std::vector<simnic_hw_queue> queues;
    u64 moderation_ns = 0, tx_delay_ns = 0;
    unsigned tx_frames = 1;
    std::array<u8, 128> indirection{};
    unsigned buffer_size = 0;
    bool on = false;
    bool link = true;
    bool check_sums = true;
    // The filter: what the driver told the card to listen to.
    bool filter = false; // off: to everything
    bool promisc = false, allmulti = false;
    simnic_mac address{};
    std::vector<simnic_mac> further; // unicast and multicast
    unsigned long memory = 0;        // where the bus shows the card's memory: SIMNIC_MEMORY_SIZE bytes
    simnic_counters counters;
    unsigned other_irq = 0; // link changes
    [[nodiscard]] u64 next_ns() const override;
    void act() override;
};

void simnic_hw_reset(simnic_hw &hw, unsigned queues, unsigned ring);
bool simnic_hw_receive(simnic_hw &hw, std::span<const u8> frame);
[[nodiscard]] u32 simnic_hw_hash(std::span<const u8> frame);
[[nodiscard]] unsigned long simnic_bus_memory(); // the bus gives the next card its addresses
void simnic_hw_mask(simnic_hw &hw, unsigned queue);
void simnic_hw_unmask(simnic_hw &hw, unsigned queue, unsigned next); // next: the rx descriptor looked at next
// So many have left: one event for all, at once or when it is worth it (tx_frames, tx_delay_ns). `wanted`: somebody
// waits.
void simnic_hw_sent(simnic_hw &hw, unsigned queue, unsigned frames, bool wanted);
void simnic_hw_looked(simnic_hw &hw, unsigned queue); // the driver knows what has left

} // namespace skbscope::stack
