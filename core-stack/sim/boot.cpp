// SPDX-License-Identifier: GPL-2.0-or-later
// From power-on to the first process: the initialisers of each part, in the order of the kernel's initcall levels.
#include "sim/boot.h"

#include "linux/if_vlan.h"
#include "linux/netdevice.h"
#include "linux/rtnetlink.h"
#include "linux/skbuff.h"
#include "net/gro.h"
#include "net/net_namespace.h"
#include "sim/cpu.h"

namespace skbscope::stack {

int sock_init();           // net/socket.cpp
int rtnetlink_init();      // net/core/rtnetlink.cpp
int inet_init();           // net/ipv4/af_inet.cpp
int packet_init();         // net/packet/af_packet.cpp
int loopback_init();       // drivers/net/loopback.cpp
int tun_init();            // drivers/net/tun.cpp
int apparmor_nf_ip_init(); // security/apparmor/lsm.cpp

void boot() {
    page_alloc_init();
    sched_init();
    random_init();
    init_timers();
    rcu_init();
    spawn_ksoftirqd();
    workqueue_init();
    // core_initcall: sock_init() sets up the sk_buff caches
    net_ns_init();
    sock_init();
    // subsys_initcall
    net_dev_init();
    rtnetlink_init();
    // fs_initcall
    inet_init();
    ipv4_offload_init();
    vlan_offload_init();
    // device_initcall: init_net gets its lo as every other namespace will
    packet_init();
    vlan_proto_init();
    loopback_init();
    tun_init();
    // late_initcall
    apparmor_nf_ip_init();
}

void shut_down() {
    rtnl_lock(); // whoever configures something is let finish
    net_namespaces_destroy();
    rtnl_unlock();
}

} // namespace skbscope::stack
