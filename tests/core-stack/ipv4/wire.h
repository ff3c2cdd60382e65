// SPDX-License-Identifier: GPL-2.0-or-later
// The wire in a test's hand: the frames a device receives, as bytes; frames of the test's own put on it; and a chain
// of three hosts with a router in the middle.
#pragma once

#include "../socket/hosts.h"

#include "linux/etherdevice.h"
#include "linux/if_ether.h"
#include "linux/inetdevice.h"
#include "linux/netdevice.h"
#include "net/ip.h"

#include <cstring>

namespace skbscope::stack {

using bytes = std::vector<u8>;

// Everything a device receives, from the link header on.
class Wire {
public:
    Wire(net *ns, const char *device) : dev_(__dev_get_by_name(ns, device)) {
        tap_.type = cpu_to_be16(ETH_P_ALL);
        tap_.ignore_outgoing = true;
        tap_.dev = dev_;
        tap_.func = record;
        tap_.af_packet_priv = this;
        dev_add_pack(&tap_);
    }
    ~Wire() { __dev_remove_pack(&tap_); }
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

    [[nodiscard]] const std::vector<bytes> &frames() const { return frames_; }
    [[nodiscard]] std::vector<bytes> of_type(u16 ethertype) const {
        std::vector<bytes> v;
        for (const bytes &f : frames_)
            if ((f[12] << 8 | f[13]) == ethertype) v.push_back(f);
        return v;
    }
    // The IPv4 packets, from the IPv4 header on.
    [[nodiscard]] std::vector<bytes> packets() const {
        std::vector<bytes> v;
        for (const bytes &f : of_type(ETH_P_IP))
            v.emplace_back(f.begin() + 14, f.end());
        return v;
    }
    void clear() { frames_.clear(); }

    // A frame arrives at the device. Call from a process of the model.
    void receive(const bytes &frame) const {
        sk_buff *skb = netdev_alloc_skb(dev_, static_cast<unsigned>(frame.size()) + 2);
        skb_reserve(skb, 2); // so that the IPv4 header is aligned
        skb_put_data(skb, frame.data(), static_cast<unsigned>(frame.size()));
        skb->protocol = eth_type_trans(skb, dev_);
        netif_rx(skb);
    }
    // The same, given the IPv4 packet only: it is put into a frame for the device.
    void receive_ip(const bytes &packet) const {
        bytes frame(14);
        std::memcpy(frame.data(), dev_->dev_addr, ETH_ALEN);
        frame[6] = 2;
        frame[12] = 8;
        frame.insert(frame.end(), packet.begin(), packet.end());
        receive(frame);
    }
    [[nodiscard]] net_device *dev() const { return dev_; }

private:
    static int record(sk_buff *skb, net_device *, packet_type *pt, net_device *) {
        bytes frame(14U + skb->len);
        EXPECT_EQ(skb_copy_bits(skb, -14, frame.data(), static_cast<int>(frame.size())), 0);
        static_cast<Wire *>(pt->af_packet_priv)->frames_.push_back(std::move(frame));
        consume_skb(skb);
        return 0;
    }

    net_device *dev_;
    packet_type tap_{};
    std::vector<bytes> frames_;
};

// An IPv4 header over `payload`, its checksum right. `frag`: the fragment word.
inline bytes ip_packet(be32 from, be32 to, u8 protocol, const bytes &payload, u16 id = 1, u16 frag = 0, u8 ttl = 64,
                       const bytes &options = {}) {
    iphdr ip{};
    ip.version = 4;
    ip.ihl = static_cast<u8>(5 + options.size() / 4) & 15;
    ip.tot_len = cpu_to_be16(static_cast<u16>(20 + options.size() + payload.size()));
    ip.id = cpu_to_be16(id);
    ip.frag_off = cpu_to_be16(frag);
    ip.ttl = ttl;
    ip.protocol = protocol;
    ip.saddr = from;
    ip.daddr = to;
    bytes packet(20);
    packet.insert(packet.end(), options.begin(), options.end());
    std::memcpy(packet.data(), &ip, sizeof(ip));
    ip_send_check(reinterpret_cast<iphdr *>(packet.data()));
    packet.insert(packet.end(), payload.begin(), payload.end());
    return packet;
}
// A UDP datagram without a checksum.
inline bytes udp_datagram(u16 from, u16 to, const bytes &data) {
    const auto length = static_cast<u16>(8 + data.size());
    bytes d{static_cast<u8>(from >> 8),
            static_cast<u8>(from),
            static_cast<u8>(to >> 8),
            static_cast<u8>(to),
            static_cast<u8>(length >> 8),
            static_cast<u8>(length),
            0,
            0};
    d.insert(d.end(), data.begin(), data.end());
    return d;
}
// Virtual time passes, longer than a process is allowed to run.
inline void let_pass(machine &m, u64 seconds) {
    m.run_idle_until(m.now_ns() + seconds * 1'000'000'000);
}
inline const iphdr &header_of(const bytes &packet) {
    return *reinterpret_cast<const iphdr *>(packet.data());
}
inline u64 ip_count(const net *ns, unsigned field) {
    return ns->mib.ip_statistics.mibs[field];
}

// a (10.9.0.1) - r - c (10.8.0.2): r forwards; all know their neighbours.
class Routed : public Hosts {
protected:
    Routed() {
        c = netns_add("c");
        const mac_address mac_r{2, 0, 0, 0, 0, 3}, mac_c{2, 0, 0, 0, 0, 4};
        expect(link_add_veth(r, "vr", c, "vc"));
        expect(link_set_up(c, "lo", true));
        expect(link_set_address(r, "vr", mac_r));
        expect(link_set_address(c, "vc", mac_c));
        expect(addr_add(r, "vr", ipv4(10, 8, 0, 1), 24));
        expect(addr_add(c, "vc", host_c, 24));
        expect(link_set_up(r, "vr", true));
        expect(link_set_up(c, "vc", true));
        expect(neigh_replace(r, "vr", host_c, mac_c, neigh_request_state::permanent));
        expect(neigh_replace(c, "vc", ipv4(10, 8, 0, 1), mac_r, neigh_request_state::permanent));
        expect(sysctl_set(r, "net.ipv4.ip_forward", "1"));
        expect(route_add(a, {.dst = ipv4(10, 8, 0, 0), .dst_len = 24, .gateway = host_b, .device = "", .prefsrc = {}}));
        expect(route_add(
            c, {.dst = ipv4(10, 9, 0, 0), .dst_len = 24, .gateway = ipv4(10, 8, 0, 1), .device = "", .prefsrc = {}}));
    }

    static constexpr be32 host_c = ipv4(10, 8, 0, 2);
    net *r = b; // what stood at the other end is the router here
    net *c = nullptr;
};

} // namespace skbscope::stack
