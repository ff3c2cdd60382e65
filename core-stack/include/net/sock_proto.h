// SPDX-License-Identifier: GPL-2.0-or-later
// What a protocol does with its sockets, and what all of them hold together. Linux 6.1: include/net/sock.h
#pragma once

#include "linux/skbuff.h"
#include "linux/slab.h"
#include "net/sock_struct.h"

#include <cstddef>
#include <vector>

namespace skbscope::stack {

// What all sockets of a protocol hold, in pages. Per machine.
struct proto_memory {
    long memory_allocated = 0;
    std::vector<int> per_cpu_fw_alloc; // not yet added to memory_allocated
    unsigned long memory_pressure = 0;
    long sysctl_mem[3] = {}; // pages: no pressure below, pressure above, hard limit
    int inuse = 0;           // sockets
};

// What a protocol does with its sockets. Constant and shared by all machines; what changes hangs off the functions
// that return a reference.
struct proto {
    const char *name = "";
    void (*close)(sock *sk, long timeout) = nullptr;
    int (*pre_connect)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*connect)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*disconnect)(sock *sk, int flags) = nullptr;
    int (*init)(sock *sk) = nullptr;
    void (*destroy)(sock *sk) = nullptr;
    void (*shutdown)(sock *sk, int how) = nullptr;
    int (*setsockopt)(sock *sk, int level, int optname, const void *optval, unsigned optlen) = nullptr;
    int (*getsockopt)(sock *sk, int level, int optname, void *optval, int *optlen) = nullptr;
    int (*sendmsg)(sock *sk, msghdr *msg, std::size_t len) = nullptr;
    int (*recvmsg)(sock *sk, msghdr *msg, std::size_t len, int flags, int *addr_len) = nullptr;
    int (*bind)(sock *sk, sockaddr *uaddr, int addr_len) = nullptr;
    int (*backlog_rcv)(sock *sk, sk_buff *skb) = nullptr;
    void (*release_cb)(sock *sk) = nullptr;
    int (*hash)(sock *sk) = nullptr;
    void (*unhash)(sock *sk) = nullptr;
    void (*rehash)(sock *sk) = nullptr;
    int (*get_port)(sock *sk, u16 snum) = nullptr;
    void (*put_port)(sock *sk) = nullptr;
    void (*enter_memory_pressure)(sock *sk) = nullptr;
    void (*leave_memory_pressure)(sock *sk) = nullptr;
    proto_memory *(*memory)() = nullptr;         // null: this protocol's memory is not accounted
    bool has_memory_pressure = false;            // TCP enters a state of pressure; UDP only has limits
    int (*sysctl_rmem)(const net *ns) = nullptr; // what a socket may always have
    int (*sysctl_wmem)(const net *ns) = nullptr;
    int max_header = 0;
    bool no_autobind = false;
    // The kernel has the size of an object here; C++ objects want their constructor and destructor:
    // proto_obj<udp_sock>.
    std::size_t obj_size = 0;
    sock *(*obj_new)(kmem_cache *slab) = nullptr;
    void (*obj_free)(kmem_cache *slab, sock *sk) = nullptr;
};

template <class T> struct proto_obj {
    static sock *make(kmem_cache *slab) { return kmem_cache_new<T>(slab); }
    static void free(kmem_cache *slab, sock *sk) { kmem_cache_delete(slab, static_cast<T *>(sk)); }
};

int proto_register(const proto *prot, int alloc_slab);
void proto_unregister(const proto *prot);

} // namespace skbscope::stack
