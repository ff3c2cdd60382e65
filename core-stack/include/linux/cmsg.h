// SPDX-License-Identifier: GPL-2.0-or-later
// Control messages: a header each, padded to a word. Linux 6.1: include/linux/socket.h
#pragma once

#include "linux/socket.h"

namespace skbscope::stack {

struct cmsghdr {
    std::size_t cmsg_len; // header and data
    int cmsg_level;
    int cmsg_type;
};
[[nodiscard]] constexpr std::size_t CMSG_ALIGN(std::size_t len) {
    return (len + sizeof(long) - 1) & ~(sizeof(long) - 1);
}
[[nodiscard]] constexpr std::size_t CMSG_LEN(std::size_t len) {
    return sizeof(cmsghdr) + len;
}
[[nodiscard]] constexpr std::size_t CMSG_SPACE(std::size_t len) {
    return sizeof(cmsghdr) + CMSG_ALIGN(len);
}
[[nodiscard]] inline const void *CMSG_DATA(const cmsghdr *cmsg) {
    return cmsg + 1;
}
// What is left of the buffer from cmsg on.
[[nodiscard]] inline std::size_t cmsg_room(const msghdr *msg, const cmsghdr *cmsg) {
    const auto *end = static_cast<const unsigned char *>(msg->msg_control) + msg->msg_controllen;
    return static_cast<std::size_t>(end - reinterpret_cast<const unsigned char *>(cmsg));
}
[[nodiscard]] inline bool CMSG_OK(const msghdr *msg, const cmsghdr *cmsg) {
    return cmsg->cmsg_len >= sizeof(cmsghdr) && cmsg->cmsg_len <= cmsg_room(msg, cmsg);
}
[[nodiscard]] inline const cmsghdr *CMSG_FIRSTHDR(const msghdr *msg) {
    return msg->msg_controllen >= sizeof(cmsghdr) ? static_cast<const cmsghdr *>(msg->msg_control) : nullptr;
}
[[nodiscard]] inline const cmsghdr *CMSG_NXTHDR(const msghdr *msg, const cmsghdr *cmsg) { // cmsg is CMSG_OK()
    const std::size_t step = CMSG_ALIGN(cmsg->cmsg_len);
    if (step + sizeof(cmsghdr) > cmsg_room(msg, cmsg)) return nullptr;
    return reinterpret_cast<const cmsghdr *>(reinterpret_cast<const unsigned char *>(cmsg) + step);
}

} // namespace skbscope::stack
