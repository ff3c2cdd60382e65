// SPDX-License-Identifier: GPL-2.0-or-later
// The addresses that a device listens to beside its own: each with the number of its users. A device on top of another
// one hands its list down, which counts as one user there. Linux 6.1: net/core/dev_addr_lists.c
#include "linux/bug.h"
#include "linux/errno.h"
#include "linux/netdevice.h"

#include <cstring>

namespace skbscope::stack {

namespace {

struct use { // what kind of user
    bool global = false;
    bool sync = false;
};

netdev_hw_addr *__hw_addr_create(const u8 *addr, int addr_len, u8 addr_type, use u) {
    auto *ha = new netdev_hw_addr;
    std::memcpy(ha->addr.data(), addr, static_cast<std::size_t>(addr_len));
    ha->type = addr_type;
    ha->global_use = u.global;
    ha->synced = u.sync ? 1 : 0;
    return ha;
}

netdev_hw_addr *__hw_addr_lookup(netdev_hw_addr_list *list, const u8 *addr, int addr_len, u8 addr_type) {
    for (netdev_hw_addr *ha : list_entries(&list->list, &netdev_hw_addr::list))
        if (ha->type == addr_type && std::memcmp(ha->addr.data(), addr, static_cast<std::size_t>(addr_len)) == 0)
            return ha;
    return nullptr;
}

// One more user of an address that is there.
int one_more(netdev_hw_addr *ha, use u, int sync_count, bool exclusive) {
    if (exclusive) return -EEXIST;
    if (u.global) {
        if (ha->global_use) return 0;
        ha->global_use = true;
    }
    if (u.sync) {
        if (ha->synced != 0 && sync_count != 0) return -EEXIST;
        ++ha->synced;
    }
    ++ha->refcount;
    return 0;
}

// Linux 6.1: net/core/dev_addr_lists.c
int __hw_addr_add_ex(netdev_hw_addr_list *list, const u8 *addr, int addr_len, u8 addr_type, use u, int sync_count,
                     bool exclusive) {
    TRACE_FN();
    if (netdev_hw_addr *ha = __hw_addr_lookup(list, addr, addr_len, addr_type))
        return TRACE_RET(one_more(ha, u, sync_count, exclusive));
    list_add_tail_rcu(&__hw_addr_create(addr, addr_len, addr_type, u)->list, &list->list);
    ++list->count;
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev_addr_lists.c
int __hw_addr_del_entry(netdev_hw_addr_list *list, netdev_hw_addr *ha, use u) {
    TRACE_FN();
    if ((u.global && !ha->global_use) || (u.sync && ha->synced == 0)) return TRACE_RET(-ENOENT);
    if (u.global) ha->global_use = false;
    if (u.sync) --ha->synced;
    if (--ha->refcount != 0) return TRACE_RET(0);
    list_del(&ha->list);
    delete ha;
    --list->count;
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev_addr_lists.c
int __hw_addr_del_ex(netdev_hw_addr_list *list, const u8 *addr, int addr_len, u8 addr_type, use u) {
    TRACE_FN();
    netdev_hw_addr *ha = __hw_addr_lookup(list, addr, addr_len, addr_type);
    return TRACE_RET(ha ? __hw_addr_del_entry(list, ha, u) : -ENOENT);
}

// Linux 6.1: net/core/dev_addr_lists.c
int __hw_addr_sync_one(netdev_hw_addr_list *to_list, netdev_hw_addr *ha, int addr_len) {
    TRACE_FN();
    const int err = __hw_addr_add_ex(to_list, ha->addr.data(), addr_len, ha->type, {.sync = true}, ha->sync_cnt, false);
    if (err != 0 && err != -EEXIST) return TRACE_RET(err);
    if (err == 0) {
        ++ha->sync_cnt;
        ++ha->refcount;
    }
    return TRACE_RET(0);
}

void __hw_addr_unsync_one(netdev_hw_addr_list *to_list, netdev_hw_addr_list *from_list, netdev_hw_addr *ha,
                          int addr_len) {
    if (__hw_addr_del_ex(to_list, ha->addr.data(), addr_len, ha->type, {.sync = true}) != 0) return;
    --ha->sync_cnt;
    __hw_addr_del_entry(from_list, ha, {});
}

// Linux 6.1: net/core/dev_addr_lists.c
int __hw_addr_sync(netdev_hw_addr_list *to_list, netdev_hw_addr_list *from_list, int addr_len) {
    TRACE_FN();
    for (netdev_hw_addr *ha : list_entries(&from_list->list, &netdev_hw_addr::list))
        if (ha->sync_cnt == 0) {
            if (const int err = __hw_addr_sync_one(to_list, ha, addr_len); err != 0) return TRACE_RET(err);
        } else if (ha->refcount == 1) { // nobody but the lower device has it
            __hw_addr_unsync_one(to_list, from_list, ha, addr_len);
        }
    return TRACE_RET(0);
}

// Linux 6.1: net/core/dev_addr_lists.c
void __hw_addr_unsync(netdev_hw_addr_list *to_list, netdev_hw_addr_list *from_list, int addr_len) {
    TRACE_FN();
    for (netdev_hw_addr *ha : list_entries(&from_list->list, &netdev_hw_addr::list))
        if (ha->sync_cnt != 0) __hw_addr_unsync_one(to_list, from_list, ha, addr_len);
}

// Linux 6.1: net/core/dev_addr_lists.c
void __hw_addr_flush(netdev_hw_addr_list *list) {
    TRACE_FN();
    for (netdev_hw_addr *ha : list_entries(&list->list, &netdev_hw_addr::list)) {
        list_del(&ha->list);
        delete ha;
    }
    list->count = 0;
}

// Linux 6.1: net/core/dev_addr_lists.c
int __dev_mc_add(net_device *dev, const u8 *addr, bool global) {
    TRACE_FN();
    const int err =
        __hw_addr_add_ex(&dev->mc, addr, dev->addr_len, NETDEV_HW_ADDR_T_MULTICAST, {.global = global}, 0, false);
    if (err == 0) __dev_set_rx_mode(dev);
    return TRACE_RET(err);
}

// Linux 6.1: net/core/dev_addr_lists.c
int __dev_mc_del(net_device *dev, const u8 *addr, bool global) {
    TRACE_FN();
    const int err = __hw_addr_del_ex(&dev->mc, addr, dev->addr_len, NETDEV_HW_ADDR_T_MULTICAST, {.global = global});
    if (err == 0) __dev_set_rx_mode(dev);
    return TRACE_RET(err);
}

int uc_add(net_device *dev, const u8 *addr, bool exclusive) {
    const int err =
        __hw_addr_add_ex(&dev->uc, addr, dev->addr_len, NETDEV_HW_ADDR_T_UNICAST, {.global = exclusive}, 0, exclusive);
    if (err == 0) __dev_set_rx_mode(dev);
    return err;
}

} // namespace

netdev_hw_addr_list::~netdev_hw_addr_list() {
    while (!list_empty(&list)) {
        netdev_hw_addr *ha = list_entry(list.next, &netdev_hw_addr::list);
        list_del(&ha->list);
        delete ha;
    }
}

// Linux 6.1: net/core/dev_addr_lists.c
int dev_uc_add(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(uc_add(dev, addr, false));
}
int dev_uc_add_excl(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(uc_add(dev, addr, true));
}
int dev_uc_del(net_device *dev, const u8 *addr) {
    TRACE_FN();
    const int err = __hw_addr_del_ex(&dev->uc, addr, dev->addr_len, NETDEV_HW_ADDR_T_UNICAST, {});
    if (err == 0) __dev_set_rx_mode(dev);
    return TRACE_RET(err);
}
int dev_mc_add(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(__dev_mc_add(dev, addr, false));
}
int dev_mc_add_global(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(__dev_mc_add(dev, addr, true));
}
int dev_mc_add_excl(net_device *dev, const u8 *addr) {
    TRACE_FN();
    const int err =
        __hw_addr_add_ex(&dev->mc, addr, dev->addr_len, NETDEV_HW_ADDR_T_MULTICAST, {.global = true}, 0, true);
    if (err == 0) __dev_set_rx_mode(dev);
    return TRACE_RET(err);
}
int dev_mc_del(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(__dev_mc_del(dev, addr, false));
}
int dev_mc_del_global(net_device *dev, const u8 *addr) {
    TRACE_FN();
    return TRACE_RET(__dev_mc_del(dev, addr, true));
}

// Linux 6.1: net/core/dev_addr_lists.c
int dev_uc_sync(net_device *to, net_device *from) {
    TRACE_FN();
    if (to->addr_len != from->addr_len) return TRACE_RET(-EINVAL);
    const int err = __hw_addr_sync(&to->uc, &from->uc, to->addr_len);
    if (err == 0) __dev_set_rx_mode(to);
    return TRACE_RET(err);
}
int dev_mc_sync(net_device *to, net_device *from) {
    TRACE_FN();
    if (to->addr_len != from->addr_len) return TRACE_RET(-EINVAL);
    const int err = __hw_addr_sync(&to->mc, &from->mc, to->addr_len);
    if (err == 0) __dev_set_rx_mode(to);
    return TRACE_RET(err);
}
void dev_uc_unsync(net_device *to, net_device *from) {
    TRACE_FN();
    if (to->addr_len != from->addr_len) return;
    __hw_addr_unsync(&to->uc, &from->uc, to->addr_len);
    __dev_set_rx_mode(to);
}
void dev_mc_unsync(net_device *to, net_device *from) {
    TRACE_FN();
    if (to->addr_len != from->addr_len) return;
    __hw_addr_unsync(&to->mc, &from->mc, to->addr_len);
    __dev_set_rx_mode(to);
}
void dev_uc_flush(net_device *dev) {
    TRACE_FN();
    __hw_addr_flush(&dev->uc);
}
void dev_mc_flush(net_device *dev) {
    TRACE_FN();
    __hw_addr_flush(&dev->mc);
}

} // namespace skbscope::stack
