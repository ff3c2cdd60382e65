// SPDX-License-Identifier: GPL-2.0-or-later
// The sk_buff: one packet on its way through the stack. The struct says where things are; the bytes lie in a buffer of
// their own, with room in front for headers that are still to come and a skb_shared_info behind.
//
//     head          data                tail              end
//      |  headroom   |   linear data     |    tailroom     | skb_shared_info: frags, frag_list, gso, dataref
//      +-------------+-------------------+-----------------+--------------------------------------------
//                     <- push   pull ->   put ->
//
// len counts linear data and fragments, data_len the fragments only. tail, end and the header offsets count bytes from
// head. A clone is a second struct on the same buffer (dataref counts them). Linux 6.1: include/linux/skbuff.h
// Who uses packets includes this; its parts, skbuff_struct.h first, are files of their own to be read one by one.
#pragma once

#include "linux/err.h"
#include "linux/jiffies.h"
#include "linux/kernel.h"
#include "linux/list.h"
#include "linux/refcount.h"
#include "linux/skbuff_alloc.h"
#include "linux/skbuff_clone.h"
#include "linux/skbuff_copy.h"
#include "linux/skbuff_data.h"
#include "linux/skbuff_flags.h"
#include "linux/skbuff_frags.h"
#include "linux/skbuff_offsets.h"
#include "linux/skbuff_owner.h"
#include "linux/skbuff_queue.h"
#include "linux/skbuff_room.h"
#include "linux/skbuff_shared.h"
#include "linux/skbuff_struct.h"
#include "linux/skbuff_time.h"
#include "linux/socket.h"
#include "linux/spinlock.h"
#include "linux/trace_fn.h"
#include "linux/types.h"
#include "net/checksum.h"
#include "net/dropreason.h"

#include <type_traits>

namespace skbscope::stack {

struct dst_entry;
struct net_device;
struct sk_buff;
struct sock;
struct flow_keys;

} // namespace skbscope::stack
