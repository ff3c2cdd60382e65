// SPDX-License-Identifier: GPL-2.0-or-later
// The words of `ethtool -K`: its short ones, and the kernel's own names of single features (ethtool -k prints them).
#include "app/scenario/constants.h"
#include "app/scenario/nearest.h"

#include <algorithm>

namespace skbscope::app {

namespace {
const std::vector<std::string> &featureNames() {
    static const std::vector<std::string> names = {
        "rx", "tx", "sg", "tso", "gso", "gro", "lro", "rxvlan", "txvlan", "ntuple", "rxhash",
        // Linux 6.1: net/ethtool/common.c
        "tx-scatter-gather", "tx-scatter-gather-fraglist", "tx-checksum-ipv4", "tx-checksum-ip-generic",
        "tx-checksum-ipv6", "tx-checksum-fcoe-crc", "tx-checksum-sctp", "highdma", "tx-vlan-hw-insert",
        "rx-vlan-hw-parse", "rx-vlan-filter", "tx-vlan-stag-hw-insert", "rx-vlan-stag-hw-parse", "rx-vlan-stag-filter",
        "vlan-challenged", "tx-generic-segmentation", "tx-lockless", "netns-local", "rx-gro", "rx-gro-hw", "rx-lro",
        "tx-tcp-segmentation", "tx-gso-robust", "tx-tcp-ecn-segmentation", "tx-tcp-mangleid-segmentation",
        "tx-tcp6-segmentation", "tx-fcoe-segmentation", "tx-gre-segmentation", "tx-gre-csum-segmentation",
        "tx-ipxip4-segmentation", "tx-ipxip6-segmentation", "tx-udp_tnl-segmentation", "tx-udp_tnl-csum-segmentation",
        "tx-gso-partial", "tx-tunnel-remcsum-segmentation", "tx-sctp-segmentation", "tx-esp-segmentation",
        "tx-udp-segmentation", "tx-gso-list", "fcoe-mtu", "tx-nocache-copy", "loopback", "rx-fcs", "rx-all",
        "tx-vlan-stag-insert", "rx-hashing", "rx-ntuple-filter", "rx-checksum", "l2-fwd-offload", "hw-tc-offload",
        "esp-hw-offload", "esp-tx-csum-hw-offload", "rx-udp_tunnel-port-offload", "tls-hw-record", "tls-hw-tx-offload",
        "tls-hw-rx-offload", "rx-gro-list", "macsec-hw-offload", "rx-udp-gro-forwarding", "hsr-tag-ins-offload",
        "hsr-tag-rm-offload", "hsr-fwd-offload", "hsr-dup-offload"};
    return names;
}
} // namespace

bool isFeatureName(const std::string &name) {
    const std::vector<std::string> &names = featureNames();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string readFeatureName(const Value &named) {
    if (isFeatureName(named.key())) return named.key();
    const std::string meant = nearest(named.key(), featureNames());
    named.fail("unknown device feature", meant.empty()
                                             ? "use the words of ethtool -K, such as gro, gso, tso, tx, rx, sg"
                                             : "did you mean '" + meant + "'?");
}

} // namespace skbscope::app
