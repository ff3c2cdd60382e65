// SPDX-License-Identifier: GPL-2.0-or-later
// The features' names, as ethtool shows and takes them. Linux 6.1: net/ethtool/common.c, and ethtool's own short forms
#include "linux/netdev_features.h"

namespace skbscope::stack {

namespace {

struct feature_name {
    std::string_view name;
    netdev_features_t bits;
};

constexpr feature_name long_names[] = {
    {"tx-scatter-gather", NETIF_F_SG},
    {"tx-checksum-ipv4", NETIF_F_IP_CSUM},
    {"tx-checksum-ip-generic", NETIF_F_HW_CSUM},
    {"tx-checksum-ipv6", NETIF_F_IPV6_CSUM},
    {"highdma", NETIF_F_HIGHDMA},
    {"tx-scatter-gather-fraglist", NETIF_F_FRAGLIST},
    {"tx-vlan-hw-insert", NETIF_F_HW_VLAN_CTAG_TX},
    {"rx-vlan-hw-parse", NETIF_F_HW_VLAN_CTAG_RX},
    {"rx-vlan-filter", NETIF_F_HW_VLAN_CTAG_FILTER},
    {"vlan-challenged", NETIF_F_VLAN_CHALLENGED},
    {"tx-generic-segmentation", NETIF_F_GSO},
    {"tx-lockless", NETIF_F_LLTX},
    {"netns-local", NETIF_F_NETNS_LOCAL},
    {"rx-gro", NETIF_F_GRO},
    {"rx-lro", NETIF_F_LRO},
    {"tx-tcp-segmentation", NETIF_F_TSO},
    {"tx-gso-robust", NETIF_F_GSO_ROBUST},
    {"tx-tcp-ecn-segmentation", NETIF_F_TSO_ECN},
    {"tx-tcp-mangleid-segmentation", NETIF_F_TSO_MANGLEID},
    {"tx-tcp6-segmentation", NETIF_F_TSO6},
    {"tx-fcoe-segmentation", NETIF_F_FSO},
    {"tx-gre-segmentation", NETIF_F_GSO_GRE},
    {"tx-gre-csum-segmentation", NETIF_F_GSO_GRE_CSUM},
    {"tx-ipxip4-segmentation", NETIF_F_GSO_IPXIP4},
    {"tx-ipxip6-segmentation", NETIF_F_GSO_IPXIP6},
    {"tx-udp_tnl-segmentation", NETIF_F_GSO_UDP_TUNNEL},
    {"tx-udp_tnl-csum-segmentation", NETIF_F_GSO_UDP_TUNNEL_CSUM},
    {"tx-gso-partial", NETIF_F_GSO_PARTIAL},
    {"tx-tunnel-remcsum-segmentation", NETIF_F_GSO_TUNNEL_REMCSUM},
    {"tx-sctp-segmentation", NETIF_F_GSO_SCTP},
    {"tx-esp-segmentation", NETIF_F_GSO_ESP},
    {"tx-udp-segmentation", NETIF_F_GSO_UDP_L4},
    {"tx-gso-list", NETIF_F_GSO_FRAGLIST},
    {"tx-checksum-fcoe-crc", NETIF_F_FCOE_CRC},
    {"tx-checksum-sctp", NETIF_F_SCTP_CRC},
    {"fcoe-mtu", NETIF_F_FCOE_MTU},
    {"rx-ntuple-filter", NETIF_F_NTUPLE},
    {"rx-hashing", NETIF_F_RXHASH},
    {"rx-checksum", NETIF_F_RXCSUM},
    {"tx-nocache-copy", NETIF_F_NOCACHE_COPY},
    {"loopback", NETIF_F_LOOPBACK},
    {"rx-fcs", NETIF_F_RXFCS},
    {"rx-all", NETIF_F_RXALL},
    {"tx-vlan-stag-hw-insert", NETIF_F_HW_VLAN_STAG_TX},
    {"rx-vlan-stag-hw-parse", NETIF_F_HW_VLAN_STAG_RX},
    {"rx-vlan-stag-filter", NETIF_F_HW_VLAN_STAG_FILTER},
    {"l2-fwd-offload", NETIF_F_HW_L2FW_DOFFLOAD},
    {"hw-tc-offload", NETIF_F_HW_TC},
    {"esp-hw-offload", NETIF_F_HW_ESP},
    {"esp-tx-csum-hw-offload", NETIF_F_HW_ESP_TX_CSUM},
    {"rx-udp_tunnel-port-offload", NETIF_F_RX_UDP_TUNNEL_PORT},
    {"tls-hw-tx-offload", NETIF_F_HW_TLS_TX},
    {"tls-hw-rx-offload", NETIF_F_HW_TLS_RX},
    {"rx-gro-hw", NETIF_F_GRO_HW},
    {"tls-hw-record", NETIF_F_HW_TLS_RECORD},
    {"rx-gro-list", NETIF_F_GRO_FRAGLIST},
    {"macsec-hw-offload", NETIF_F_HW_MACSEC},
    {"rx-udp-gro-forwarding", NETIF_F_GRO_UDP_FWD},
    {"hsr-tag-ins-offload", NETIF_F_HW_HSR_TAG_INS},
    {"hsr-tag-rm-offload", NETIF_F_HW_HSR_TAG_RM},
    {"hsr-fwd-offload", NETIF_F_HW_HSR_FWD},
    {"hsr-dup-offload", NETIF_F_HW_HSR_DUP},
};

// One word for several bits.
constexpr feature_name short_names[] = {
    {"rx", NETIF_F_RXCSUM},
    {"tx", NETIF_F_CSUM_MASK | NETIF_F_FCOE_CRC | NETIF_F_SCTP_CRC},
    {"sg", NETIF_F_SG | NETIF_F_FRAGLIST},
    {"tso", NETIF_F_ALL_TSO},
    {"gso", NETIF_F_GSO},
    {"gro", NETIF_F_GRO},
    {"lro", NETIF_F_LRO},
    {"rxvlan", NETIF_F_HW_VLAN_CTAG_RX},
    {"txvlan", NETIF_F_HW_VLAN_CTAG_TX},
    {"ntuple", NETIF_F_NTUPLE},
    {"rxhash", NETIF_F_RXHASH},
};

} // namespace

std::optional<netdev_features_t> netdev_feature_by_name(std::string_view name) {
    for (const feature_name &f : short_names)
        if (f.name == name) return f.bits;
    for (const feature_name &f : long_names)
        if (f.name == name) return f.bits;
    return std::nullopt;
}

std::string_view netdev_feature_name(unsigned bit) {
    for (const feature_name &f : long_names)
        if (f.bits == __NETIF_F_BIT(bit)) return f.name;
    return {};
}

} // namespace skbscope::stack
