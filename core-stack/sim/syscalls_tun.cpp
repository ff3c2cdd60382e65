// SPDX-License-Identifier: GPL-2.0-or-later
// read(2), write(2), and opening a tap: system calls that lead into a file's own operations.
#include "sim/syscalls.h"

#include "drivers/net/tun.h"
#include "linux/fs.h"
#include "linux/rtnetlink.h"
#include "linux/sched.h"

namespace skbscope::stack {

int sys_tap_open(std::string_view name, tap_receive how) {
    file *f = tun_chr_open();
    if (!f) return -ENOMEM;
    const unsigned polled = how == tap_receive::napi_frags ? IFF_NAPI | IFF_NAPI_FRAGS
                            : how == tap_receive::napi     ? IFF_NAPI
                                                           : 0;
    const tun_request request{.name = name, .flags = IFF_TAP | IFF_NO_PI | polled};
    rtnl_lock(); // as the ioctl does
    const int err = tun_set_iff(get_current()->net_ns, f, request);
    rtnl_unlock();
    if (err < 0) {
        fput(f);
        exit_to_user_mode();
        return err;
    }
    const int fd = get_unused_fd_flags(0);
    if (fd >= 0)
        fd_install(fd, f);
    else
        fput(f);
    exit_to_user_mode();
    return fd;
}

ssize_t sys_write(int fd, std::span<const u8> data) {
    int fput_needed = 0;
    file *f = fget_light(fd, &fput_needed);
    if (!f) return -EBADF;
    ssize_t ret = -EINVAL;
    if (f->f_op->write_iter) {
        iovec iov;
        iov_iter from;
        import_single_range(WRITE, const_cast<u8 *>(data.data()), data.size(), &iov, &from);
        kiocb iocb{.ki_filp = f};
        ret = f->f_op->write_iter(&iocb, &from);
    }
    fput_light(f, fput_needed);
    exit_to_user_mode();
    return ret;
}

ssize_t sys_read(int fd, std::span<u8> data) {
    int fput_needed = 0;
    file *f = fget_light(fd, &fput_needed);
    if (!f) return -EBADF;
    ssize_t ret = -EINVAL;
    if (f->f_op->read_iter) {
        iovec iov;
        iov_iter to;
        import_single_range(READ, data.data(), data.size(), &iov, &to);
        kiocb iocb{.ki_filp = f};
        ret = f->f_op->read_iter(&iocb, &to);
    }
    fput_light(f, fput_needed);
    exit_to_user_mode();
    return ret;
}

} // namespace skbscope::stack
