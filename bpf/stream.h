/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the probe agent sends, whichever way it is reached (pipe, virtio-serial, ssh): frames. The reader treats every
 * byte as hostile. A stream that ends without STREAM_END was cut: what came before is whole.
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
    SKBSCOPE_FRAME_HELLO = 1, /* JSON: release, build, date, transport, clock, facts */
    SKBSCOPE_FRAME_NAMES =
        2, /* JSON: functions [{id,name,file}], hosts, devices, queues, tasks; may come again, ids never change */
    SKBSCOPE_FRAME_EVENTS = 3,   /* struct skbscope_event[] of one CPU, in its order; fn refers to NAMES */
    SKBSCOPE_FRAME_PROGRESS = 4, /* JSON: what, done, of */
    SKBSCOPE_FRAME_INSPECT = 5,  /* JSON: rows of {function, by, reason} */
    SKBSCOPE_FRAME_ERROR = 6,    /* JSON: place, what, code; the run goes no further */
    SKBSCOPE_FRAME_NOTE = 7,     /* JSON: text for the user */
    SKBSCOPE_FRAME_FRAMES = 8,   /* JSON: {device, direction, hex}: bytes seen on a device, where asked for */
    SKBSCOPE_FRAME_END = 9,      /* JSON: events, lost, per-CPU counts */
};

#endif
