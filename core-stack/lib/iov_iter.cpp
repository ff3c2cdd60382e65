// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: lib/iov_iter.c
#include "linux/uio.h"

#include "linux/bug.h"
#include "linux/errno.h"
#include "net/checksum.h"

#include <algorithm>
#include <cstring>

namespace skbscope::stack {

namespace {

void init(iov_iter *i, iter_kind kind, unsigned direction, const iovec *iov, unsigned long nr_segs, std::size_t count) {
    *i = {.kind = kind,
          .data_source = direction == WRITE,
          .iov_offset = 0,
          .count = count,
          .iov = iov,
          .nr_segs = nr_segs};
}

// Calls step(memory, bytes, done so far) for each stretch of the next `bytes`, and moves on. Returns the bytes done.
template <class Step> std::size_t iterate(iov_iter *i, std::size_t bytes, Step &&step) {
    bytes = std::min(bytes, i->count);
    std::size_t done = 0;
    while (done < bytes) {
        const std::size_t left = i->iov->iov_len - i->iov_offset;
        const std::size_t n = std::min(left, bytes - done);
        if (n) step(static_cast<u8 *>(i->iov->iov_base) + i->iov_offset, n, done);
        done += n;
        i->iov_offset += n;
        if (i->iov_offset == i->iov->iov_len) {
            ++i->iov;
            --i->nr_segs;
            i->iov_offset = 0;
        }
    }
    i->count -= done;
    return done;
}

} // namespace

void iov_iter_init(iov_iter *i, unsigned direction, const iovec *iov, unsigned long nr_segs, std::size_t count) {
    init(i, iter_kind::user, direction, iov, nr_segs, count);
}
void iov_iter_kvec(iov_iter *i, unsigned direction, const kvec *kv, unsigned long nr_segs, std::size_t count) {
    init(i, iter_kind::kernel, direction, kv, nr_segs, count);
}
int import_single_range(unsigned direction, void *buf, std::size_t len, iovec *iov, iov_iter *i) {
    constexpr std::size_t MAX_RW_COUNT = 0x7ffff000;
    *iov = {buf, std::min(len, MAX_RW_COUNT)};
    iov_iter_init(i, direction, iov, 1, iov->iov_len);
    return 0;
}

void iov_iter_advance(iov_iter *i, std::size_t bytes) {
    iterate(i, bytes, [](u8 *, std::size_t, std::size_t) {});
}

void iov_iter_revert(iov_iter *i, std::size_t bytes) {
    i->count += bytes;
    while (bytes) {
        if (i->iov_offset == 0) {
            --i->iov;
            ++i->nr_segs;
            i->iov_offset = i->iov->iov_len;
        }
        const std::size_t n = std::min(bytes, i->iov_offset);
        i->iov_offset -= n;
        bytes -= n;
    }
}

std::size_t copy_from_iter(void *addr, std::size_t bytes, iov_iter *i) {
    BUG_ON(!i->data_source);
    u8 *to = static_cast<u8 *>(addr);
    return iterate(i, bytes,
                   [to](const u8 *from, std::size_t n, std::size_t done) { std::memcpy(to + done, from, n); });
}

bool copy_from_iter_full(void *addr, std::size_t bytes, iov_iter *i) {
    if (i->count < bytes) return false;
    copy_from_iter(addr, bytes, i);
    return true;
}

std::size_t copy_to_iter(const void *addr, std::size_t bytes, iov_iter *i) {
    BUG_ON(i->data_source);
    const u8 *from = static_cast<const u8 *>(addr);
    return iterate(i, bytes, [from](u8 *to, std::size_t n, std::size_t done) { std::memcpy(to, from + done, n); });
}

// Linux 6.1: lib/iov_iter.c
bool csum_and_copy_from_iter_full(void *addr, std::size_t bytes, wsum *csum, iov_iter *i) {
    BUG_ON(!i->data_source);
    if (i->count < bytes) return false;
    u8 *to = static_cast<u8 *>(addr);
    wsum sum = *csum;
    iterate(i, bytes, [&](const u8 *from, std::size_t n, std::size_t done) {
        const wsum next = i->kind == iter_kind::user ? csum_and_copy_from_user(from, to + done, n)
                                                     : csum_partial_copy_nocheck(from, to + done, n);
        sum = csum_block_add(sum, next, done);
    });
    *csum = sum;
    return true;
}

// Linux 6.1: lib/iov_iter.c
std::size_t csum_and_copy_to_iter(const void *addr, std::size_t bytes, void *csstate, iov_iter *i) {
    BUG_ON(i->data_source);
    auto *state = static_cast<csum_state *>(csstate);
    const u8 *from = static_cast<const u8 *>(addr);
    wsum sum = csum_shift(state->csum, state->off);
    const std::size_t done_all = iterate(i, bytes, [&](u8 *to, std::size_t n, std::size_t done) {
        const wsum next = i->kind == iter_kind::user ? csum_and_copy_to_user(from + done, to, n)
                                                     : csum_partial_copy_nocheck(from + done, to, n);
        sum = csum_block_add(sum, next, done);
    });
    state->csum = csum_shift(sum, state->off);
    state->off += done_all;
    return done_all;
}

} // namespace skbscope::stack
