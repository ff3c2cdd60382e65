/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the probe agent sends, whichever way it is reached (pipe, virtio-serial, ssh): frames. The reader treats every
 * byte as hostile. A stream that ends without END was cut: what came before is whole.
 */
#ifndef SKBSCOPE_BPF_STREAM_H
#define SKBSCOPE_BPF_STREAM_H

#include <linux/types.h>

#define SKBSCOPE_STREAM_MAGIC 0x53424b53u /* "SKBS" */
#define SKBSCOPE_STREAM_VERSION 1
#define SKBSCOPE_FRAME_MAX (1u << 20)

struct skbscope_frame {
    __u32 magic;
    __u16 type; /* enum skbscope_frame_type */
    __u16 version;
    __u32 size;  /* of the payload that follows, at most SKBSCOPE_FRAME_MAX */
    __u32 crc32; /* of the payload, zlib's polynomial */
};

enum skbscope_frame_type {
    /* agent to host */
    SKBSCOPE_FRAME_HELLO = 1, /* JSON: release, build, date, transport, clock, facts */
    /* JSON: functions (names; the index is the id), hosts, devices, queues, tasks; comes again with more, ids never
       change */
    SKBSCOPE_FRAME_NAMES = 2,
    SKBSCOPE_FRAME_EVENTS = 3,   /* struct skbscope_event[] of one CPU, in its order; fn refers to NAMES */
    SKBSCOPE_FRAME_PROGRESS = 4, /* JSON: what, done, of */
    SKBSCOPE_FRAME_INSPECT = 5,  /* JSON: rows of {function, by, reason}; machine: {what, there, detail} */
    SKBSCOPE_FRAME_ERROR = 6,    /* JSON: place, what, code; the run goes no further */
    SKBSCOPE_FRAME_NOTE = 7,     /* JSON: text for the user */
    SKBSCOPE_FRAME_FRAMES = 8,   /* JSON: {device, direction, hex}: bytes seen on a device, where asked for */
    /* JSON: events, lost; of a lab's shell: status; of a live watch: made, received: records; loss: by reason;
       unknowable: what this kernel does not count */
    SKBSCOPE_FRAME_END = 9,
    SKBSCOPE_FRAME_READY = 10,    /* JSON: serial; all that was asked is done, the agent waits for the next request */
    SKBSCOPE_FRAME_MISSED = 11,   /* JSON: functions that the run called and no probe was on */
    SKBSCOPE_FRAME_SNAPSHOT = 12, /* JSON: one network namespace as it was when it was asked for (snapshot.h) */
    SKBSCOPE_FRAME_SYSCALLS = 13, /* struct skbscope_call and its payload, again and again (syscalls.h) */

    /* host to agent: a request is these, in order; the agent does them in order */
    SKBSCOPE_FRAME_REQUEST = 64, /* JSON: serial; the agent takes up a request whose serial is new to it */
    /* text, a line each: name, TAB, index of the sk_buff argument or -1. What may be probed */
    SKBSCOPE_FRAME_CATALOGUE = 65,
    SKBSCOPE_FRAME_ATTACH = 66, /* text: names, a line each */
    SKBSCOPE_FRAME_RUN = 67,    /* struct skbscope_oplist */
    SKBSCOPE_FRAME_WAIT = 68,   /* empty: say READY, and wait */
    SKBSCOPE_FRAME_STOP = 69,   /* empty: end what runs, send what there is of it, and go. So does the end of input */
    /* text as in CATALOGUE: say in INSPECT what this machine lets be traced, by which means, and why not by a better */
    SKBSCOPE_FRAME_SURVEY = 80,
    /* text: network namespaces, a line each ("a" of /run/netns, "pid:1234", "host"; no line: all there are). Answered
       with a SNAPSHOT of each */
    SKBSCOPE_FRAME_SNAPSHOT_OF = 72,
    /* text as before: says READY, sends SYSCALLS of these namespaces while they happen until a STOP, then END */
    SKBSCOPE_FRAME_CALLS = 73,
    SKBSCOPE_FRAME_LIVE = 70,  /* struct skbscope_live (live.h): what a watch is for. Probes of an ATTACH that follows
                                  ask its filter */
    SKBSCOPE_FRAME_WATCH = 71, /* empty: send events while they happen, until a STOP */
};

#endif
