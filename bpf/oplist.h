/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario as the probe agent gets it: a header, fixed-size operations, then a blob that they point into. Compiled by
 * app/ from the YAML (which alone is parsed by a YAML parser), run by the agent and, through core-stack's own calls, by
 * the model. Little endian. The agent checks every offset, count and index before it acts.
 */
#ifndef SKBSCOPE_BPF_OPLIST_H
#define SKBSCOPE_BPF_OPLIST_H

#include <linux/types.h>

#define SKBSCOPE_OPLIST_MAGIC 0x4c4f4b53u /* "SKOL" */
#define SKBSCOPE_OPLIST_VERSION 1
#define SKBSCOPE_OP_MAX 4096
#define SKBSCOPE_NAME_MAX 16 /* with the final 0: IFNAMSIZ */
#define SKBSCOPE_SOCKETS_MAX 64

enum skbscope_op_kind {
    /* topology and configuration; allowed before and between steps, never traced */
    SKBSCOPE_OP_HOST = 1,  /* name: namespace; host = its index from 1. Brings lo up */
    SKBSCOPE_OP_VETH,      /* host/name and host2/name2, arg[0] and arg[1]: their indexes (ifindex), 0: what is free */
    SKBSCOPE_OP_MAC,       /* host/name, data: 6 bytes */
    SKBSCOPE_OP_UP,        /* host/name, arg[0]: 1 up, 0 down */
    SKBSCOPE_OP_MTU,       /* host/name, arg[0] */
    SKBSCOPE_OP_ADDRESS,   /* host/name, ip, arg[0]: prefix length, arg[1]: 1 = delete */
    SKBSCOPE_OP_NEIGHBOUR, /* host/name, ip, data: MAC, arg[0]: NUD_* state, arg[1]: 1 = delete */
    SKBSCOPE_OP_ROUTE,    /* host/name, ip/arg[0]: prefix, ip2: gateway, arg[1]: 1 = delete, arg[2]: RTN_* type, arg[3]:
                             metric, arg[4]: prefsrc as be32 */
    SKBSCOPE_OP_FEATURE,  /* host/name, data: "tso", arg[0]: on */
    SKBSCOPE_OP_QDISC,    /* host/name, data: tc's words: "pfifo limit 100", arg[1]: 1 = delete */
    SKBSCOPE_OP_SYSCTL,   /* host, data: "net.ipv4.ip_forward=1" */
    SKBSCOPE_OP_RPS,      /* host/name, arg[0]: queue, arg[1]: CPU mask */
    SKBSCOPE_OP_NFT_DROP, /* host, data: a rule: hook, matches, verdict: "input saddr 10.9.0.1 udp dport 7000 drop",
                             arg[1]: 1 = delete */
    SKBSCOPE_OP_CARD,     /* a simulated card, of the model alone: host/name, arg[0]: queues, arg[1] and arg[2]: rx and
                             tx descriptors, arg[3]: SKBSCOPE_CARD_*, arg[4]: ns between interrupts, data: RSS table */
    SKBSCOPE_OP_CABLE,    /* between two cards: host/name and host2/name2 */
    SKBSCOPE_OP_VLAN,     /* host/name: a VLAN device on name2, of the same host. arg[0]: VLAN id, arg[1]: its index
                             (ifindex), 0: what is free, arg[2]: the tag's ethertype, 0x8100 or 0x88a8 */
    SKBSCOPE_OP_RPS_FLOWS,  /* host/name, arg[0]: queue, arg[1]: rps_flow_cnt */
    SKBSCOPE_OP_SOCK_FLOWS, /* arg[0]: rps_sock_flow_entries, of the whole machine */

    /* steps */
    SKBSCOPE_OP_SETNS = 64, /* host */
    SKBSCOPE_OP_SOCKET,     /* sock, arg[0]: domain, arg[1]: type, arg[2]: protocol, arg[3]: receive time-out in ms (0 =
                               leave it) */
    SKBSCOPE_OP_BIND,       /* sock, ip, port */
    SKBSCOPE_OP_CONNECT,    /* sock, ip, port */
    SKBSCOPE_OP_LISTEN,     /* sock, arg[0]: backlog */
    SKBSCOPE_OP_ACCEPT,     /* sock: the listener, sock2: the new one */
    SKBSCOPE_OP_SENDTO,     /* sock, ip, port, arg[0]: length, arg[1]: MSG_* flags; data: payload if given, else a to z
                               repeated */
    SKBSCOPE_OP_SEND,       /* sock, arg[0]: length, arg[1]: flags; data as above */
    SKBSCOPE_OP_SEND_PING,  /* sock, ip: 64 bytes of ICMP echo request: id 1, sequence 1, the rest 0, checksum right */
    SKBSCOPE_OP_RECV,       /* sock, arg[0]: length, arg[1]: flags */
    SKBSCOPE_OP_CLOSE,      /* sock */
    SKBSCOPE_OP_SHUTDOWN,   /* sock, arg[0]: SHUT_* */
    SKBSCOPE_OP_SETSOCKOPT, /* sock, arg[0]: level, arg[1]: name, arg[2]: int value */
    SKBSCOPE_OP_JOIN,       /* sock, ip: group, ip2: interface address, arg[0]: 1 = leave */
    SKBSCOPE_OP_POLL,       /* sock, arg[0]: events, arg[1]: time-out in ms */
    SKBSCOPE_OP_NONBLOCK,   /* sock */
    SKBSCOPE_OP_PACKET,     /* sock, name: device: AF_PACKET, SOCK_RAW, ETH_P_ALL, bound */
    SKBSCOPE_OP_TAP_OPEN,   /* sock, name, arg[0]: 1 = IFF_NAPI, 2 = IFF_NAPI_FRAGS too; in the current namespace */
    SKBSCOPE_OP_TAP_WRITE,  /* sock, data: the frame */
    SKBSCOPE_OP_TAP_READ,   /* sock, arg[0]: length; never blocks */
    SKBSCOPE_OP_SLEEP,      /* arg[0]: ms */
    SKBSCOPE_OP_TRACE,      /* arg[0]: 1 on, 0 off */
};

/* arg[3] of SKBSCOPE_OP_CARD */
#define SKBSCOPE_CARD_PER_PACKET 1u  /* an interrupt a packet, no NAPI */
#define SKBSCOPE_CARD_SHARED_LINE 2u /* one interrupt line for everything */

struct skbscope_op {
    __u16 kind;
    __u16 host, host2; /* index of SKBSCOPE_OP_HOST, from 1; 0 = none */
    __u16 sock, sock2; /* 0 .. SKBSCOPE_SOCKETS_MAX - 1 */
    __u16 port;        /* host order */
    __u32 ip, ip2;     /* big endian */
    __u32 line;        /* in the scenario file, from 1: for messages and for STEP_BEGIN */
    __u32 step;        /* index among the file's steps, from 0; 0xffffffff for topology */
    __u32 arg[6];
    __u32 data, data_len; /* into the blob */
    char name[SKBSCOPE_NAME_MAX], name2[SKBSCOPE_NAME_MAX];
    __u32 reserved[2];
};

struct skbscope_oplist {
    __u32 magic, version;
    __u32 count;     /* operations that follow */
    __u32 blob_size; /* bytes that follow them */
};

#ifdef __cplusplus
static_assert(sizeof(struct skbscope_op) == 100, "layout is shared with the agent");
#endif

#endif
