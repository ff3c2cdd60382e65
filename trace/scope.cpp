// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/scope.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
using Names = std::span<const std::string_view>;

bool starts_with_any(std::string_view s, Names prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [s](std::string_view p) { return s.starts_with(p); });
}
bool contains_any(std::string_view s, Names parts) {
    return std::any_of(parts.begin(), parts.end(), [s](std::string_view p) { return s.find(p) != s.npos; });
}

constexpr std::string_view scope_files[] = {
    "net/core/",
    "net/ipv4/",
    "net/sched/",
    "net/ethernet/",
    "net/socket.c",
    "net/netfilter/core.c",
    "net/packet/",
    "net/8021q/",
    "drivers/net/veth.c",
    "drivers/net/tun.c",
    "drivers/net/loopback.c",
    "kernel/softirq.c",
    "include/linux/skbuff.h",
    "include/linux/netdevice.h",
    "include/net/",
};
// Files of net/ that implement something beside the packet's path (prefixes: sysctl_net_core.c, net_namespace.c, ...).
constexpr std::string_view beside_the_path[] = {
    "net/core/sock_map",
    "net/core/bpf_sk_storage",
    "net/core/drop_monitor",
    "net/core/netprio_cgroup",
    "net/core/netclassid_cgroup",
    "net/core/timestamping",
    "net/core/net_namespace",
    "net/core/sysctl",
    "net/core/secure_seq",
    "net/core/skmsg",
    "net/ipv4/tcp_bpf",
    "net/ipv4/udp_bpf",
    "net/ipv4/cipso",
    "net/ipv4/esp",
    "net/ipv4/ah4",
};
// Timer interrupts that happen to land inside the watched window.
constexpr std::string_view noise[] = {"irq_enter_rcu", "irq_exit_rcu", "raise_softirq", "tcp_orphan_update",
                                      "tcp_orphan_count_sum"};

struct FileLayer {
    std::string_view prefix;
    Layer layer;
};
// First match wins, so the special stands before the general.
constexpr FileLayer file_layers[] = {
    // sockets
    {"net/socket.c", Layer::application},
    {"net/core/sock_destructor.h", Layer::application},
    {"net/core/sock", Layer::application}, // sock.c, sock_diag.c, sock_reuseport.c
    {"net/core/stream.c", Layer::application},
    {"net/core/datagram.c", Layer::application},
    {"net/core/scm.c", Layer::application},
    {"net/core/filter.c", Layer::application},
    {"net/ipv4/af_inet.c", Layer::application},
    {"net/packet/", Layer::application},
    {"include/net/sock.h", Layer::application},
    {"include/net/inet_sock.h", Layer::application},
    {"include/net/inet_common.h", Layer::application},
    {"include/net/scm.h", Layer::application},
    // transport; raw and ping sockets stand where UDP stands
    {"net/ipv4/udp", Layer::transport},
    {"net/ipv4/tcp", Layer::transport},
    {"net/ipv4/inet_hashtables.c", Layer::transport},
    {"net/ipv4/inet_connection_sock.c", Layer::transport},
    {"net/ipv4/inet_timewait_sock.c", Layer::transport},
    {"net/ipv4/datagram.c", Layer::transport},
    {"net/ipv4/raw", Layer::transport},
    {"net/ipv4/ping.c", Layer::transport},
    {"net/ipv4/syncookies.c", Layer::transport},
    {"net/core/request_sock.c", Layer::transport},
    {"net/core/secure_seq.c", Layer::transport},
    {"include/net/tcp.h", Layer::transport},
    {"include/net/udp", Layer::transport},
    {"include/net/raw.h", Layer::transport},
    {"include/net/inet_hashtables.h", Layer::transport},
    {"include/net/inet_connection_sock.h", Layer::transport},
    {"include/net/inet_timewait_sock.h", Layer::transport},
    {"include/net/request_sock.h", Layer::transport},
    // link
    {"net/ipv4/arp.c", Layer::link},
    {"net/core/neighbour.c", Layer::link},
    {"net/core/netevent.c", Layer::link},
    {"net/ethernet/", Layer::link},
    {"net/8021q/", Layer::link},
    {"include/net/arp.h", Layer::link},
    {"include/net/neighbour.h", Layer::link},
    // network
    {"net/ipv4/", Layer::network},
    {"net/netfilter/", Layer::network},
    {"net/core/dst", Layer::network},
    {"net/core/fib_", Layer::network},
    {"net/core/lwt", Layer::network},
    {"include/net/ip.h", Layer::network},
    {"include/net/ip_", Layer::network},
    {"include/net/route.h", Layer::network},
    {"include/net/dst", Layer::network},
    {"include/net/flow.h", Layer::network},
    {"include/net/icmp.h", Layer::network},
    {"include/net/inet_ecn.h", Layer::network},
    {"include/net/inet_frag.h", Layer::network},
    {"include/net/inetpeer.h", Layer::network},
    {"include/net/l3mdev.h", Layer::network},
    {"include/net/lwtunnel.h", Layer::network},
    {"include/net/nexthop.h", Layer::network},
    {"include/net/fib_rules.h", Layer::network},
    {"include/net/netfilter/", Layer::network},
    {"include/net/xfrm.h", Layer::network},
    // queues, softirqs
    {"kernel/softirq.c", Layer::queue},
    {"net/sched/", Layer::queue},
    {"net/core/gro", Layer::queue},
    {"net/core/flow_dissector.c", Layer::queue}, // hashes for queue choice: RPS, fq_codel
    {"include/net/gro.h", Layer::queue},
    {"include/net/sch_generic.h", Layer::queue},
    {"include/net/pkt_", Layer::queue},
    {"include/net/codel", Layer::queue},
    {"include/net/red.h", Layer::queue},
    {"include/net/busy_poll.h", Layer::queue},
    // the sk_buff itself belongs to whoever works on it
    {"net/core/skbuff.c", Layer::none},
    {"include/linux/skbuff.h", Layer::none},
    {"include/net/checksum.h", Layer::none},
    // devices
    {"drivers/net/", Layer::device},
    {"net/core/", Layer::device},
    {"include/linux/netdevice.h", Layer::device},
    {"include/net/xdp", Layer::device},
    {"include/net/page_pool.h", Layer::device},
};

// dev.c and netdevice.h hold devices and the queues before and behind them.
constexpr std::string_view queue_names[] = {
    "napi",          "backlog",   "netif_rx",       "netif_receive_skb", "net_rx_action",
    "net_tx_action", "rps",       "qdisc",          "softnet",           "dev_queue_xmit",
    "dev_xmit_skb",  "pick_tx",   "netif_schedule", "deliver_skb",       "deliver_ptype",
    "defer_free",    "netif_tx_", "netif_wake",     "netif_stop",        "netif_start",
    "tx_queue",
};
// af_inet.c holds the sockets of the family, and IPv4's GSO and GRO.
constexpr std::string_view inet_offload_names[] = {"inet_gso", "inet_gro", "ipip_", "inet_current_timestamp"};
// sock.c's memory accounting, timestamps, ... are sockets; its checks of the cached route are not.
constexpr std::string_view route_of_socket_names[] = {"dst_check", "sk_setup_caps", "sk_dst"};

Layer layer_of_file(std::string_view file) {
    for (const FileLayer &f : file_layers)
        if (file.starts_with(f.prefix)) return f.layer;
    return Layer::none;
}
} // namespace

bool file_in_scope(std::string_view file) {
    return starts_with_any(file, scope_files) && !starts_with_any(file, beside_the_path);
}

bool is_noise(std::string_view name) {
    return std::find(std::begin(noise), std::end(noise), name) != std::end(noise);
}

bool holds_several_layers(std::string_view file) {
    constexpr std::string_view files[] = {"net/core/dev.c", "include/linux/netdevice.h", "net/ipv4/af_inet.c",
                                          "net/core/sock.c", "include/net/sock.h"};
    return std::find(std::begin(files), std::end(files), file) != std::end(files);
}

Layer layer_of_function(std::string_view name, std::string_view file) {
    if (file.empty() && name.starts_with("simnic_")) return Layer::device; // the model's own card, no kernel's driver
    if (file == "net/core/dev.c" || file == "include/linux/netdevice.h")
        if (contains_any(name, queue_names)) return Layer::queue;
    if (file == "net/ipv4/af_inet.c" && starts_with_any(name, inet_offload_names)) return Layer::network;
    if ((file == "net/core/sock.c" || file == "include/net/sock.h") && contains_any(name, route_of_socket_names))
        return Layer::network;
    return layer_of_file(file);
}

char layer_letter(Layer layer) {
    constexpr std::string_view letters = "ATNLDQ ";
    const auto i = static_cast<std::size_t>(layer);
    return i < letters.size() ? letters[i] : ' ';
}

std::string_view layer_name(Layer layer) {
    constexpr std::string_view names[] = {"application", "transport", "network", "link", "device", "queue", "none"};
    const auto i = static_cast<std::size_t>(layer);
    return i < std::size(names) ? names[i] : "none";
}

} // namespace skbscope::trace
