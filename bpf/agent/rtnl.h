// SPDX-License-Identifier: GPL-2.0-or-later
// rtnetlink (and nfnetlink, which speaks alike), as much of it as setting up a scenario takes.
#pragma once

#include <cstdint>
#include <functional>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace skbscope::bpf {

// A message under construction. Attributes are padded to 4 bytes as netlink wants.
class netlink_request {
public:
    netlink_request(std::uint16_t type, std::uint16_t flags) {
        nlmsghdr h{};
        h.nlmsg_type = type;
        h.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
        append(&h, sizeof h);
    }
    template <class Body> netlink_request &body(const Body &value) {
        append(&value, sizeof value);
        return *this;
    }
    netlink_request &put(std::uint16_t type, const void *data, std::size_t size);
    template <class T> netlink_request &put_value(std::uint16_t type, const T &value) {
        return put(type, &value, sizeof value);
    }
    netlink_request &put_text(std::uint16_t type, std::string_view text); // with its final 0
    // Attributes put by `inside` become the content of this one. `prefix` goes before them.
    netlink_request &nest(std::uint16_t type, const std::function<void(netlink_request &)> &inside,
                          std::string_view prefix = {});
    [[nodiscard]] const std::vector<char> &finish(std::uint32_t seq);

private:
    void append(const void *data, std::size_t size);
    std::vector<char> bytes_;
};

// What a request about the device of this index begins with; 0: a new one, or none in particular.
[[nodiscard]] inline ifinfomsg link_body(int index) {
    ifinfomsg m{};
    m.ifi_index = index;
    return m;
}

// A socket in the namespace that was current when it was made.
class rtnl_socket {
public:
    explicit rtnl_socket(int protocol = NETLINK_ROUTE); // throws agent_failure
    ~rtnl_socket();
    rtnl_socket(rtnl_socket &&other) noexcept;
    rtnl_socket &operator=(rtnl_socket &&) = delete;

    // 0, or the errno the kernel answered with.
    [[nodiscard]] int talk(netlink_request &request);
    // All of them in one datagram, which the kernel does or leaves as a whole. 0, or the errno of the first that
    // failed; the one at `last` is acknowledged when all is done.
    [[nodiscard]] int talk(std::span<netlink_request> requests, std::size_t last);
    // Every message of a dump.
    [[nodiscard]] int dump(netlink_request &request, const std::function<void(const nlmsghdr &)> &take);

private:
    // Shows each message that comes, until `look` says what the result is.
    [[nodiscard]] int receive(const std::function<std::optional<int>(const nlmsghdr &)> &look) const;

    int fd_ = -1;
    std::uint32_t seq_ = 0;
};

} // namespace skbscope::bpf
