/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The payload of SKBSCOPE_FRAME_LIVE: this header, the filter's instructions (struct sock_filter) for packets that
 * begin with an Ethernet header, those for packets that begin with an IP header, an operation list. Little endian.
 */
#ifndef SKBSCOPE_BPF_LIVE_H
#define SKBSCOPE_BPF_LIVE_H

#include <linux/types.h>

#define SKBSCOPE_LIVE_VERSION 1
#define SKBSCOPE_LIVE_RING_MAX (1u << 28)
#define SKBSCOPE_LIVE_RING_MIN (1u << 12)
#define SKBSCOPE_LIVE_NETNS_MAX 64
#define SKBSCOPE_LIVE_PACKETS_MAX (1u << 20)

#define SKBSCOPE_LIVE_DROPS 1u /* nothing but drops */

struct skbscope_live {
    __u32 version;
    __u32 flags;
    __u32 ethernet, raw; /* instructions of each filter */
    __u32 scenario;      /* bytes of the operation list */
    __u32 ring_bytes, packets_max;
    __u32 pad;
    char netns[SKBSCOPE_LIVE_NETNS_MAX]; /* as `ip netns` calls it, "host", or a host of the scenario; "": all */
    char device[16];                     /* in it, or in the agent's own namespace; "": all */
};

#endif
