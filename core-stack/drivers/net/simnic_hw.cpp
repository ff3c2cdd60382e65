// SPDX-License-Identifier: GPL-2.0-or-later
#include "drivers/net/simnic_hw.h"

#include "linux/if_ether.h"
#include "linux/in.h"
#include "linux/irq.h"
#include "net/checksum.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

// The key of Microsoft's specification, which cards have by default.
constexpr std::array<u8, 40> default_key = {0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67,
                                            0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
                                            0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
                                            0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa};

constexpr std::size_t eth = ETH_HLEN, ip_min = 20;

unsigned read16(std::span<const u8> frame, std::size_t at) {
    return unsigned{frame[at]} << 8 | frame[at + 1];
}

// Where things are in an IPv4 frame; ok false: it is none, or cut short.
struct frame_parts {
    bool ok = false;
    bool fragment = false;
    u8 protocol = 0;
    std::size_t ip_len = 0, l4 = 0;
};

frame_parts parse(std::span<const u8> frame) {
    frame_parts p;
    if (frame.size() < eth + ip_min || read16(frame, 12) != ETH_P_IP || frame[eth] >> 4 != 4) return p;
    const std::size_t ihl = (frame[eth] & 0xfU) * 4;
    p.ip_len = read16(frame, eth + 2);
    if (ihl < ip_min || p.ip_len < ihl || frame.size() < eth + p.ip_len) return p;
    p.l4 = eth + ihl;
    p.protocol = frame[eth + 9];
    p.fragment = (read16(frame, eth + 6) & 0x3fff) != 0;
    p.ok = true;
    return p;
}

bool has_ports(std::span<const u8> frame, const frame_parts &p) {
    return !p.fragment && (p.protocol == IPPROTO_UDP || p.protocol == IPPROTO_TCP) && frame.size() >= p.l4 + 4;
}

// For every bit of the input that is set, the key's 32 bits from there on are added: what each value of each four bits
// adds is worked out by the compiler.
constexpr std::size_t hash_input = 12; // two addresses, two ports
constexpr auto toeplitz_table = [] {
    std::array<std::array<u32, 16>, 2 * hash_input> table{};
    for (std::size_t nibble = 0; nibble < table.size(); ++nibble) {
        u64 window = 0; // the key's 64 bits from the nibble's byte on
        for (std::size_t i = 0; i < 8; ++i)
            window = window << 8 | default_key[nibble / 2 + i];
        for (unsigned value = 0; value < 16; ++value)
            for (unsigned bit = 0; bit < 4; ++bit) // from the most significant one
                if (value & (8U >> bit))
                    table[nibble][value] ^= static_cast<u32>(window >> (32 - bit - nibble % 2 * 4));
    }
    return table;
}();

u32 toeplitz(std::span<const u8> input) {
    u32 hash = 0;
    for (std::size_t i = 0; i < input.size(); ++i)
        hash ^= toeplitz_table[2 * i][input[i] >> 4] ^ toeplitz_table[2 * i + 1][input[i] & 15U];
    return hash;
}

// The transport's checksum, pseudo header included. UDP's 0 means that there is none to check.
void check_sum(std::span<const u8> frame, const frame_parts &p, simnic_rx_desc &desc) {
    if (!p.ok || p.fragment || (p.protocol != IPPROTO_UDP && p.protocol != IPPROTO_TCP)) return;
    const std::size_t len = eth + p.ip_len - p.l4;
    if (len < (p.protocol == IPPROTO_UDP ? 8U : 20U)) return;
    if (p.protocol == IPPROTO_UDP && read16(frame, p.l4 + 6) == 0) return;
    be32 saddr, daddr;
    std::memcpy(&saddr, &frame[eth + 12], 4);
    std::memcpy(&daddr, &frame[eth + 16], 4);
    const wsum sum = csum_partial(&frame[p.l4], len, 0);
    desc.l4_checked = true;
    desc.l4_good = csum_tcpudp_magic(saddr, daddr, static_cast<u32>(len), p.protocol, sum) == 0;
}

struct bus {
    unsigned long next = 0xfe000000; // below the interrupt controllers, where PCs have the cards' memory
};
machine_global<bus> the_bus;

bool wanted(const simnic_hw &hw, std::span<const u8> frame) {
    if (!hw.filter || hw.promisc) return true;
    simnic_mac to;
    std::copy_n(frame.begin(), to.size(), to.begin());
    const bool group = (to[0] & 1) != 0;
    if (to == hw.address || (group && hw.allmulti) || std::ranges::all_of(to, [](u8 b) { return b == 0xff; }))
        return true;
    return std::ranges::find(hw.further, to) != hw.further.end();
}

void interrupt(simnic_hw &hw, simnic_hw_queue &q) {
    q.held = false;
    q.next_irq_ns = this_machine().now_ns + hw.moderation_ns;
    if (raise_irq(q.irq)) ++hw.counters.interrupts;
}

void event(simnic_hw &hw, simnic_hw_queue &q) {
    if (q.masked)
        ++hw.counters.masked;
    else if ((this_machine().clock || hw.in_machine()) && this_machine().now_ns < q.next_irq_ns)
        q.held = true;
    else
        interrupt(hw, q);
}

} // namespace

u64 simnic_hw::next_ns() const {
    u64 at = time_never;
    for (const simnic_hw_queue &q : queues)
        at = std::min({at, q.held ? q.next_irq_ns : time_never, q.tx_due_ns});
    return at;
}

void simnic_hw::act() {
    const u64 now = next_ns();
    for (simnic_hw_queue &q : queues) {
        if (q.tx_due_ns <= now) {
            q.tx_due_ns = time_never;
            q.tx_event = true;
            event(*this, q);
        }
        if (q.held && q.next_irq_ns <= now) interrupt(*this, q);
    }
}

void simnic_hw_reset(simnic_hw &hw, unsigned queues, unsigned ring) {
    hw.queues.assign(queues, {});
    for (simnic_hw_queue &q : hw.queues)
        q.rx.resize(ring);
    for (std::size_t i = 0; i < hw.indirection.size(); ++i)
        hw.indirection[i] = static_cast<u8>(i % queues);
}

u32 simnic_hw_hash(std::span<const u8> frame) {
    const frame_parts p = parse(frame);
    if (!p.ok) return 0;
    std::array<u8, hash_input> input{};
    std::copy_n(frame.begin() + eth + 12, 8, input.begin());
    if (!has_ports(frame, p)) return toeplitz(std::span(input).first(8));
    std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(p.l4), 4, input.begin() + 8);
    return toeplitz(input);
}

bool simnic_hw_receive(simnic_hw &hw, std::span<const u8> frame) {
    if (!hw.on || !hw.link) return false;
    if (frame.size() < eth || frame.size() > hw.buffer_size) {
        ++hw.counters.rx_crc;
        return false;
    }
    if (!wanted(hw, frame)) {
        ++hw.counters.rx_filtered;
        return true;
    }
    const u32 hash = simnic_hw_hash(frame);
    simnic_hw_queue &q = hw.queues[hw.indirection[hash & (hw.indirection.size() - 1)]];
    simnic_rx_desc &desc = q.rx[q.rx_head];
    if (!desc.hw_owned) { // the driver is behind by a whole ring
        ++hw.counters.rx_missed;
        return false;
    }
    std::memcpy(desc.buffer, frame.data(), frame.size());
    desc.len = static_cast<u16>(frame.size());
    desc.rss_hash = hash;
    desc.l4_checked = desc.l4_good = false;
    if (hw.check_sums) check_sum(frame, parse(frame), desc);
    desc.hw_owned = false;
    desc.done = true;
    q.rx_head = (q.rx_head + 1) & (static_cast<unsigned>(q.rx.size()) - 1);
    ++hw.counters.rx_frames;
    event(hw, q);
    return true;
}

unsigned long simnic_bus_memory() {
    const unsigned long at = the_bus->next;
    the_bus->next += SIMNIC_MEMORY_SIZE;
    return at;
}

void simnic_hw_mask(simnic_hw &hw, unsigned queue) {
    hw.queues[queue].masked = true;
    hw.queues[queue].held = false;
}

void simnic_hw_unmask(simnic_hw &hw, unsigned queue, unsigned next) {
    simnic_hw_queue &q = hw.queues[queue];
    q.masked = false;
    if (q.rx[next].done || q.tx_event) event(hw, q);
}

void simnic_hw_sent(simnic_hw &hw, unsigned queue, unsigned frames, bool wanted) {
    simnic_hw_queue &q = hw.queues[queue];
    hw.counters.tx_frames += frames;
    q.tx_sent += frames;
    if (q.tx_sent < hw.tx_frames && !wanted) {
        if (q.tx_due_ns == time_never) q.tx_due_ns = this_machine().now_ns + hw.tx_delay_ns;
        return;
    }
    q.tx_event = true;
    event(hw, q);
}

void simnic_hw_looked(simnic_hw &hw, unsigned queue) {
    simnic_hw_queue &q = hw.queues[queue];
    q.tx_event = false;
    q.tx_sent = 0;
    q.tx_due_ns = time_never;
}

} // namespace skbscope::stack
