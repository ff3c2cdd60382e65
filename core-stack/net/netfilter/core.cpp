// SPDX-License-Identifier: GPL-2.0-or-later
// Registering hooks and walking them. Linux 6.1: net/netfilter/core.c, include/linux/netfilter.h
#include "linux/netfilter.h"

#include "linux/errno.h"
#include "linux/netdevice.h"
#include "linux/rcupdate.h"
#include "linux/skbuff.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"

#include <algorithm>

namespace skbscope::stack {

namespace {

// Where the hooks of a point hang; null: this family has no such point.
nf_hook_entries **nf_hook_entry_head(net *ns, u8 pf, unsigned hooknum, net_device *dev) {
    if (pf == NFPROTO_IPV4 && hooknum < NF_INET_NUMHOOKS) return &ns->nf.hooks_ipv4[hooknum];
    if (pf == NFPROTO_ARP && hooknum < NF_ARP_NUMHOOKS) return &ns->nf.hooks_arp[hooknum];
    if (pf == NFPROTO_NETDEV && hooknum == NF_NETDEV_INGRESS && dev && net_eq(dev_net(dev), ns))
        return &dev->nf_hooks_ingress;
    return nullptr;
}

} // namespace

int nf_register_net_hook(net *ns, const nf_hook_ops *ops) {
    nf_hook_entries **head = nf_hook_entry_head(ns, ops->pf, ops->hooknum, ops->dev);
    if (!head) return -EINVAL;
    if (!*head) *head = new nf_hook_entries;
    auto &hooks = (*head)->hooks;
    auto later = std::find_if(hooks.begin(), hooks.end(),
                              [&](const nf_hook_entry &e) { return e.orig_ops->priority > ops->priority; });
    hooks.insert(later, {ops->hook, ops->priv, ops});
    if (ops->pf == NFPROTO_NETDEV) net_inc_ingress_queue();
    return 0;
}

void nf_unregister_net_hook(net *ns, const nf_hook_ops *ops) {
    nf_hook_entries **head = nf_hook_entry_head(ns, ops->pf, ops->hooknum, ops->dev);
    if (!head || !*head) return;
    const auto gone = std::erase_if((*head)->hooks, [&](const nf_hook_entry &e) { return e.orig_ops == ops; });
    if (gone != 0 && ops->pf == NFPROTO_NETDEV) net_dec_ingress_queue();
    if (!(*head)->hooks.empty()) return;
    delete *head;
    *head = nullptr;
}

int nf_hook_slow(sk_buff *skb, nf_hook_state *state, const nf_hook_entries *e, unsigned s) {
    TRACE_FN(skb);
    for (; s < e->hooks.size(); ++s) {
        const unsigned verdict = e->hooks[s].hook(e->hooks[s].priv, skb, state);
        switch (verdict & NF_VERDICT_MASK) {
        case NF_ACCEPT:
            break;
        case NF_DROP: {
            kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
            const int ret = NF_DROP_GETERR(verdict);
            return TRACE_RET(ret == 0 ? -EPERM : ret);
        }
        case NF_STOLEN:
            return TRACE_RET(NF_DROP_GETERR(verdict));
        default: // a queue to user space: the model has none
            return TRACE_RET(0);
        }
    }
    return TRACE_RET(1);
}

bool nf_hook_ingress_active(const sk_buff *skb) {
    return skb->dev->nf_hooks_ingress != nullptr;
}

// Linux 6.1: include/linux/netfilter_netdev.h
int nf_hook_ingress(sk_buff *skb) {
    TRACE_FN(skb);
    if (!skb->dev->nf_hooks_ingress) return TRACE_RET(0); // gone since nf_hook_ingress_active()
    nf_hook_state state{NF_NETDEV_INGRESS, NFPROTO_NETDEV, skb->dev, nullptr, nullptr, dev_net(skb->dev), nullptr};
    const int ret = nf_hook_slow(skb, &state, skb->dev->nf_hooks_ingress, 0);
    return TRACE_RET(ret == 0 ? -1 : ret); // a hook that took the packet: for the caller it is gone, too
}

void nf_hook_slow_list(list_head *head, nf_hook_state *state, const nf_hook_entries *e) {
    TRACE_FN();
    list_head passed;
    while (!list_empty(head)) {
        sk_buff *skb = skb_of_list(head->next);
        list_del(skb_list(skb));
        skb_mark_not_on_list(skb);
        if (nf_hook_slow(skb, state, e, 0) == 1) list_add_tail(skb_list(skb), &passed);
    }
    list_splice_init(&passed, head);
}

void NF_HOOK_LIST(u8 pf, unsigned hook, net *ns, sock *sk, list_head *head, net_device *in, net_device *out,
                  nf_okfn okfn) {
    rcu_read_lock();
    nf_hook_entries **entries = nf_hook_entry_head(ns, pf, hook, nullptr);
    if (entries && *entries) {
        nf_hook_state state{static_cast<u8>(hook), pf, in, out, sk, ns, okfn};
        nf_hook_slow_list(head, &state, *entries);
    }
    rcu_read_unlock();
}

int nf_hook(u8 pf, unsigned hook, net *ns, sock *sk, sk_buff *skb, net_device *in, net_device *out, nf_okfn okfn) {
    int ret = 1;
    rcu_read_lock();
    nf_hook_entries **head = nf_hook_entry_head(ns, pf, hook, nullptr);
    if (head && *head) {
        nf_hook_state state{static_cast<u8>(hook), pf, in, out, sk, ns, okfn};
        ret = nf_hook_slow(skb, &state, *head, 0);
    }
    rcu_read_unlock();
    return ret;
}

} // namespace skbscope::stack
