// SPDX-License-Identifier: GPL-2.0-or-later
// The privileged part of `skbscope attach`: opens a device's wire and passes the descriptor to whoever asked, over the
// Unix socket that is standard input. One request, one answer, each a message of JSON:
//
//     {"device": "tap0", "netns": "lab", "peer": "10.9.0.1/24"}       netns, peer: may be empty
//     {"kind": "tap", "device": "tap0", "mtu": 1500, "created": 0}    and the descriptor (SCM_RIGHTS)
//     {"place": "tap0", "what": "...", "code": 3}                     no descriptor
//
// kind: "tap", a descriptor of /dev/net/tun (IFF_TAP, IFF_NO_PI) that frames are read from and written to, or "packet",
// an AF_PACKET socket bound to the device, PACKET_VNET_HDR and PACKET_VERSION (TPACKET_V2) set, no ring yet. Neither
// blocks. Nothing needs to be undone: closing the descriptor does.
#pragma once

namespace skbscope::bpf {

// Returns the exit status.
int pass_wire();

} // namespace skbscope::bpf
