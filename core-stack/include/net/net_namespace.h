// SPDX-License-Identifier: GPL-2.0-or-later
// A network namespace: devices, addresses, routes, ports and settings of one "host". Each subsystem keeps its part in a
// struct of its own (net/netns/*.h) and is told of every new and every dying namespace (pernet_operations).
// Linux 6.1: include/net/net_namespace.h
#pragma once

#include "linux/atomic.h"
#include "linux/list.h"
#include "linux/notifier.h"
#include "linux/refcount.h"
#include "linux/types.h"
#include "net/netns/core.h"
#include "net/netns/ipv4.h"
#include "net/netns/mib.h"
#include "net/netns/netfilter.h"
#include "net/netns/xfrm.h"

#include <sched.h> // CLONE_NEWNET

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::stack {

struct net_device;
struct net;

// /proc/sys below net: an entry reads and writes a value as text.
struct ctl_entry {
    std::function<std::string()> get;
    std::function<int(std::string_view)> set; // 0 or -EINVAL
};

inline constexpr unsigned NETDEV_HASHBITS = 8, NETDEV_HASHENTRIES = 1 << NETDEV_HASHBITS;

struct net {
    refcount_t passive;
    refcount_t count;
    std::string name; // as in `ip netns`; the first one, init_net, is ""
    u64 net_cookie = 0;
    int ifindex = 0; // the last one given
    unsigned dev_base_seq = 0;
    atomic_t fnhe_genid;
    list_head list; // all namespaces, in order of creation
    list_head dev_base_head;
    std::vector<hlist_head> dev_index_head = std::vector<hlist_head>(NETDEV_HASHENTRIES);
    raw_notifier_head netdev_chain;
    u32 hash_mix = 0;
    net_device *loopback_dev = nullptr;
    list_head rules_ops;
    netns_core core;
    netns_mib mib;
    netns_ipv4 ipv4;
    netns_nf nf;
    netns_xfrm xfrm;
    std::vector<void *> gen; // pernet_operations::id -> memory
    std::map<std::string, ctl_entry, std::less<>> sysctls;
    u8 trace_host = 0; // model: its id in the trace, 0 = not given yet
};

struct pernet_operations {
    list_head list;
    int (*init)(net *ns) = nullptr; // 0 or a negative errno
    void (*pre_exit)(net *ns) = nullptr;
    void (*exit)(net *ns) = nullptr;
    unsigned *id = nullptr; // set: `size` zeroed bytes a namespace, found with net_generic()
    std::size_t size = 0;
};

// Called in order of registration for a new namespace, in reverse order for a dying one. Namespaces that exist already
// are initialised at once. `ops` must live as long as the machine: keep it in a machine_global (sim/machine_state.h).
int register_pernet_subsys(pernet_operations *ops);
int register_pernet_device(pernet_operations *ops); // after all subsystems
void unregister_pernet_subsys(pernet_operations *ops);
template <class T> [[nodiscard]] T *net_generic(const net *ns, unsigned id) {
    return static_cast<T *>(ns->gen[id]);
}

// The namespace the machine boots with (the kernel's global of that name).
[[nodiscard]] net *init_net();
// A reference to old_net, or a new namespace with CLONE_NEWNET.
[[nodiscard]] net *copy_net_ns(unsigned long flags, net *old_net);
[[nodiscard]] list_head *net_namespace_list();
inline net *get_net(net *ns) {
    refcount_inc(&ns->count);
    return ns;
}
void put_net(net *ns);
[[nodiscard]] inline bool check_net(const net *ns) {
    return refcount_read(&ns->count) != 0;
}
[[nodiscard]] inline bool net_eq(const net *a, const net *b) {
    return a == b;
}
[[nodiscard]] inline u32 net_hash_mix(const net *ns) {
    return ns->hash_mix;
}
[[nodiscard]] inline net *read_pnet(net *const *pnet) {
    return *pnet;
}
inline void write_pnet(net **pnet, net *ns) {
    *pnet = ns;
}
void rt_genid_bump_all(net *ns);

// Makes "net.ipv4.ip_forward" readable and settable in this namespace; a second one of the name replaces the first.
void register_net_sysctl(net *ns, std::string_view name, ctl_entry entry);
void unregister_net_sysctl(net *ns, std::string_view name);
// An integer variable, limited to [min, max]; `changed` runs after a write.
void register_net_sysctl_int(net *ns, std::string_view name, int *value, int min, int max,
                             std::function<void()> changed = {});
void register_net_sysctl_u8(net *ns, std::string_view name, u8 *value, u8 min, u8 max,
                            std::function<void()> changed = {});

int net_ns_init();
void net_namespaces_destroy(); // the machine is switched off

} // namespace skbscope::stack
