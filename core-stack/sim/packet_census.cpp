// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/packet_census.h"

#include "drivers/net/simnic.h"
#include "drivers/net/tun.h"
#include "drivers/net/veth.h"
#include "linux/fs.h"
#include "linux/in.h"
#include "linux/net.h"
#include "linux/softnet.h"
#include "linux/udp.h"
#include "net/arp.h"
#include "net/core/skbuff_internal.h"
#include "net/inet_frag.h"
#include "net/net_namespace.h"
#include "net/sch_generic.h"
#include "sim/arena.h"
#include "sim/cpu.h"

#include <string_view>

namespace skbscope::stack {

namespace {

machine_global<packet_counts> counts_;

class Census final : public packet_visitor {
public:
    void stands(const char *where, const sk_buff *skb) override {
        if (!skb) return;
        const auto [at, is_new] = found_.try_emplace(skb, where);
        if (!is_new) {
            census_.wrong.push_back(std::string(where) + ": it stands in a " + at->second + ", too");
            return;
        }
        ++census_.standing[where];
        if (skb->head_released) return;
        for (const sk_buff *part = skb_shinfo(skb)->frag_list; part; part = part->next)
            if (!found_.contains(part)) stands(where, part); // clones share one
    }

    packet_census take() {
        const auto spare = spare_packets();
        for (const void *object : live_objects(skbuff_cache->head)) {
            const auto *skb = static_cast<const sk_buff *>(object);
            if (!spare.contains(skb)) is_alive(skb, 1, found_.erase(skb));
        }
        for (const void *object : live_objects(skbuff_cache->fclone)) {
            const auto *pair = static_cast<const sk_buff_fclones *>(object);
            const std::size_t found = found_.erase(&pair->skb1) + found_.erase(&pair->skb2);
            is_alive(&pair->skb1, static_cast<unsigned>(pair->fclone_ref.refs), found);
        }
        for (const auto &[skb, where] : found_)
            census_.wrong.push_back(std::string(where) + ": it stands there, but was freed");
        return std::move(census_);
    }

private:
    void is_alive(const sk_buff *skb, unsigned packets, std::size_t found) {
        census_.alive += packets;
        if (found == packets) return;
        census_.wrong.push_back("in no queue: " + std::to_string(skb->len) + " bytes, protocol " +
                                std::to_string(be16_to_cpu(skb->protocol)) +
                                (skb->dev ? std::string(", device ") + skb->dev->name : std::string()));
    }

    packet_census census_;
    std::map<const sk_buff *, const char *> found_;
};

void visit_queue(const char *where, const sk_buff_head &queue, packet_visitor &v) {
    const auto *end = reinterpret_cast<const sk_buff *>(static_cast<const sk_buff_links *>(&queue));
    if (!queue.next) return; // never set up
    for (const sk_buff *skb = queue.next; skb != end; skb = skb->next)
        v.stands(where, skb);
}

void visit_list(const char *where, list_head &list, packet_visitor &v) {
    if (!list.next) return;
    for (list_head *at = list.next; at != &list; at = at->next)
        v.stands(where, skb_of_list(at));
}

void visit_napi(napi_struct &napi, packet_visitor &v) {
    for (gro_list &bucket : napi.gro_hash)
        visit_list("GRO", bucket.list, v);
    visit_list("GRO", napi.rx_list, v);
    v.stands("NAPI's next packet", napi.skb);
}

void visit_cpu(unsigned cpu, packet_visitor &v) {
    softnet_data *sd = per_cpu_softnet(cpu);
    visit_queue("backlog", sd->input_pkt_queue, v);
    visit_queue("backlog", sd->process_queue, v);
    v.stand_in_chain("completion queue", sd->completion_queue);
    v.stand_in_chain("deferred frees", sd->defer_list);
    visit_napi(sd->backlog, v);
}

void visit_driver(net_device *dev, packet_visitor &v) {
    const auto xmit = dev->netdev_ops ? dev->netdev_ops->ndo_start_xmit : nullptr;
    if (xmit == simnic_xmit) {
        for (const auto &vector : netdev_priv<simnic_adapter>(dev)->vectors)
            for (const sk_buff *skb : vector->tx)
                v.stands("tx ring", skb);
    } else if (xmit == tun_net_xmit) {
        if (const tun_file *tfile = netdev_priv<tun_struct>(dev)->tfile)
            for (const sk_buff *skb : tfile->tx_ring)
                v.stands("tap's ring", skb);
    } else if (dev->rtnl_link_ops && std::string_view(dev->rtnl_link_ops->kind) == "veth") {
        for (const sk_buff *skb : netdev_priv<veth_priv>(dev)->rq.xdp_ring)
            v.stands("veth's ring", skb);
    }
}

void visit_device(net_device *dev, packet_visitor &v) {
    std::set<const Qdisc *> qdiscs;
    for (unsigned i = 0; i < dev->num_tx_queues; ++i)
        for (const Qdisc *q : {dev->_tx[i].qdisc, dev->_tx[i].qdisc_sleeping})
            if (q && qdiscs.insert(q).second) visit_qdisc(q, v);
    for (napi_struct *napi : list_range(&dev->napi_list, &napi_struct::dev_list))
        visit_napi(*napi, v);
    visit_driver(dev, v);
}

void visit_sock(const sock *sk, packet_visitor &v) {
    visit_queue("receive queue", sk->sk_receive_queue, v);
    visit_queue("error queue", sk->sk_error_queue, v);
    visit_queue("write queue", sk->sk_write_queue, v);
    v.stand_in_chain("socket's backlog", sk->sk_backlog.head);
    if (sk->sk_protocol == IPPROTO_UDP) visit_queue("receive queue", udp_sk(sk)->reader_queue, v);
}

void visit_neighbours(packet_visitor &v) {
    neigh_table &table = arp_tbl();
    if (table.nht)
        for (const neighbour *bucket : table.nht->hash_buckets)
            for (const neighbour *n = bucket; n; n = n->next)
                visit_queue("neighbour queue", n->arp_queue, v);
    visit_queue("proxy ARP queue", table.proxy_queue, v);
}

void visit_sockets(packet_visitor &v) {
    std::set<const sock *> seen;
    for (const auto &task : this_machine().tasks) {
        if (!task->files) continue;
        for (file *f : task->files->fd)
            if (const socket *s = f ? sock_from_file(f) : nullptr; s && s->sk && seen.insert(s->sk).second)
                visit_sock(s->sk, v);
    }
}

} // namespace

packet_counts &packet_counters() {
    return *counts_;
}

u64 packet_census::in_queues() const {
    u64 sum = 0;
    for (const auto &[where, packets] : standing)
        sum += packets;
    return sum;
}

void packet_visitor::stand_in_chain(const char *where, const sk_buff *first) {
    for (; first; first = first->next)
        stands(where, first);
}

void visit_qdisc(const Qdisc *sch, packet_visitor &v) {
    visit_queue("qdisc", sch->gso_skb, v);
    visit_queue("qdisc", sch->skb_bad_txq, v);
    v.stand_in_chain("qdisc", sch->q.head);
    if (!sch->priv) return;
    if (sch->ops == &pfifo_fast_qdisc_ops) visit_pfifo_fast(sch, v);
    if (sch->ops == &fq_codel_qdisc_ops) visit_fq_codel(sch, v);
    if (sch->ops == &prio_qdisc_ops) visit_prio(sch, v);
    if (sch->ops == &tbf_qdisc_ops) visit_tbf(sch, v);
    if (sch->ops == &netem_qdisc_ops) visit_netem(sch, v);
}

packet_census count_packets() {
    Census census;
    for (unsigned cpu = 0; cpu < nr_cpu_ids(); ++cpu)
        visit_cpu(cpu, census);
    for (net *ns : list_range(net_namespace_list(), &net::list)) {
        for (net_device *dev : list_range(&ns->dev_base_head, &net_device::dev_list))
            visit_device(dev, census);
        if (ns->ipv4.fqdir) visit_fragments(ns->ipv4.fqdir, census);
    }
    visit_neighbours(census);
    visit_sockets(census);
    return census.take();
}

} // namespace skbscope::stack
