// SPDX-License-Identifier: GPL-2.0-or-later
// Control messages: what a reader learns besides the data. Linux 6.1: net/core/scm.c
#include "linux/cmsg.h"

#include "linux/trace_fn.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

// Appends one; what does not fit is cut, and MSG_CTRUNC says so. Linux 6.1: net/core/scm.c
int put_cmsg(msghdr *msg, int level, int type, std::size_t len, const void *data) {
    TRACE_FN();
    if (!msg->msg_control || msg->msg_controllen < sizeof(cmsghdr)) {
        msg->msg_flags |= MSG_CTRUNC;
        return TRACE_RET(0);
    }
    std::size_t cmlen = sizeof(cmsghdr) + len;
    if (msg->msg_controllen < cmlen) {
        msg->msg_flags |= MSG_CTRUNC;
        cmlen = msg->msg_controllen;
    }
    const cmsghdr cm{.cmsg_len = cmlen, .cmsg_level = level, .cmsg_type = type};
    auto *at = static_cast<u8 *>(msg->msg_control);
    std::memcpy(at, &cm, sizeof(cm));
    std::memcpy(at + sizeof(cm), data, cmlen - sizeof(cm));
    const std::size_t space = std::min(CMSG_SPACE(len), msg->msg_controllen);
    msg->msg_control = at + space;
    msg->msg_controllen -= space;
    return TRACE_RET(0);
}

} // namespace skbscope::stack
