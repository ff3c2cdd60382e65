// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of gro.cpp share. Linux 6.1: net/core/gro.c
#pragma once

#include "net/gro.h"

namespace skbscope::stack {

// gro.cpp
gro_result_t dev_gro_receive(napi_struct *napi, sk_buff *skb);
// gro_frags.cpp. nhoff: bytes before the network header in the first fragment
void skb_gro_reset_offset(sk_buff *skb, u32 nhoff);
// Makes the next `grow` bytes of the first fragment linear. They must fit behind the tail.
void gro_pull_from_frag0(sk_buff *skb, int grow);
// skbuff_napi.cpp: the head now belongs to another packet, the struct goes
void napi_skb_free_stolen_head(sk_buff *skb);

} // namespace skbscope::stack
