// SPDX-License-Identifier: GPL-2.0-or-later
// Shared by icmp.cpp and icmp_send.cpp. Linux 6.1: net/ipv4/icmp.c
#pragma once

#include "net/icmp.h"

namespace skbscope::stack {

// A message to be built: a header of its own, then bytes of the packet it answers.
struct icmp_bxm {
    sk_buff *skb = nullptr; // the packet answered
    int offset = 0;         // of the bytes to return, from skb->data
    int data_len = 0;       // how many
    struct {
        icmphdr icmph;
        be32 times[3];
    } data;
    int head_len = 0; // bytes of `data` that go out
    ip_options_data replyopts;
};

void icmp_reply(icmp_bxm *icmp_param, sk_buff *skb);
// Types that are errors, and any unknown one: no error is sent about them.
[[nodiscard]] bool icmp_type_is_error(int type);

} // namespace skbscope::stack
