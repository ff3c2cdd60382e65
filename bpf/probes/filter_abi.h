/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the agent tells the filter of filter.bpf.h, through the programs' mapped .bss. */
#ifndef SKBSCOPE_BPF_FILTER_ABI_H
#define SKBSCOPE_BPF_FILTER_ABI_H

#include <linux/types.h>

#define SKBSCOPE_FOLLOW_DEFAULT 16384 /* packets that can be followed at one time */

struct skbscope_want {
    __u32 net;        /* namespace (inode number); 0: all */
    __u32 ifindex;    /* device in it; 0: all */
    __u32 expression; /* there is a filter to ask */
    __u32 self;       /* process whose own calls are nobody's business: the agent; 0: none */
    __u64 overflow;   /* packets that could not be followed: the table was full. Counted by the programs */
};

#endif
