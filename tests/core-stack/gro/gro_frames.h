// SPDX-License-Identifier: GPL-2.0-or-later
// Packets for GRO, built field by field, and a source (napi_struct) of a registered device to give them to. What comes
// out is kept by a tap that takes every packet (ETH_P_ALL), in order.
#pragma once

#include "../sim/machine_fixture.h"
#include "linux/etherdevice.h"
#include "linux/interrupt.h"
#include "linux/ip.h"
#include "linux/netdevice.h"
#include "linux/simnic.h"
#include "linux/tcp.h"
#include "linux/udp.h"
#include "net/checksum.h"
#include "net/gro.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"

#include <cstring>
#include <vector>

namespace skbscope::stack {

// What a packet is made of. Host byte order.
struct Spec {
    u16 sport = 5000, dport = 7000;
    std::size_t payload = 100;
    u8 ttl = 64, tos = 0;
    u16 id = 1;
    u16 frag = 0x4000; // DF
    u8 protocol = IPPROTO_UDP;
    u32 saddr = 0x0a090001;
    u8 mac_last = 1; // of the sender
    bool sum = true; // false: UDP says that there is none
    bool wrong_sum = false;
    bool wrong_ip_sum = false;
    bool options = false; // one IP option word
    u32 hash = 0x11110003;
    u16 ip_len_off = 0; // added to tot_len: padding behind the packet, or a lie
    u16 udp_len_off = 0;
    // TCP
    u32 seq = 1000, ack_seq = 1;
    u16 window = 500;
    u8 flags = 0x10; // ACK
    u8 option = 0;   // fills four bytes of options when not 0
};

class GroFrames : public machine_fixture {
protected:
    explicit GroFrames(netdev_features_t with = NETIF_F_GRO_UDP_FWD) {
        int err = 0;
        dev = simnic_probe(init_net(), {.name = "n0"}, &err);
        EXPECT_EQ(err, 0);
        dev->features |= NETIF_F_GRO | with;
        netif_napi_add(dev, &napi, [](napi_struct *, int) { return 0; });
        seen.owner = this;
        seen.tap.type = cpu_to_be16(ETH_P_ALL);
        seen.tap.func = [](sk_buff *skb, net_device *, packet_type *pt, net_device *) {
            container_of(pt, &Seen::tap)->owner->out.push_back(skb);
            return 0;
        };
        // Only the tap's reference stays: the packet goes no further than the device, which is down for IP.
        dev_add_pack(&seen.tap);
        net_core_sysctl().gro_normal_batch = 1;
    }
    ~GroFrames() override {
        flush();
        for (sk_buff *skb : out)
            kfree_skb(skb);
        dev_remove_pack(&seen.tap);
        __netif_napi_del(&napi);
    }

    static std::vector<u8> bytes(const Spec &s) {
        std::vector<u8> f(14);
        const u8 to[6] = {2, 0, 0, 0, 0, 2}, from[6] = {2, 0, 0, 0, 0, s.mac_last};
        std::memcpy(&f[0], to, 6);
        std::memcpy(&f[6], from, 6);
        f[12] = 8;
        const std::size_t ihl = s.options ? 24 : 20;
        const std::size_t l4 = s.protocol == IPPROTO_TCP ? (s.option ? 24 : 20) : 8;
        f.resize(14 + ihl + l4 + s.payload);
        auto *iph = reinterpret_cast<iphdr *>(&f[14]);
        iph->version = 4;
        iph->ihl = static_cast<u8>(ihl / 4) & 15;
        iph->tos = s.tos;
        iph->tot_len = cpu_to_be16(static_cast<u16>(ihl + l4 + s.payload + s.ip_len_off));
        iph->id = cpu_to_be16(s.id);
        iph->frag_off = cpu_to_be16(s.frag);
        iph->ttl = s.ttl;
        iph->protocol = s.protocol;
        iph->saddr = cpu_to_be32(s.saddr);
        iph->daddr = cpu_to_be32(0x0a090002);
        if (s.options) std::memset(&f[34], 1, 4); // four no-operations
        iph->check = ip_fast_csum(iph, iph->ihl);
        if (s.wrong_ip_sum) iph->check ^= 1;
        for (std::size_t i = 0; i < s.payload; ++i)
            f[14 + ihl + l4 + i] = static_cast<u8>('a' + i % 26);
        u8 *at = &f[14 + ihl];
        if (s.protocol == IPPROTO_TCP)
            tcp(s, at, l4);
        else
            udp(s, at);
        return f;
    }

    // In one buffer of a page, as a driver's build_skb() makes it.
    sk_buff *packet(const Spec &s) {
        const std::vector<u8> f = bytes(s);
        sk_buff *skb = napi_alloc_skb(&napi, 1500);
        skb_put_data(skb, f.data(), static_cast<unsigned>(f.size()));
        return ready(skb, s);
    }
    // Buffers that cannot become a fragment.
    sk_buff *packet_in_slab(const Spec &s) {
        const std::vector<u8> f = bytes(s);
        sk_buff *skb = alloc_skb(static_cast<unsigned>(f.size()) + 64, GFP_ATOMIC);
        skb_reserve(skb, 64);
        skb->dev = dev;
        skb_put_data(skb, f.data(), static_cast<unsigned>(f.size()));
        return ready(skb, s);
    }
    gro_result_t give(const Spec &s) { return give(packet(s)); }
    gro_result_t give(sk_buff *skb) {
        local_bh_disable();
        const gro_result_t r = napi_gro_receive(&napi, skb);
        local_bh_enable();
        return r;
    }
    void flush(bool old = false) {
        local_bh_disable();
        napi_gro_flush(&napi, old);
        local_bh_enable();
    }
    int held(const Spec &s = {}) const { return napi.gro_hash[s.hash & 7].count; }
    const skb_shared_info *info(std::size_t i) const { return skb_shinfo(out[i]); }

    net_device *dev = nullptr;
    napi_struct napi;
    std::vector<sk_buff *> out;

private:
    struct Seen {
        packet_type tap;
        GroFrames *owner = nullptr;
    } seen;

    sk_buff *ready(sk_buff *skb, const Spec &s) {
        skb->protocol = eth_type_trans(skb, dev);
        skb->hash = s.hash;
        return skb;
    }
    static void udp(const Spec &s, u8 *at) {
        auto *uh = reinterpret_cast<udphdr *>(at);
        const auto len = static_cast<u16>(8 + s.payload);
        uh->source = cpu_to_be16(s.sport);
        uh->dest = cpu_to_be16(s.dport);
        uh->len = cpu_to_be16(static_cast<u16>(len + s.udp_len_off));
        if (s.sum)
            uh->check = csum_tcpudp_magic(cpu_to_be32(s.saddr), cpu_to_be32(0x0a090002), len, s.protocol,
                                          csum_partial(at, len, 0));
        if (s.wrong_sum) uh->check ^= 1;
    }
    static void tcp(const Spec &s, u8 *at, std::size_t l4) {
        auto *th = reinterpret_cast<tcphdr *>(at);
        th->source = cpu_to_be16(s.sport);
        th->dest = cpu_to_be16(s.dport);
        th->seq = cpu_to_be32(s.seq);
        th->ack_seq = cpu_to_be32(s.ack_seq);
        at[12] = static_cast<u8>(l4 / 4 << 4);
        at[13] = s.flags;
        th->window = cpu_to_be16(s.window);
        if (s.option) std::memset(at + 20, s.option, 4);
        const auto len = static_cast<u32>(l4 + s.payload);
        th->check =
            csum_tcpudp_magic(cpu_to_be32(s.saddr), cpu_to_be32(0x0a090002), len, s.protocol, csum_partial(at, len, 0));
        if (s.wrong_sum) th->check ^= 1;
    }
};

} // namespace skbscope::stack
