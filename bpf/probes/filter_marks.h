/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants that filter.bpf.h moves into r0, and that nothing else does: where the agent finds them in a loaded
 * program, it puts the user's filter in (bpf/filter_jit.h). As they are, nothing is filtered.
 */
#ifndef SKBSCOPE_FILTER_MARKS_H
#define SKBSCOPE_FILTER_MARKS_H

#define SKBSCOPE_MARK_FILTERING 0x5cb0f100    /* filtering is off */
#define SKBSCOPE_MARK_FILTERING_ON 0x5cb0f101 /* ... and on */
#define SKBSCOPE_MARK_ETHERNET 0x5cb0f110     /* becomes a call: the filter of what begins with an Ethernet header */
#define SKBSCOPE_MARK_RAW 0x5cb0f111          /* ... with an IP header */

#endif
