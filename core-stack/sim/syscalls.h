// SPDX-License-Identifier: GPL-2.0-or-later
// System calls of the model kernel, as a process of it makes them: call only from a body run by machine::run_process.
// They return what the kernel returns: >= 0, or a negative errno (linux/errno.h). Descriptors belong to the process.
#pragma once

#include "linux/sockaddr.h"
#include "linux/types.h"

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string_view>

namespace skbscope::stack {

struct net;

int sys_setns(net *ns); // what setns(2) with a network namespace does
int sys_socket(int family, int type, int protocol);
int sys_bind(int fd, const sockaddr_in &addr);
int sys_connect(int fd, const sockaddr_in &addr);
// `addr` may be null: send(2)
ssize_t sys_sendto(int fd, std::span<const u8> data, int flags, const sockaddr_in *addr);
// `from` may be null: recv(2)
ssize_t sys_recvfrom(int fd, std::span<u8> data, int flags, sockaddr_in *from);
int sys_setsockopt(int fd, int level, int optname, std::span<const u8> value);
int sys_getsockopt(int fd, int level, int optname, std::span<u8> value); // bytes written, or a negative errno
int sys_shutdown(int fd, int how);
int sys_close(int fd);
int sys_set_nonblock(int fd, bool on); // fcntl(F_SETFL, O_NONBLOCK)
int sys_nanosleep(u64 ns);
// A tun/tap character device attached to interface `name` (TUNSETIFF with IFF_TAP | IFF_NO_PI, IFF_NAPI if napi).
// Whose packets written frames become, and when they are received: the writer's at once; at the next poll (IFF_NAPI);
// NAPI's own, at once (IFF_NAPI_FRAGS).
enum class tap_receive : u8 { at_once, napi, napi_frags };
int sys_tap_open(std::string_view name, tap_receive how);
ssize_t sys_write(int fd, std::span<const u8> data);
ssize_t sys_read(int fd, std::span<u8> data);
// AF_PACKET/SOCK_RAW, ETH_P_ALL, bound to a device.
int sys_packet_socket(std::string_view device);

} // namespace skbscope::stack
