// SPDX-License-Identifier: GPL-2.0-or-later
// The entry of each system call: what the kernel does before and after the call proper, in the running process.
// Calls on a file's own operations (read, write, tap) stand in syscalls_tun.cpp.
#include "sim/syscalls.h"

#include "linux/errno.h"
#include "linux/fs.h"
#include "linux/if_ether.h"
#include "linux/if_packet.h"
#include "linux/net.h"
#include "linux/netdevice.h"
#include "linux/sched.h"
#include "linux/timer.h"
#include "net/net_namespace.h"

namespace skbscope::stack {

namespace {

// On the way back to user space the task does what it put off: releasing files, mostly.
template <class T> T leave_kernel(T ret) {
    exit_to_user_mode();
    return ret;
}

net *&current_net() {
    task_struct *task = get_current();
    if (!task->net_ns) task->net_ns = get_net(init_net());
    return task->net_ns;
}

} // namespace

// The process opens the namespace's file, enters, and closes it again. Linux 6.1: kernel/nsproxy.c. A new set of
// namespaces is made as a copy of the old, then the network part is replaced.
int sys_setns(net *ns) {
    if (!ns) return -EINVAL;
    static const file_operations ns_file_operations;
    const int fd = get_unused_fd_flags(0);
    if (fd < 0) return fd;
    fd_install(fd, alloc_file_pseudo(&ns_file_operations, 0));
    net *&mine = current_net();
    net *copy = copy_net_ns(0, mine);
    put_net(copy);
    net *old = mine;
    mine = get_net(ns);
    put_net(old);
    return leave_kernel(close_fd(fd));
}

int sys_socket(int family, int type, int protocol) {
    current_net();
    return leave_kernel(__sys_socket(family, type, protocol));
}

int sys_bind(int fd, const sockaddr_in &addr) {
    return leave_kernel(__sys_bind(fd, &addr, sizeof(addr)));
}

int sys_connect(int fd, const sockaddr_in &addr) {
    return leave_kernel(__sys_connect(fd, &addr, sizeof(addr)));
}

ssize_t sys_sendto(int fd, std::span<const u8> data, int flags, const sockaddr_in *addr) {
    return leave_kernel(
        __sys_sendto(fd, data.data(), data.size(), static_cast<unsigned>(flags), addr, addr ? sizeof(*addr) : 0));
}

ssize_t sys_recvfrom(int fd, std::span<u8> data, int flags, sockaddr_in *from) {
    int len = sizeof(*from);
    return leave_kernel(
        __sys_recvfrom(fd, data.data(), data.size(), static_cast<unsigned>(flags), from, from ? &len : nullptr));
}

int sys_getsockopt(int fd, int level, int optname, std::span<u8> value) {
    auto len = static_cast<int>(value.size());
    const int err = leave_kernel(__sys_getsockopt(fd, level, optname, value.data(), &len));
    return err < 0 ? err : len;
}

int sys_setsockopt(int fd, int level, int optname, std::span<const u8> value) {
    return leave_kernel(__sys_setsockopt(fd, level, optname, value.data(), static_cast<int>(value.size())));
}

int sys_shutdown(int fd, int how) {
    return leave_kernel(__sys_shutdown(fd, how));
}

int sys_close(int fd) {
    return leave_kernel(close_fd(fd));
}

// socket, an ioctl for the device's index, bind. The kernel's ioctl has no trace in net/ worth telling.
int sys_packet_socket(std::string_view device) {
    const be16 all = cpu_to_be16(ETH_P_ALL);
    const int fd = sys_socket(AF_PACKET, SOCK_RAW, all.raw);
    if (fd < 0) return fd;
    const net_device *dev = dev_get_by_name_rcu(current_net(), device);
    sockaddr_ll sll;
    sll.sll_protocol = all;
    sll.sll_ifindex = dev ? dev->ifindex : 0;
    const int err = dev ? leave_kernel(__sys_bind(fd, &sll, sizeof(sll))) : -ENODEV;
    if (err == 0) return fd;
    sys_close(fd);
    return err;
}

int sys_set_nonblock(int fd, bool on) {
    int fput_needed = 0;
    file *f = fget_light(fd, &fput_needed);
    if (!f) return -EBADF;
    f->f_flags = on ? f->f_flags | SOCK_NONBLOCK : f->f_flags & ~static_cast<unsigned>(SOCK_NONBLOCK);
    fput_light(f, fput_needed);
    return leave_kernel(0);
}

namespace {

struct hrtimer_sleeper {
    hrtimer timer;
    task_struct *task = nullptr;
};

void hrtimer_wakeup(hrtimer *timer) {
    hrtimer_sleeper *t = container_of(timer, &hrtimer_sleeper::timer);
    task_struct *task = t->task;
    t->task = nullptr;
    if (task) wake_up_process(task);
}

inline constexpr u64 TIMER_SLACK_NS = 50'000; // of an ordinary task: what the kernel may be late to save wake-ups

} // namespace

// Linux 6.1: kernel/time/hrtimer.c
int sys_nanosleep(u64 ns) {
    hrtimer_sleeper t;
    hrtimer_init(&t.timer, hrtimer_wakeup);
    t.task = get_current();
    hrtimer_start(&t.timer, ktime_get() + static_cast<ktime_t>(ns + TIMER_SLACK_NS));
    while (t.task) {
        set_current_state(TASK_INTERRUPTIBLE);
        if (t.task) schedule();
    }
    set_current_state(TASK_RUNNING);
    return leave_kernel(0);
}

} // namespace skbscope::stack
