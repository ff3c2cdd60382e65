// SPDX-License-Identifier: GPL-2.0-or-later
// A cursor over the memory of a system call (user space) or of the kernel: what a read fills and a write empties.
// Linux 6.1: include/linux/uio.h, lib/iov_iter.c
#pragma once

#include "linux/types.h"

#include <cstddef>
#include <span>

namespace skbscope::stack {

using wsum = u32; // a 32-bit partial ones' complement sum (net/checksum.h)

inline constexpr unsigned READ = 0, WRITE = 1; // READ: the iterator's memory is filled; WRITE: it is the source

struct iovec {
    void *iov_base = nullptr;
    std::size_t iov_len = 0;
};
using kvec = iovec;

enum class iter_kind : u8 { user, kernel }; // ITER_IOVEC, ITER_KVEC

struct iov_iter {
    iter_kind kind = iter_kind::user;
    bool data_source = false;   // WRITE
    std::size_t iov_offset = 0; // into the first segment
    std::size_t count = 0;      // bytes left
    const iovec *iov = nullptr;
    unsigned long nr_segs = 0;
};

void iov_iter_init(iov_iter *i, unsigned direction, const iovec *iov, unsigned long nr_segs, std::size_t count);
void iov_iter_kvec(iov_iter *i, unsigned direction, const kvec *kv, unsigned long nr_segs, std::size_t count);
int import_single_range(unsigned direction, void *buf, std::size_t len, iovec *iov, iov_iter *i);
[[nodiscard]] inline std::size_t iov_iter_count(const iov_iter *i) {
    return i->count;
}
inline void iov_iter_truncate(iov_iter *i, u64 count) {
    if (i->count > count) i->count = static_cast<std::size_t>(count);
}
inline void iov_iter_reexpand(iov_iter *i, std::size_t count) {
    i->count = count;
}
void iov_iter_advance(iov_iter *i, std::size_t bytes);
void iov_iter_revert(iov_iter *i, std::size_t bytes);

// Return how many bytes were copied; the _full forms copy all or nothing.
std::size_t copy_from_iter(void *addr, std::size_t bytes, iov_iter *i);
[[nodiscard]] bool copy_from_iter_full(void *addr, std::size_t bytes, iov_iter *i);
std::size_t copy_to_iter(const void *addr, std::size_t bytes, iov_iter *i);
[[nodiscard]] bool csum_and_copy_from_iter_full(void *addr, std::size_t bytes, wsum *csum, iov_iter *i);
struct csum_state {
    wsum csum = 0;
    std::size_t off = 0;
};
std::size_t csum_and_copy_to_iter(const void *addr, std::size_t bytes, void *csstate, iov_iter *i);

} // namespace skbscope::stack
