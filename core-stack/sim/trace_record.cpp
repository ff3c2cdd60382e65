// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/trace_record.h"

#include "linux/slab.h"
#include "net/inet_sock.h"
#include "sim/trace_state.h"

#include <algorithm>

namespace skbscope::stack {

using trace::Event;

u16 name_trace_device(const net_device *dev) {
    const_cast<net_device *>(dev)->trace_device = trace_recorder->device_id(dev->name);
    return dev->trace_device;
}

u8 name_trace_host(const net *ns) {
    if (!ns || ns->name.empty()) return 0; // the namespace the machine booted with is no host of the scenario
    const_cast<net *>(ns)->trace_host = trace_recorder->host_id(ns->name);
    return ns->trace_host;
}

Event &record_extension(unsigned kind, const Event &extends) {
    machine_state &m = this_machine();
    Event &e = trace_recorder->append(m.cpu, m.now_ns);
    e.kind = static_cast<u8>(kind);
    e.task = extends.task;
    e.packet = extends.packet;
    e.fn = extends.fn;
    e.host = extends.host;
    e.device = extends.device;
    e.state = extends.state & (SKBSCOPE_STATE_CTX_MASK | SKBSCOPE_STATE_PROV_MASK);
    return e;
}

void fill_snapshot(Event &e, const sk_buff *skb) {
    trace::Snapshot &s = e.skb;
    e.state |= SKBSCOPE_STATE_HAS_SKB;
    s.len = skb->len;
    s.data_len = skb->data_len;
    s.end = skb->end;
    s.truesize = skb->truesize;
    s.headroom = static_cast<u16>(skb->data - skb->head);
    s.mac = skb->mac_header;
    s.network = skb->network_header;
    s.transport = skb->transport_header;
    s.protocol = skb->protocol.raw;
    s.flags = static_cast<u8>(skb->cloned | (skb->ip_summed << SKBSCOPE_SKB_IP_SUMMED_SHIFT) |
                              (skb->pkt_type << SKBSCOPE_SKB_PKT_TYPE_SHIFT));
    s.users = static_cast<u16>(refcount_read(&skb->users));
    if (!skb->head || skb->head_released) { // the buffer, and the shared info in it, is no longer this packet's
        e.state |= SKBSCOPE_STATE_PARTIAL;
        return;
    }
    const skb_shared_info *shinfo = skb_shinfo(skb);
    s.gso_size = shinfo->gso_size;
    s.gso_segs = shinfo->gso_segs;
    s.nr_frags = shinfo->nr_frags;
    s.dataref = static_cast<u16>(atomic_read(&shinfo->dataref) & SKB_DATAREF_MASK);
}

u32 next_trace_packet() {
    return this_machine().tracing->next_packet++;
}

void record_identity(const sk_buff *skb, const Event &extends) {
    Event &e = record_extension(SKBSCOPE_EV_EXT_IDENTITY, extends);
    e.identity.skb = kernel_address(skb);
    e.identity.head = kernel_address(skb->head);
}

void record_new_owner(sk_buff *skb, const Event &extends) {
    skb->trace_sk = skb->sk;
    const sock *sk = skb->sk;
    if (!sk) return;
    Event &e = record_extension(SKBSCOPE_EV_EXT_SOCKET, extends);
    e.socket.sk = kernel_address(sk);
    e.socket.family = sk->sk_family;
    e.socket.protocol = static_cast<u8>(sk->sk_protocol);
    e.socket.state = sk->sk_state;
    e.socket.rmem = static_cast<u32>(atomic_read(&sk->sk_rmem_alloc));
    e.socket.wmem = refcount_read(&sk->sk_wmem_alloc) - 1;
    if (sk->sk_family != AF_INET) return;
    e.socket.saddr = sk->sk_rcv_saddr.raw;
    e.socket.daddr = sk->sk_daddr.raw;
    e.socket.sport = sk->sk_num;
    e.socket.dport = be16_to_cpu(sk->sk_dport);
}

void record_frags(const sk_buff *skb, const Event &extends) {
    if (!skb->head || skb->head_released) return;
    const skb_shared_info *shinfo = skb_shinfo(skb);
    for (unsigned first = 0; first < shinfo->nr_frags; first += 6) {
        Event &e = record_extension(SKBSCOPE_EV_EXT_FRAGS, extends);
        e.frags.first = static_cast<u8>(first);
        e.frags.count = static_cast<u8>(std::min(6U, shinfo->nr_frags - first));
        e.frags.offset = skb_frag_off(&shinfo->frags[first]);
        for (unsigned i = 0; i < e.frags.count; ++i)
            e.frags.size[i] = skb_frag_size(&shinfo->frags[first + i]);
    }
}

} // namespace skbscope::stack
