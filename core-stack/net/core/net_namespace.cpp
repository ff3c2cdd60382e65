// SPDX-License-Identifier: GPL-2.0-or-later
// Network namespaces: made by asking every subsystem, in order, to set up its part; undone in reverse order.
// Linux 6.1: net/core/net_namespace.c
#include "net/net_namespace.h"

#include "linux/errno.h"
#include "linux/netdevice.h"
#include "linux/random.h"
#include "linux/rcupdate.h"
#include "linux/rtnetlink.h"
#include "linux/slab.h"
#include "linux/trace_fn.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {

namespace {

struct namespaces {
    list_head all; // struct net
    list_head operations;
    list_head *first_device = &operations; // subsystems stand before it
    net *first = nullptr;
    unsigned next_id = 0;
    u64 next_cookie = 1;
};
machine_global<namespaces> ns_;

int ops_init(const pernet_operations *ops, net *ns) {
    if (ops->id && ops->size) {
        if (ns->gen.size() <= *ops->id) ns->gen.resize(*ops->id + 1, nullptr);
        ns->gen[*ops->id] = kzalloc(ops->size);
    }
    return ops->init ? ops->init(ns) : 0;
}

void ops_free(const pernet_operations *ops, net *ns) {
    if (!ops->id || !ops->size) return;
    kfree(ns->gen[*ops->id]);
    ns->gen[*ops->id] = nullptr;
}

// Undoes what comes before `end` in the list, last first.
void undo(net *ns, list_head *end) {
    for (list_head *l = end->prev; l != &ns_->operations; l = l->prev)
        if (const pernet_operations *ops = list_entry(l, &pernet_operations::list); ops->pre_exit) ops->pre_exit(ns);
    rcu_barrier();
    for (list_head *l = end->prev; l != &ns_->operations; l = l->prev)
        if (const pernet_operations *ops = list_entry(l, &pernet_operations::list); ops->exit) ops->exit(ns);
    rcu_barrier();
    for (list_head *l = end->prev; l != &ns_->operations; l = l->prev)
        ops_free(list_entry(l, &pernet_operations::list), ns);
}

// Linux 6.1: net/core/net_namespace.c
int setup_net(net *ns) {
    refcount_set(&ns->count, 1);
    refcount_set(&ns->passive, 1);
    ns->hash_mix = get_random_u32();
    ns->net_cookie = ns_->next_cookie++;
    for (list_head *l = ns_->operations.next; l != &ns_->operations; l = l->next)
        if (const int err = ops_init(list_entry(l, &pernet_operations::list), ns); err < 0) {
            undo(ns, l);
            return err;
        }
    list_add_tail_rcu(&ns->list, &ns_->all);
    return 0;
}

void destroy(net *ns) {
    list_del(&ns->list);
    undo(ns, &ns_->operations);
    delete ns;
}

int register_pernet_operations(list_head *before, pernet_operations *ops) {
    if (ops->id) *ops->id = ns_->next_id++;
    list_add_tail(&ops->list, before);
    for (net *ns : list_entries(&ns_->all, &net::list))
        if (const int err = ops_init(ops, ns); err < 0) return err;
    return 0;
}

// The last thing to be set up and the first to be undone: no device may outlive what others keep for it.
// Linux 6.1: net/core/dev.c (default_device_exit_batch(); physical devices would move to init_net)
void default_device_exit(net *ns) {
    rtnl_lock();
    while (!list_empty(&ns->dev_base_head)) {
        net_device *dev = list_entry(ns->dev_base_head.prev, &net_device::dev_list);
        if (dev->rtnl_link_ops && dev->rtnl_link_ops->dellink)
            dev->rtnl_link_ops->dellink(dev);
        else
            unregister_netdevice(dev);
    }
    rtnl_unlock();
    netdev_run_todo(); // at once, also when the caller goes on holding the lock: the namespace is about to go
}

machine_global<pernet_operations> default_device_ops;

} // namespace

int net_ns_init() {
    ns_->first = new net;
    default_device_ops->exit = default_device_exit;
    setup_net(ns_->first);
    list_add_tail(&default_device_ops->list, &ns_->operations);
    ns_->first_device = &default_device_ops->list;
    return 0;
}

void net_namespaces_destroy() {
    while (!list_empty(&ns_->all))
        destroy(list_entry(ns_->all.prev, &net::list));
}

int register_pernet_subsys(pernet_operations *ops) {
    return register_pernet_operations(ns_->first_device, ops);
}

// Linux 6.1: net/core/net_namespace.c
int register_pernet_device(pernet_operations *ops) {
    // Behind all subsystems, before the operations that take the devices away.
    const int err = register_pernet_operations(&default_device_ops->list, ops);
    if (!err && ns_->first_device == &default_device_ops->list) ns_->first_device = &ops->list;
    return err;
}

void unregister_pernet_subsys(pernet_operations *ops) {
    for (net *ns : list_entries(&ns_->all, &net::list)) {
        if (ops->pre_exit) ops->pre_exit(ns);
        if (ops->exit) ops->exit(ns);
        ops_free(ops, ns);
    }
    if (ns_->first_device == &ops->list) ns_->first_device = ops->list.next;
    list_del(&ops->list);
}

net *init_net() {
    return ns_->first;
}
list_head *net_namespace_list() {
    return &ns_->all;
}

// Linux 6.1: net/core/net_namespace.c
net *copy_net_ns(unsigned long flags, net *old_net) {
    TRACE_FN();
    if (!(flags & CLONE_NEWNET)) return get_net(old_net);
    auto *ns = new net;
    if (setup_net(ns) < 0) {
        delete ns;
        return nullptr;
    }
    return ns;
}

void put_net(net *ns) {
    if (refcount_dec_and_test(&ns->count)) destroy(ns);
}

} // namespace skbscope::stack
