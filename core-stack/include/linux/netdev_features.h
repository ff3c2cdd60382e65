// SPDX-License-Identifier: GPL-2.0-or-later
// What a device can do by itself: one bit a feature, in the kernel's order. Linux 6.1: include/linux/netdev_features.h
#pragma once

#include "linux/types.h"

#include <optional>
#include <string_view>

namespace skbscope::stack {

using netdev_features_t = u64;

enum netdev_feature_bit : unsigned {
    NETIF_F_SG_BIT = 0,
    NETIF_F_IP_CSUM_BIT,
    __UNUSED_NETIF_F_1,
    NETIF_F_HW_CSUM_BIT,
    NETIF_F_IPV6_CSUM_BIT,
    NETIF_F_HIGHDMA_BIT,
    NETIF_F_FRAGLIST_BIT,
    NETIF_F_HW_VLAN_CTAG_TX_BIT,
    NETIF_F_HW_VLAN_CTAG_RX_BIT,
    NETIF_F_HW_VLAN_CTAG_FILTER_BIT,
    NETIF_F_VLAN_CHALLENGED_BIT,
    NETIF_F_GSO_BIT,
    NETIF_F_LLTX_BIT,
    NETIF_F_NETNS_LOCAL_BIT,
    NETIF_F_GRO_BIT,
    NETIF_F_LRO_BIT,
    NETIF_F_TSO_BIT,
    NETIF_F_GSO_ROBUST_BIT,
    NETIF_F_TSO_ECN_BIT,
    NETIF_F_TSO_MANGLEID_BIT,
    NETIF_F_TSO6_BIT,
    NETIF_F_FSO_BIT,
    NETIF_F_GSO_GRE_BIT,
    NETIF_F_GSO_GRE_CSUM_BIT,
    NETIF_F_GSO_IPXIP4_BIT,
    NETIF_F_GSO_IPXIP6_BIT,
    NETIF_F_GSO_UDP_TUNNEL_BIT,
    NETIF_F_GSO_UDP_TUNNEL_CSUM_BIT,
    NETIF_F_GSO_PARTIAL_BIT,
    NETIF_F_GSO_TUNNEL_REMCSUM_BIT,
    NETIF_F_GSO_SCTP_BIT,
    NETIF_F_GSO_ESP_BIT,
    NETIF_F_GSO_UDP_BIT,
    NETIF_F_GSO_UDP_L4_BIT,
    NETIF_F_GSO_FRAGLIST_BIT,
    NETIF_F_FCOE_CRC_BIT,
    NETIF_F_SCTP_CRC_BIT,
    NETIF_F_FCOE_MTU_BIT,
    NETIF_F_NTUPLE_BIT,
    NETIF_F_RXHASH_BIT,
    NETIF_F_RXCSUM_BIT,
    NETIF_F_NOCACHE_COPY_BIT,
    NETIF_F_LOOPBACK_BIT,
    NETIF_F_RXFCS_BIT,
    NETIF_F_RXALL_BIT,
    NETIF_F_HW_VLAN_STAG_TX_BIT,
    NETIF_F_HW_VLAN_STAG_RX_BIT,
    NETIF_F_HW_VLAN_STAG_FILTER_BIT,
    NETIF_F_HW_L2FW_DOFFLOAD_BIT,
    NETIF_F_HW_TC_BIT,
    NETIF_F_HW_ESP_BIT,
    NETIF_F_HW_ESP_TX_CSUM_BIT,
    NETIF_F_RX_UDP_TUNNEL_PORT_BIT,
    NETIF_F_HW_TLS_TX_BIT,
    NETIF_F_HW_TLS_RX_BIT,
    NETIF_F_GRO_HW_BIT,
    NETIF_F_HW_TLS_RECORD_BIT,
    NETIF_F_GRO_FRAGLIST_BIT,
    NETIF_F_HW_MACSEC_BIT,
    NETIF_F_GRO_UDP_FWD_BIT,
    NETIF_F_HW_HSR_TAG_INS_BIT,
    NETIF_F_HW_HSR_TAG_RM_BIT,
    NETIF_F_HW_HSR_FWD_BIT,
    NETIF_F_HW_HSR_DUP_BIT,
    NETDEV_FEATURE_COUNT
};
inline constexpr unsigned NETIF_F_GSO_SHIFT = NETIF_F_TSO_BIT;
inline constexpr unsigned NETIF_F_GSO_LAST = NETIF_F_GSO_FRAGLIST_BIT;

inline constexpr netdev_features_t __NETIF_F_BIT(unsigned bit) {
    return netdev_features_t{1} << bit;
}
inline constexpr netdev_features_t NETIF_F_SG = __NETIF_F_BIT(NETIF_F_SG_BIT);
inline constexpr netdev_features_t NETIF_F_IP_CSUM = __NETIF_F_BIT(NETIF_F_IP_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_HW_CSUM = __NETIF_F_BIT(NETIF_F_HW_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_IPV6_CSUM = __NETIF_F_BIT(NETIF_F_IPV6_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_HIGHDMA = __NETIF_F_BIT(NETIF_F_HIGHDMA_BIT);
inline constexpr netdev_features_t NETIF_F_FRAGLIST = __NETIF_F_BIT(NETIF_F_FRAGLIST_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_CTAG_TX = __NETIF_F_BIT(NETIF_F_HW_VLAN_CTAG_TX_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_CTAG_RX = __NETIF_F_BIT(NETIF_F_HW_VLAN_CTAG_RX_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_CTAG_FILTER = __NETIF_F_BIT(NETIF_F_HW_VLAN_CTAG_FILTER_BIT);
inline constexpr netdev_features_t NETIF_F_VLAN_CHALLENGED = __NETIF_F_BIT(NETIF_F_VLAN_CHALLENGED_BIT);
inline constexpr netdev_features_t NETIF_F_GSO = __NETIF_F_BIT(NETIF_F_GSO_BIT);
inline constexpr netdev_features_t NETIF_F_LLTX = __NETIF_F_BIT(NETIF_F_LLTX_BIT);
inline constexpr netdev_features_t NETIF_F_NETNS_LOCAL = __NETIF_F_BIT(NETIF_F_NETNS_LOCAL_BIT);
inline constexpr netdev_features_t NETIF_F_GRO = __NETIF_F_BIT(NETIF_F_GRO_BIT);
inline constexpr netdev_features_t NETIF_F_LRO = __NETIF_F_BIT(NETIF_F_LRO_BIT);
inline constexpr netdev_features_t NETIF_F_TSO = __NETIF_F_BIT(NETIF_F_TSO_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_ROBUST = __NETIF_F_BIT(NETIF_F_GSO_ROBUST_BIT);
inline constexpr netdev_features_t NETIF_F_TSO_ECN = __NETIF_F_BIT(NETIF_F_TSO_ECN_BIT);
inline constexpr netdev_features_t NETIF_F_TSO_MANGLEID = __NETIF_F_BIT(NETIF_F_TSO_MANGLEID_BIT);
inline constexpr netdev_features_t NETIF_F_TSO6 = __NETIF_F_BIT(NETIF_F_TSO6_BIT);
inline constexpr netdev_features_t NETIF_F_FSO = __NETIF_F_BIT(NETIF_F_FSO_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_GRE = __NETIF_F_BIT(NETIF_F_GSO_GRE_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_GRE_CSUM = __NETIF_F_BIT(NETIF_F_GSO_GRE_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_IPXIP4 = __NETIF_F_BIT(NETIF_F_GSO_IPXIP4_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_IPXIP6 = __NETIF_F_BIT(NETIF_F_GSO_IPXIP6_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_UDP_TUNNEL = __NETIF_F_BIT(NETIF_F_GSO_UDP_TUNNEL_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_UDP_TUNNEL_CSUM = __NETIF_F_BIT(NETIF_F_GSO_UDP_TUNNEL_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_PARTIAL = __NETIF_F_BIT(NETIF_F_GSO_PARTIAL_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_TUNNEL_REMCSUM = __NETIF_F_BIT(NETIF_F_GSO_TUNNEL_REMCSUM_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_SCTP = __NETIF_F_BIT(NETIF_F_GSO_SCTP_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_ESP = __NETIF_F_BIT(NETIF_F_GSO_ESP_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_UDP = __NETIF_F_BIT(NETIF_F_GSO_UDP_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_UDP_L4 = __NETIF_F_BIT(NETIF_F_GSO_UDP_L4_BIT);
inline constexpr netdev_features_t NETIF_F_GSO_FRAGLIST = __NETIF_F_BIT(NETIF_F_GSO_FRAGLIST_BIT);
inline constexpr netdev_features_t NETIF_F_FCOE_CRC = __NETIF_F_BIT(NETIF_F_FCOE_CRC_BIT);
inline constexpr netdev_features_t NETIF_F_SCTP_CRC = __NETIF_F_BIT(NETIF_F_SCTP_CRC_BIT);
inline constexpr netdev_features_t NETIF_F_FCOE_MTU = __NETIF_F_BIT(NETIF_F_FCOE_MTU_BIT);
inline constexpr netdev_features_t NETIF_F_NTUPLE = __NETIF_F_BIT(NETIF_F_NTUPLE_BIT);
inline constexpr netdev_features_t NETIF_F_RXHASH = __NETIF_F_BIT(NETIF_F_RXHASH_BIT);
inline constexpr netdev_features_t NETIF_F_RXCSUM = __NETIF_F_BIT(NETIF_F_RXCSUM_BIT);
inline constexpr netdev_features_t NETIF_F_NOCACHE_COPY = __NETIF_F_BIT(NETIF_F_NOCACHE_COPY_BIT);
inline constexpr netdev_features_t NETIF_F_LOOPBACK = __NETIF_F_BIT(NETIF_F_LOOPBACK_BIT);
inline constexpr netdev_features_t NETIF_F_RXFCS = __NETIF_F_BIT(NETIF_F_RXFCS_BIT);
inline constexpr netdev_features_t NETIF_F_RXALL = __NETIF_F_BIT(NETIF_F_RXALL_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_STAG_TX = __NETIF_F_BIT(NETIF_F_HW_VLAN_STAG_TX_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_STAG_RX = __NETIF_F_BIT(NETIF_F_HW_VLAN_STAG_RX_BIT);
inline constexpr netdev_features_t NETIF_F_HW_VLAN_STAG_FILTER = __NETIF_F_BIT(NETIF_F_HW_VLAN_STAG_FILTER_BIT);
inline constexpr netdev_features_t NETIF_F_HW_L2FW_DOFFLOAD = __NETIF_F_BIT(NETIF_F_HW_L2FW_DOFFLOAD_BIT);
inline constexpr netdev_features_t NETIF_F_HW_TC = __NETIF_F_BIT(NETIF_F_HW_TC_BIT);
inline constexpr netdev_features_t NETIF_F_HW_ESP = __NETIF_F_BIT(NETIF_F_HW_ESP_BIT);
inline constexpr netdev_features_t NETIF_F_HW_ESP_TX_CSUM = __NETIF_F_BIT(NETIF_F_HW_ESP_TX_CSUM_BIT);
inline constexpr netdev_features_t NETIF_F_RX_UDP_TUNNEL_PORT = __NETIF_F_BIT(NETIF_F_RX_UDP_TUNNEL_PORT_BIT);
inline constexpr netdev_features_t NETIF_F_HW_TLS_TX = __NETIF_F_BIT(NETIF_F_HW_TLS_TX_BIT);
inline constexpr netdev_features_t NETIF_F_HW_TLS_RX = __NETIF_F_BIT(NETIF_F_HW_TLS_RX_BIT);
inline constexpr netdev_features_t NETIF_F_GRO_HW = __NETIF_F_BIT(NETIF_F_GRO_HW_BIT);
inline constexpr netdev_features_t NETIF_F_HW_TLS_RECORD = __NETIF_F_BIT(NETIF_F_HW_TLS_RECORD_BIT);
inline constexpr netdev_features_t NETIF_F_GRO_FRAGLIST = __NETIF_F_BIT(NETIF_F_GRO_FRAGLIST_BIT);
inline constexpr netdev_features_t NETIF_F_HW_MACSEC = __NETIF_F_BIT(NETIF_F_HW_MACSEC_BIT);
inline constexpr netdev_features_t NETIF_F_GRO_UDP_FWD = __NETIF_F_BIT(NETIF_F_GRO_UDP_FWD_BIT);
inline constexpr netdev_features_t NETIF_F_HW_HSR_TAG_INS = __NETIF_F_BIT(NETIF_F_HW_HSR_TAG_INS_BIT);
inline constexpr netdev_features_t NETIF_F_HW_HSR_TAG_RM = __NETIF_F_BIT(NETIF_F_HW_HSR_TAG_RM_BIT);
inline constexpr netdev_features_t NETIF_F_HW_HSR_FWD = __NETIF_F_BIT(NETIF_F_HW_HSR_FWD_BIT);
inline constexpr netdev_features_t NETIF_F_HW_HSR_DUP = __NETIF_F_BIT(NETIF_F_HW_HSR_DUP_BIT);

inline constexpr netdev_features_t NETIF_F_NEVER_CHANGE = NETIF_F_VLAN_CHALLENGED | NETIF_F_LLTX | NETIF_F_NETNS_LOCAL;
inline constexpr netdev_features_t NETIF_F_GSO_MASK =
    __NETIF_F_BIT(NETIF_F_GSO_LAST + 1) - __NETIF_F_BIT(NETIF_F_GSO_SHIFT);
inline constexpr netdev_features_t NETIF_F_CSUM_MASK = NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM | NETIF_F_HW_CSUM;
inline constexpr netdev_features_t NETIF_F_ALL_TSO =
    NETIF_F_TSO | NETIF_F_TSO6 | NETIF_F_TSO_ECN | NETIF_F_TSO_MANGLEID;
inline constexpr netdev_features_t NETIF_F_ALL_FCOE = NETIF_F_FCOE_CRC | NETIF_F_FCOE_MTU | NETIF_F_FSO;
inline constexpr netdev_features_t NETIF_F_GSO_SOFTWARE =
    NETIF_F_ALL_TSO | NETIF_F_GSO_SCTP | NETIF_F_GSO_UDP_L4 | NETIF_F_GSO_FRAGLIST;
inline constexpr netdev_features_t NETIF_F_SOFT_FEATURES = NETIF_F_GSO | NETIF_F_GRO;
inline constexpr netdev_features_t NETIF_F_SOFT_FEATURES_OFF = NETIF_F_GRO_FRAGLIST | NETIF_F_GRO_UDP_FWD;
inline constexpr netdev_features_t NETIF_F_GSO_ENCAP_ALL = NETIF_F_GSO_GRE | NETIF_F_GSO_GRE_CSUM | NETIF_F_GSO_IPXIP4 |
                                                           NETIF_F_GSO_IPXIP6 | NETIF_F_GSO_UDP_TUNNEL |
                                                           NETIF_F_GSO_UDP_TUNNEL_CSUM;

// ethtool -K's word for one feature ("tx-checksum-ip-generic") or its short form ("tso", "gro"): the bits it stands
// for.
[[nodiscard]] std::optional<netdev_features_t> netdev_feature_by_name(std::string_view name);
[[nodiscard]] std::string_view netdev_feature_name(unsigned bit); // empty: not a feature ethtool shows

} // namespace skbscope::stack
