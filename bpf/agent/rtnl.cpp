// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/rtnl.h"

#include "bpf/agent/agent_error.h"

#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace skbscope::bpf {

namespace {
// Of an NLMSG_ERROR: a positive errno, 0 for an acknowledgement.
int error_of(const nlmsghdr &m) {
    return -static_cast<const nlmsgerr *>(NLMSG_DATA(&m))->error;
}
} // namespace

void netlink_request::append(const void *data, std::size_t size) {
    const char *p = static_cast<const char *>(data);
    bytes_.insert(bytes_.end(), p, p + size);
    bytes_.resize(NLMSG_ALIGN(bytes_.size()));
}

netlink_request &netlink_request::put(std::uint16_t type, const void *data, std::size_t size) {
    const rtattr head{static_cast<unsigned short>(RTA_LENGTH(size)), type};
    append(&head, sizeof head);
    append(data, size);
    return *this;
}

netlink_request &netlink_request::put_text(std::uint16_t type, std::string_view text) {
    std::vector<char> with_end(text.begin(), text.end());
    with_end.push_back('\0');
    return put(type, with_end.data(), with_end.size());
}

netlink_request &netlink_request::nest(std::uint16_t type, const std::function<void(netlink_request &)> &inside,
                                       std::string_view prefix) {
    const std::size_t at = bytes_.size();
    const rtattr head{0, type};
    append(&head, sizeof head);
    append(prefix.data(), prefix.size());
    inside(*this);
    const rtattr done{static_cast<unsigned short>(bytes_.size() - at), type};
    std::memcpy(bytes_.data() + at, &done, sizeof done);
    return *this;
}

const std::vector<char> &netlink_request::finish(std::uint32_t seq) {
    nlmsghdr h;
    std::memcpy(&h, bytes_.data(), sizeof h);
    h.nlmsg_len = static_cast<std::uint32_t>(bytes_.size());
    h.nlmsg_seq = seq;
    std::memcpy(bytes_.data(), &h, sizeof h);
    return bytes_;
}

rtnl_socket::rtnl_socket(int protocol) : fd_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)) {
    if (fd_ < 0) throw agent_failure("netlink", errno_text());
}

rtnl_socket::~rtnl_socket() {
    if (fd_ >= 0) close(fd_);
}

rtnl_socket::rtnl_socket(rtnl_socket &&other) noexcept : fd_(std::exchange(other.fd_, -1)), seq_(other.seq_) {}

int rtnl_socket::talk(netlink_request &request) {
    return dump(request, [](const nlmsghdr &) {});
}

int rtnl_socket::talk(std::span<netlink_request> requests, std::size_t last) {
    std::vector<char> all;
    std::uint32_t awaited = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const std::vector<char> &one = requests[i].finish(++seq_);
        all.insert(all.end(), one.begin(), one.end());
        if (i == last) awaited = seq_;
    }
    if (send(fd_, all.data(), all.size(), 0) < 0) return errno;
    return receive([awaited](const nlmsghdr &m) -> std::optional<int> {
        if (m.nlmsg_type != NLMSG_ERROR) return std::nullopt;
        const int error = error_of(m);
        return error != 0 || m.nlmsg_seq == awaited ? std::optional(error) : std::nullopt;
    });
}

int rtnl_socket::dump(netlink_request &request, const std::function<void(const nlmsghdr &)> &take) {
    const std::vector<char> &bytes = request.finish(++seq_);
    if (send(fd_, bytes.data(), bytes.size(), 0) < 0) return errno;
    return receive([this, &take](const nlmsghdr &m) -> std::optional<int> {
        if (m.nlmsg_seq != seq_) return std::nullopt;
        if (m.nlmsg_type == NLMSG_DONE) return 0;
        if (m.nlmsg_type == NLMSG_ERROR) return error_of(m);
        take(m);
        return std::nullopt;
    });
}

int rtnl_socket::receive(const std::function<std::optional<int>(const nlmsghdr &)> &look) const {
    alignas(nlmsghdr) char buffer[32768];
    for (;;) {
        const ssize_t size = recv(fd_, buffer, sizeof buffer, 0);
        if (size < 0) return errno;
        auto left = static_cast<unsigned>(size);
        for (auto *m = reinterpret_cast<nlmsghdr *>(buffer); NLMSG_OK(m, left); m = NLMSG_NEXT(m, left))
            if (const std::optional<int> done = look(*m)) return *done;
    }
}

} // namespace skbscope::bpf
