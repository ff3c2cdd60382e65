// SPDX-License-Identifier: GPL-2.0-or-later
// Hook points: places where registered functions look at a packet and say what becomes of it.
// Linux 6.1: include/linux/netfilter.h, include/uapi/linux/netfilter.h
#pragma once

#include "linux/types.h"

#include <vector>

namespace skbscope::stack {

struct list_head;
struct net;
struct net_device;
struct sk_buff;
struct sock;

// Verdicts. NF_STOLEN: the hook owns the packet now. NF_QUEUE and NF_REPEAT have no user in the model.
inline constexpr unsigned NF_DROP = 0, NF_ACCEPT = 1, NF_STOLEN = 2, NF_QUEUE = 3, NF_REPEAT = 4;
inline constexpr unsigned NF_VERDICT_MASK = 0x000000ff, NF_VERDICT_QBITS = 16;
constexpr int NF_DROP_GETERR(unsigned verdict) {
    return -static_cast<int>(verdict >> NF_VERDICT_QBITS);
}

inline constexpr u8 NFPROTO_IPV4 = 2, NFPROTO_ARP = 3, NFPROTO_NETDEV = 5, NFPROTO_IPV6 = 10;

inline constexpr unsigned NF_INET_PRE_ROUTING = 0, NF_INET_LOCAL_IN = 1, NF_INET_FORWARD = 2, NF_INET_LOCAL_OUT = 3,
                          NF_INET_POST_ROUTING = 4, NF_INET_NUMHOOKS = 5;
inline constexpr unsigned NF_ARP_IN = 0, NF_ARP_OUT = 1, NF_ARP_FORWARD = 2, NF_ARP_NUMHOOKS = 3;
inline constexpr unsigned NF_NETDEV_INGRESS = 0; // of one device: nf_hook_ops::dev

using nf_okfn = int (*)(net *, sock *, sk_buff *);

struct nf_hook_state {
    u8 hook;
    u8 pf;
    net_device *in;
    net_device *out;
    struct sock *sk;
    struct net *net;
    nf_okfn okfn; // what follows when every hook accepts
};

using nf_hookfn = unsigned(void *priv, sk_buff *skb, const nf_hook_state *state);

// What a module registers. Hooks run in ascending priority.
struct nf_hook_ops {
    nf_hookfn *hook = nullptr;
    net_device *dev = nullptr;
    void *priv = nullptr;
    u8 pf = 0;
    unsigned hooknum = 0;
    int priority = 0;
};

struct nf_hook_entry {
    nf_hookfn *hook;
    void *priv;
    const nf_hook_ops *orig_ops; // kept in a trailer of the array in the kernel
};

// The hooks of one point, sorted. An empty one is not kept: the pointer in netns_nf is null then.
struct nf_hook_entries {
    std::vector<nf_hook_entry> hooks;
};

// 0, or a negative errno. `ops` stays the caller's and must outlive the registration.
int nf_register_net_hook(net *ns, const nf_hook_ops *ops);
void nf_unregister_net_hook(net *ns, const nf_hook_ops *ops);
// The hooks of packets that come in through skb->dev, if there are any. Linux 6.1: include/linux/netfilter_netdev.h
[[nodiscard]] bool nf_hook_ingress_active(const sk_buff *skb);
int nf_hook_ingress(sk_buff *skb); // >= 0: accepted, go on; < 0: the packet is gone

// 1: accepted, go on. Else the packet is gone: 0 stolen, negative errno dropped.
int nf_hook_slow(sk_buff *skb, nf_hook_state *state, const nf_hook_entries *e, unsigned i);
// The same for each packet of a list; those that no hook took stay on it.
void nf_hook_slow_list(list_head *head, nf_hook_state *state, const nf_hook_entries *e);
void NF_HOOK_LIST(u8 pf, unsigned hook, net *ns, sock *sk, list_head *head, net_device *in, net_device *out,
                  nf_okfn okfn);
int nf_hook(u8 pf, unsigned hook, net *ns, sock *sk, sk_buff *skb, net_device *in, net_device *out, nf_okfn okfn);

// An answer to a tracked packet belongs to its connection. The model has no connection tracking: nothing to attach.
void nf_ct_attach(sk_buff *answer, const sk_buff *skb);

inline int NF_HOOK(u8 pf, unsigned hook, net *ns, sock *sk, sk_buff *skb, net_device *in, net_device *out,
                   nf_okfn okfn) {
    int ret = nf_hook(pf, hook, ns, sk, skb, in, out, okfn);
    return ret == 1 ? okfn(ns, sk, skb) : ret;
}
inline int NF_HOOK_COND(u8 pf, unsigned hook, net *ns, sock *sk, sk_buff *skb, net_device *in, net_device *out,
                        nf_okfn okfn, bool cond) {
    int ret = 1;
    if (!cond || (ret = nf_hook(pf, hook, ns, sk, skb, in, out, okfn)) == 1) ret = okfn(ns, sk, skb);
    return ret;
}

} // namespace skbscope::stack
