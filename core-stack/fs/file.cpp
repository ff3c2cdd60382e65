// SPDX-License-Identifier: GPL-2.0-or-later
// A process's descriptors and the files behind them. Linux 6.1: fs/file.c, fs/file_table.c
//
// The last reference to a file does not release it at once: that happens when the system call ends (task work), as in
// the kernel, so that a close() never runs a socket's end in the middle of another function.
#include "linux/fs.h"

#include "linux/errno.h"
#include "linux/kernel.h"
#include "linux/rcupdate.h"
#include "linux/slab.h"

namespace skbscope::stack {

namespace {

inline constexpr std::size_t MAX_FDS = 1024; // RLIMIT_NOFILE of a fresh process

files_struct &current_files() {
    task_struct *task = get_current();
    if (!task->files) task->files = std::make_shared<files_struct>();
    return *task->files;
}

// Marks a descriptor that is given out and has no file yet.
file reserved;

file *look_up(int fd) {
    const files_struct &files = current_files();
    if (fd < 0 || static_cast<std::size_t>(fd) >= files.fd.size()) return nullptr;
    file *f = files.fd[static_cast<std::size_t>(fd)];
    return f == &reserved ? nullptr : f;
}

// Every open file is one; only its end needs to know.
struct rcu_file : file {
    rcu_head f_rcuhead;
};

// Linux 6.1: fs/file_table.c
void file_free(file *f) {
    call_rcu(&static_cast<rcu_file *>(f)->f_rcuhead,
             [](rcu_head *head) { kdelete(container_of(head, &rcu_file::f_rcuhead)); });
}

void __fput(file *f) {
    if (f->f_op && f->f_op->release) f->f_op->release(f);
    file_free(f);
}

void ____fput(callback_head *work) {
    __fput(container_of(work, &file::f_work));
}

} // namespace

// What a process that ends leaves open.
files_struct::~files_struct() {
    for (file *f : fd)
        if (f && f != &reserved && atomic_dec_and_test(&f->f_count)) __fput(f);
}

file *alloc_file_pseudo(const file_operations *fops, unsigned flags) {
    file *f = knew<rcu_file>();
    f->f_op = fops;
    f->f_flags = flags;
    return f;
}

// The lowest free one, from 3: the standard streams are taken.
int get_unused_fd_flags(unsigned) {
    auto &fd = current_files().fd;
    if (fd.size() < 3) fd.resize(3, &reserved);
    std::size_t n = 3;
    while (n < fd.size() && fd[n])
        ++n;
    if (n >= MAX_FDS) return -EMFILE;
    if (n == fd.size()) fd.push_back(nullptr);
    fd[n] = &reserved;
    return static_cast<int>(n);
}

void put_unused_fd(int fd) {
    current_files().fd[static_cast<std::size_t>(fd)] = nullptr;
}

void fd_install(int fd, file *f) {
    current_files().fd[static_cast<std::size_t>(fd)] = f;
}

file *fget(int fd) {
    file *f = look_up(fd);
    if (f) atomic_inc(&f->f_count);
    return f;
}

file *fget_light(int fd, int *fput_needed) {
    *fput_needed = get_current()->files.use_count() > 1 ? 1 : 0;
    return *fput_needed != 0 ? fget(fd) : look_up(fd);
}

void fput(file *f) {
    if (!atomic_dec_and_test(&f->f_count)) return;
    f->f_work.func = ____fput;
    task_work_add(get_current(), &f->f_work);
}

int close_fd(int fd) {
    file *f = look_up(fd);
    if (!f) return -EBADF;
    current_files().fd[static_cast<std::size_t>(fd)] = nullptr;
    fput(f);
    return 0;
}

} // namespace skbscope::stack
