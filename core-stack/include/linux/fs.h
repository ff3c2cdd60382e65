// SPDX-License-Identifier: GPL-2.0-or-later
// Open files: what a descriptor of a process points to. Sockets and tun/tap are files.
// Linux 6.1: include/linux/fs.h, fs/file.c, fs/file_table.c
#pragma once

#include "linux/types.h"
#include "linux/uio.h"

#include <memory>
#include <vector>

#include <sys/types.h>

namespace skbscope::stack {

struct file;

enum : unsigned { O_NONBLOCK = 00004000, O_CLOEXEC = 02000000 };

struct file_operations {
    // Bytes moved, or a negative errno. Null: the file cannot do it.
    ssize_t (*read_iter)(file *filp, iov_iter *to) = nullptr;
    ssize_t (*write_iter)(file *filp, iov_iter *from) = nullptr;
    int (*release)(file *filp) = nullptr; // the last descriptor went away
};

struct file {
    const file_operations *f_op = nullptr;
    unsigned f_flags = 0; // O_NONBLOCK
    int f_count = 1;      // descriptors, and calls under way
    void *private_data = nullptr;
};

// The descriptors of one process. Index = descriptor.
struct files_struct {
    std::vector<file *> fdt;
};

[[nodiscard]] file *alloc_file(const file_operations *fops, unsigned flags);
[[nodiscard]] file *fget(int fd);             // null: no such descriptor. Takes a reference
void fput(file *filp);                        // the last one calls release and frees
[[nodiscard]] int fd_install_new(file *filp); // the lowest free descriptor; takes over the caller's reference
int close_fd(int fd);

} // namespace skbscope::stack
