// SPDX-License-Identifier: GPL-2.0-or-later
// Building netlink messages and handing them to a group. Linux 6.1: net/netlink/af_netlink.c, lib/nlattr.c. The model
// has no netlink sockets: a message to a group finds no listener and is freed, as on a machine where nobody watches.
#include "linux/netlink.h"

#include "linux/errno.h"
#include "linux/rtnetlink.h"
#include "linux/trace_fn.h"

#include <cstring>

namespace skbscope::stack {

sk_buff *nlmsg_new(size_t payload) {
    return alloc_skb(static_cast<unsigned>(nlmsg_total_size(static_cast<int>(payload))), GFP_ATOMIC);
}

nlmsghdr *nlmsg_put(sk_buff *skb, u32 portid, u32 seq, int type, int payload, int flags) {
    const int size = nlmsg_msg_size(payload);
    if (skb_tailroom(skb) < nlmsg_total_size(payload)) return nullptr;
    auto *nlh = static_cast<nlmsghdr *>(skb_put(skb, static_cast<unsigned>(NLMSG_ALIGN(size))));
    nlh->nlmsg_len = static_cast<u32>(size);
    nlh->nlmsg_type = static_cast<u16>(type);
    nlh->nlmsg_flags = static_cast<u16>(flags);
    nlh->nlmsg_seq = seq;
    nlh->nlmsg_pid = portid;
    std::memset(reinterpret_cast<u8 *>(nlmsg_data(nlh)) + payload, 0, static_cast<size_t>(NLMSG_ALIGN(size) - size));
    return nlh;
}

void nlmsg_end(sk_buff *skb, nlmsghdr *nlh) {
    nlh->nlmsg_len = static_cast<u32>(skb_tail_pointer(skb) - reinterpret_cast<u8 *>(nlh));
}

void nlmsg_free(sk_buff *skb) {
    kfree_skb(skb);
}

int nla_put(sk_buff *skb, int attrtype, int attrlen, const void *data) {
    if (skb_tailroom(skb) < nla_total_size(attrlen)) return -EMSGSIZE;
    auto *nla = static_cast<nlattr *>(skb_put(skb, static_cast<unsigned>(nla_total_size(attrlen))));
    nla->nla_type = static_cast<u16>(attrtype);
    nla->nla_len = static_cast<u16>(nla_attr_size(attrlen));
    auto *value = static_cast<u8 *>(nla_data(nla));
    std::memcpy(value, data, static_cast<size_t>(attrlen));
    std::memset(value + attrlen, 0, static_cast<size_t>(nla_padlen(attrlen)));
    return 0;
}

namespace {

// Gives memory back when less than half of the buffer is used.
sk_buff *netlink_trim(sk_buff *skb) {
    TRACE_FN(skb);
    const u32 delta = skb->end - skb->tail;
    if (delta * 2 < skb->truesize) return TRACE_RET(skb);
    if (skb_shared(skb)) {
        sk_buff *nskb = skb_clone(skb, GFP_ATOMIC);
        if (!nskb) return TRACE_RET(skb);
        consume_skb(skb);
        skb = nskb;
    }
    (void)pskb_expand_head(skb, 0, -static_cast<int>(delta), GFP_ATOMIC);
    return TRACE_RET(skb);
}

int netlink_broadcast(sk_buff *skb) {
    TRACE_FN(skb);
    skb = netlink_trim(skb);
    sk_buff *copy_for_last_listener = nullptr; // there are none
    consume_skb(skb);
    consume_skb(copy_for_last_listener);
    return TRACE_RET(-ESRCH);
}

} // namespace

int nlmsg_notify(sock *, sk_buff *skb, u32, unsigned group, int report) {
    TRACE_FN(skb);
    int err = 0;
    if (group != 0) {
        if (report) (void)skb_get(skb);
        err = netlink_broadcast(skb);
        if (err == -ESRCH) err = 0;
    }
    if (report) {
        kfree_skb(skb);
        if (!err) err = -ECONNREFUSED;
    }
    return TRACE_RET(err);
}

bool netlink_has_listeners(const sock *, unsigned) {
    return false;
}

} // namespace skbscope::stack
