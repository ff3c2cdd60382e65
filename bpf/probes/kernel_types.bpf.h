/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's types, as far as the probes look into them. Offsets here mean nothing: every access is relocated against
 * the running kernel's BTF when the programs are loaded (CO-RE), so that a build needs no BTF of its own host.
 */
#ifndef SKBSCOPE_KERNEL_TYPES_BPF_H
#define SKBSCOPE_KERNEL_TYPES_BPF_H

#include <linux/bpf.h>
#include <linux/types.h>

#include <stdbool.h>
#include <stddef.h>

#define CORE __attribute__((preserve_access_index))

typedef struct {
    int counter;
} CORE atomic_t;

typedef struct refcount_struct {
    atomic_t refs;
} CORE refcount_t;

struct ns_common {
    unsigned int inum;
} CORE;

struct net {
    struct ns_common ns;
} CORE;

typedef struct {
    struct net *net;
} CORE possible_net_t;

struct net_device {
    unsigned short type;
    int ifindex;
    possible_net_t nd_net;
} CORE;

struct sk_buff_head {
    __u32 qlen;
} CORE;

struct sock_common {
    __be32 skc_daddr;
    __be32 skc_rcv_saddr;
    __be16 skc_dport;
    __u16 skc_num;
    unsigned short skc_family;
    volatile unsigned char skc_state;
    possible_net_t skc_net;
} CORE;

struct sock {
    struct sock_common __sk_common;
    struct sk_buff_head sk_receive_queue;
    struct {
        atomic_t rmem_alloc;
    } sk_backlog;
    refcount_t sk_wmem_alloc;
    __u16 sk_protocol;
} CORE;

struct sk_buff {
    struct sk_buff *next;
    struct sock *sk;
    struct net_device *dev;
    unsigned int len, data_len;
    __u8 cloned : 1;
    __u8 pkt_type : 3;
    __u8 ip_summed : 2;
    __be16 protocol;
    __u16 transport_header, network_header, mac_header;
    unsigned int tail, end;
    unsigned char *head, *data;
    unsigned int truesize;
    refcount_t users;
} CORE;

struct bio_vec {
    unsigned int bv_len;
    unsigned int bv_offset;
} CORE;

struct skb_shared_info {
    __u8 nr_frags;
    unsigned short gso_size;
    unsigned short gso_segs;
    atomic_t dataref;
    struct bio_vec frags[17];
} CORE;

struct nsproxy {
    struct net *net_ns;
} CORE;

struct task_struct {
    struct nsproxy *nsproxy;
} CORE;

struct qdisc_skb_head {
    __u32 qlen;
} CORE;

struct gnet_stats_queue {
    __u32 backlog;
} CORE;

struct netdev_queue {
    struct net_device *dev;
} CORE;

struct Qdisc {
    unsigned int flags;
    __u32 limit;
    struct netdev_queue *dev_queue;
    struct qdisc_skb_head q;
    struct gnet_stats_queue qstats;
} CORE;

struct neighbour {
    unsigned int arp_queue_len_bytes;
    struct sk_buff_head arp_queue;
} CORE;

struct gro_list {
    void *list[2]; /* struct list_head: here for the size, by which the probes step through an array */
    int count;
} CORE;

struct napi_struct {
    struct gro_list gro_hash[8];
} CORE;

struct softnet_data {
    struct sk_buff_head input_pkt_queue;
    struct sk_buff_head process_queue;
} CORE;

#endif
