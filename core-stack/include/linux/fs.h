// SPDX-License-Identifier: GPL-2.0-or-later
// Open files: what a descriptor points to. Sockets and tun devices are files. Linux 6.1: include/linux/fs.h, file.h
#pragma once

#include "linux/atomic.h"
#include "linux/sched.h"
#include "linux/types.h"

#include <sys/types.h>

#include <vector>

namespace skbscope::stack {

struct file;
struct iov_iter;
struct kiocb {
    file *ki_filp = nullptr;
    int ki_flags = 0;
};
struct file_operations {
    ssize_t (*read_iter)(kiocb *iocb, iov_iter *to) = nullptr;
    ssize_t (*write_iter)(kiocb *iocb, iov_iter *from) = nullptr;
    u32 (*poll)(file *f) = nullptr;
    int (*release)(file *f) = nullptr;
};
struct file {
    const file_operations *f_op = nullptr;
    void *private_data = nullptr;
    unsigned f_flags = 0; // O_NONBLOCK, ...
    atomic_t f_count{1};
    callback_head f_work;
};
struct files_struct {
    std::vector<file *> fd; // by descriptor
    ~files_struct();
};

// One reference, the caller's.
[[nodiscard]] file *alloc_file_pseudo(const file_operations *fops, unsigned flags);
int get_unused_fd_flags(unsigned flags);
void put_unused_fd(int fd);
void fd_install(int fd, file *f);
[[nodiscard]] file *fget(int fd); // null: -EBADF. Takes a reference
// As fget(), but takes no reference when the table belongs to one task only; *fput_needed tells.
[[nodiscard]] file *fget_light(int fd, int *fput_needed);
inline void fput_light(file *f, int fput_needed);
void fput(file *f); // the last one releases the file when the system call ends
int close_fd(int fd);

inline void fput_light(file *f, int fput_needed) {
    if (fput_needed) fput(f);
}

} // namespace skbscope::stack
