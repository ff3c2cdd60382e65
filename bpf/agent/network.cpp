// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/network.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/features.h"
#include "bpf/agent/netfilter.h"
#include "bpf/agent/qdisc.h"
#include "bpf/agent/sysfiles.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <net/if.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

int open_own_namespace() {
    const int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (fd < 0) throw agent_failure("/proc/self/ns/net", errno_text());
    return fd;
}

const char *word_of(unsigned kind) {
    switch (kind) {
    case SKBSCOPE_OP_HOST:
        return "host";
    case SKBSCOPE_OP_VETH:
        return "veth";
    case SKBSCOPE_OP_MAC:
        return "mac";
    case SKBSCOPE_OP_UP:
        return "up";
    case SKBSCOPE_OP_MTU:
        return "mtu";
    case SKBSCOPE_OP_ADDRESS:
        return "address";
    case SKBSCOPE_OP_NEIGHBOUR:
        return "neighbour";
    case SKBSCOPE_OP_ROUTE:
        return "route";
    case SKBSCOPE_OP_FEATURE:
        return "feature";
    case SKBSCOPE_OP_QDISC:
        return "qdisc";
    case SKBSCOPE_OP_SYSCTL:
        return "sysctl";
    case SKBSCOPE_OP_RPS:
        return "rps";
    case SKBSCOPE_OP_NFT_DROP:
        return "netfilter";
    case SKBSCOPE_OP_CARD:
        return "card";
    case SKBSCOPE_OP_CABLE:
        return "cable";
    case SKBSCOPE_OP_VLAN:
        return "vlan";
    case SKBSCOPE_OP_RPS_FLOWS:
        return "rps-flows";
    case SKBSCOPE_OP_SOCK_FLOWS:
        return "rps-sock-flow-entries";
    default:
        return "operation";
    }
}

// Of the machine, not of a namespace: the first one alone has it.
constexpr const char *sock_flows_sysctl = "net.core.rps_sock_flow_entries";

} // namespace

network::network(run_names &names) : names_(names), home_(open_own_namespace()) {}

network::~network() {
    if (!sock_flows_before_.empty()) (void)set_sysctl(std::string(sock_flows_sysctl) + "=" + sock_flows_before_);
    for (const host &h : hosts_)
        close(h.ns);
    close(home_);
}

template <class Work> int network::inside(const host &h, Work &&work) {
    if (setns(h.ns, CLONE_NEWNET) < 0) return errno;
    const int result = work();
    if (setns(home_, CLONE_NEWNET) < 0) throw agent_failure("namespace of the agent", errno_text());
    return result;
}

void network::add_host(const op &o) {
    if (unshare(CLONE_NEWNET) < 0) throw agent_failure("network namespace", errno_text());
    host h{std::string(name_of(o.name)), open_own_namespace(), 0, rtnl_socket()};
    if (setns(home_, CLONE_NEWNET) < 0) throw agent_failure("namespace of the agent", errno_text());
    struct stat s {};
    fstat(h.ns, &s);
    h.inode = static_cast<std::uint32_t>(s.st_ino);
    names_.add_host(h.name, h.inode);
    ifinfomsg up = link_body(1); // lo has index 1 in every namespace
    up.ifi_flags = up.ifi_change = IFF_UP;
    netlink_request request(RTM_NEWLINK, 0);
    if (const int e = h.netlink.talk(request.body(up)); e != 0) throw agent_failure("host " + h.name, errno_text(e));
    hosts_.push_back(std::move(h));
}

int network::ifindex(const op &o) {
    int index = 0;
    errno = 0;
    const std::string name(name_of(o.name));
    (void)inside(of(o), [&] {
        index = static_cast<int>(if_nametoindex(name.c_str()));
        return 0;
    });
    if (index == 0) errno = ENODEV;
    return index;
}

// The agent's own namespace is the machine's first; what stood there is put back in the end.
int network::sock_flows(std::uint32_t entries) {
    const std::string before = sysctl(sock_flows_sysctl);
    const int e = set_sysctl(std::string(sock_flows_sysctl) + "=" + std::to_string(entries));
    if (e == 0 && sock_flows_before_.empty()) sock_flows_before_ = before;
    return e;
}

int network::address(const op &o) {
    const int index = ifindex(o);
    if (index == 0) return errno;
    ifaddrmsg body{};
    body.ifa_family = AF_INET;
    body.ifa_prefixlen = static_cast<__u8>(o.arg[0]);
    body.ifa_index = static_cast<__u32>(index);
    const bool remove = o.arg[1] != 0;
    netlink_request request(remove ? RTM_DELADDR : RTM_NEWADDR,
                            remove ? std::uint16_t{0} : std::uint16_t{NLM_F_CREATE | NLM_F_EXCL});
    request.body(body).put_value(IFA_LOCAL, o.ip).put_value(IFA_ADDRESS, o.ip);
    return of(o).netlink.talk(request);
}

int network::neighbour(const op &o, std::string_view data) {
    const int index = ifindex(o);
    if (index == 0) return errno;
    ndmsg body{};
    body.ndm_family = AF_INET;
    body.ndm_ifindex = index;
    body.ndm_state = static_cast<__u16>(o.arg[0]);
    const bool remove = o.arg[1] != 0;
    netlink_request request(remove ? RTM_DELNEIGH : RTM_NEWNEIGH,
                            remove ? std::uint16_t{0} : std::uint16_t{NLM_F_CREATE | NLM_F_REPLACE});
    request.body(body).put_value(NDA_DST, o.ip);
    if (!data.empty()) request.put(NDA_LLADDR, data.data(), data.size());
    return of(o).netlink.talk(request);
}

// Scope and protocol as iproute2 chooses them.
int network::route(const op &o) {
    const bool remove = o.arg[1] != 0;
    rtmsg body{};
    body.rtm_family = AF_INET;
    body.rtm_dst_len = static_cast<unsigned char>(o.arg[0]);
    body.rtm_table = RT_TABLE_MAIN;
    body.rtm_type = static_cast<unsigned char>(o.arg[2] != 0 ? o.arg[2] : static_cast<__u32>(RTN_UNICAST));
    if (remove) {
        body.rtm_scope = RT_SCOPE_NOWHERE;
    } else {
        body.rtm_protocol = RTPROT_BOOT;
        if (body.rtm_type == RTN_LOCAL) body.rtm_scope = RT_SCOPE_HOST;
        if (body.rtm_type == RTN_UNICAST && o.ip2 == 0) body.rtm_scope = RT_SCOPE_LINK;
    }
    netlink_request request(remove ? RTM_DELROUTE : RTM_NEWROUTE,
                            remove ? std::uint16_t{0} : std::uint16_t{NLM_F_CREATE | NLM_F_EXCL});
    request.body(body);
    if (o.arg[0] != 0) request.put_value(RTA_DST, o.ip);
    if (o.ip2 != 0) request.put_value(RTA_GATEWAY, o.ip2);
    if (o.arg[3] != 0) request.put_value(RTA_PRIORITY, o.arg[3]);
    if (o.arg[4] != 0) request.put_value(RTA_PREFSRC, o.arg[4]);
    if (o.name[0] != 0) {
        const int index = ifindex(o);
        if (index == 0) return errno;
        request.put_value(RTA_OIF, index);
    }
    return of(o).netlink.talk(request);
}

int network::dispatch(const op &o, std::string_view data) {
    const std::string device(name_of(o.name));
    switch (o.kind) {
    case SKBSCOPE_OP_HOST:
        add_host(o);
        return 0;
    case SKBSCOPE_OP_VETH:
        return veth(o);
    case SKBSCOPE_OP_MAC:
    case SKBSCOPE_OP_UP:
    case SKBSCOPE_OP_MTU:
        return link(o, data);
    case SKBSCOPE_OP_ADDRESS:
        return address(o);
    case SKBSCOPE_OP_NEIGHBOUR:
        return neighbour(o, data);
    case SKBSCOPE_OP_ROUTE:
        return route(o);
    case SKBSCOPE_OP_FEATURE:
        return inside(of(o), [&] { return set_feature(device, std::string(data), o.arg[0] != 0); });
    case SKBSCOPE_OP_QDISC: {
        const int index = ifindex(o);
        return index == 0 ? errno : set_root_qdisc(of(o).netlink, index, std::string(data), o.arg[1] != 0);
    }
    case SKBSCOPE_OP_SYSCTL:
        return inside(of(o), [&] { return set_sysctl(std::string(data)); });
    case SKBSCOPE_OP_NFT_DROP:
        return inside(of(o), [&] { return change_rule(std::string(data), o.arg[1] != 0); });
    case SKBSCOPE_OP_RPS:
        return set_rps(of(o).ns, device, o.arg[0], o.arg[1]);
    case SKBSCOPE_OP_RPS_FLOWS:
        return set_rps_flows(of(o).ns, device, o.arg[0], o.arg[1]);
    case SKBSCOPE_OP_SOCK_FLOWS:
        return sock_flows(o.arg[0]);
    case SKBSCOPE_OP_VLAN:
        return vlan(o);
    case SKBSCOPE_OP_CARD:
        throw std::invalid_argument("it is a simulated card: it exists in the model alone");
    default:
        return EOPNOTSUPP;
    }
}

void network::configure(const op &o, std::string_view data) {
    const std::string device = o.name[0] == 0 ? "" : " " + std::string(name_of(o.name));
    const std::string place = "scenario line " + std::to_string(o.line) + ": " + word_of(o.kind) + device;
    try {
        if (const int e = dispatch(o, data); e != 0) throw agent_failure(place, "the kernel says: " + errno_text(e));
    } catch (const std::invalid_argument &wrong) {
        throw agent_failure(place, wrong.what(), 2);
    }
}

std::map<std::string, std::string> network::settings() {
    std::map<std::string, std::string> values;
    if (hosts_.empty()) return values;
    (void)inside(hosts_.front(), [&values] {
        for (const char *name : {"net.ipv4.ip_local_port_range", "net.ipv4.ip_forward", "net.ipv4.ip_early_demux",
                                 "net.ipv4.udp_early_demux", "net.ipv4.tcp_early_demux", "net.core.default_qdisc"})
            if (std::string value = sysctl(name); !value.empty()) values[name] = std::move(value);
        return 0;
    });
    return values;
}

std::size_t network::set_up(const op_list &list) {
    // Carrier changes and queue activation of new devices take place in the background, up to a second late.
    constexpr useconds_t settle_us = 300'000;
    std::size_t i = 0;
    for (; i < list.ops.size() && is_configuration(list.ops[i]) && list.ops[i].step == no_step; ++i)
        configure(list.ops[i], list.data_of(list.ops[i]));
    find_devices();
    usleep(settle_us);
    return i;
}

void network::find_devices() {
    for (host &h : hosts_) {
        netlink_request request(RTM_GETLINK, NLM_F_DUMP);
        request.body(link_body(0));
        (void)h.netlink.dump(request, [this, &h](const nlmsghdr &m) {
            if (m.nlmsg_type != RTM_NEWLINK) return;
            const auto *body = static_cast<const ifinfomsg *>(NLMSG_DATA(&m));
            auto left = static_cast<int>(IFLA_PAYLOAD(&m));
            for (const rtattr *a = IFLA_RTA(body); RTA_OK(a, left); a = RTA_NEXT(a, left))
                if (a->rta_type == IFLA_IFNAME)
                    names_.add_device(static_cast<const char *>(RTA_DATA(a)), h.inode,
                                      static_cast<std::uint32_t>(body->ifi_index));
        });
    }
}

} // namespace skbscope::bpf
