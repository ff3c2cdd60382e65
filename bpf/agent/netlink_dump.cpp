// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/snapshot_parts.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netlink/handlers.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

namespace skbscope::bpf {

namespace {

using taker = std::function<void(const nlmsghdr &)>;

int deliver(nl_msg *message, void *context) {
    if (const auto &take = *static_cast<const taker *>(context)) take(*nlmsg_hdr(message));
    return NL_OK;
}

constexpr std::size_t buffer_bytes = 1 << 16;

} // namespace

netlink_dump::netlink_dump(int protocol) : socket_(nl_socket_alloc()) {
    if (!socket_) return;
    nl_socket_set_msg_buf_size(socket_, buffer_bytes);
    if (nl_connect(socket_, protocol) == 0) return;
    nl_socket_free(socket_);
    socket_ = nullptr;
}

netlink_dump::~netlink_dump() {
    if (socket_) nl_socket_free(socket_);
}

int netlink_dump::dump(int type, std::span<const std::byte> body, const taker &take) {
    return request(type, NLM_F_DUMP, body, take);
}

int netlink_dump::request(int type, int flags, std::span<const std::byte> body, const taker &take) {
    if (!socket_) return -EOPNOTSUPP;
    nl_socket_modify_cb(socket_, NL_CB_VALID, NL_CB_CUSTOM, deliver, const_cast<taker *>(&take));
    int r = nl_send_simple(socket_, type, flags | NLM_F_ACK, const_cast<std::byte *>(body.data()), body.size());
    // The end of a dump, or the acknowledgement; with both of it nothing is left that the next request could take for
    // its own.
    if (r >= 0) r = nl_recvmsgs_default(socket_);
    if (r >= 0 && (flags & NLM_F_DUMP) == 0 && take) r = nl_wait_for_ack(socket_);
    return std::min(r, 0);
}

std::string device_of(const snapshot_namespace &ns, std::uint32_t index) {
    if (index == 0) return {};
    const auto found = std::find_if(ns.links.begin(), ns.links.end(), [=](const auto &l) { return l.index == index; });
    return found != ns.links.end() ? found->name : "#" + std::to_string(index);
}

std::string address_text(int family, const void *bytes) {
    char text[INET6_ADDRSTRLEN];
    return inet_ntop(family, bytes, text, sizeof text) ? text : "?";
}

} // namespace skbscope::bpf
