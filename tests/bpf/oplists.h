// SPDX-License-Identifier: GPL-2.0-or-later
// Operation lists made by hand, without a scenario file.
#pragma once

#include "bpf/op_list.h"

#include <string_view>

namespace skbscope::test {

inline bpf::op on_host(skbscope_op_kind kind, unsigned host, std::string_view name = {}) {
    bpf::op o = bpf::op_list::make(kind);
    o.host = static_cast<__u16>(host);
    bpf::set_name(o.name, name);
    return o;
}

// One host, two UDP sockets over lo: what udp-loopback.yaml compiles to.
inline bpf::op_list udp_loopback() {
    bpf::op_list list;
    list.add(on_host(SKBSCOPE_OP_HOST, 1, "a"));
    unsigned step = 0;
    const auto add = [&](bpf::op o) {
        o.step = step++;
        o.line = 5 + o.step;
        list.add(o);
    };
    const auto socket = [](unsigned slot) {
        bpf::op o = bpf::op_list::make(SKBSCOPE_OP_SOCKET);
        o.sock = static_cast<__u16>(slot);
        o.arg[0] = 2; // AF_INET
        o.arg[1] = 2; // SOCK_DGRAM
        o.arg[3] = 1000;
        return o;
    };
    const auto with = [](skbscope_op_kind kind, unsigned slot, unsigned length) {
        bpf::op o = bpf::op_list::make(kind);
        o.sock = static_cast<__u16>(slot);
        o.arg[0] = length;
        o.ip = 0x0100007f; // 127.0.0.1, big endian
        o.port = 7000;
        return o;
    };
    add(on_host(SKBSCOPE_OP_SETNS, 1));
    add(socket(0));
    add(with(SKBSCOPE_OP_BIND, 0, 0));
    add(socket(1));
    add(with(SKBSCOPE_OP_TRACE, 0, 1));
    add(with(SKBSCOPE_OP_SENDTO, 1, 12));
    add(with(SKBSCOPE_OP_RECV, 0, 100));
    add(with(SKBSCOPE_OP_TRACE, 0, 0));
    return list;
}

} // namespace skbscope::test
