// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/arena.h"

#include "linux/bug.h"
#include "linux/skbuff.h"
#include "sim/asan.h"

#include <sys/mman.h>

#include <cerrno>
#include <system_error>

namespace skbscope::stack {

namespace {

constexpr std::size_t pages = arena::size / PAGE_SIZE;
constexpr std::size_t mapped = 2 * arena::size + pages * sizeof(u16); // memory, shadow, page_class

u8 *reserve(std::size_t bytes) {
    // No swap is reserved: only pages that are touched cost memory.
    void *p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "model memory");
    return static_cast<u8 *>(p);
}

} // namespace

arena::arena(unsigned n)
    : base(reserve(mapped)), cpus(n), page_class(reinterpret_cast<u16 *>(base + 2 * size), pages) {}

arena::~arena() {
    asan_unpoison(base, used); // whoever gets these addresses next, as the shadow of another machine for one
    munmap(base, mapped);
}

u8 *arena::take_pages(std::size_t bytes) {
    bytes = ALIGN(bytes, PAGE_SIZE);
    if (bytes > size - used) panic("the model machine is out of memory (1 GiB)");
    u8 *p = base + used;
    used += bytes;
    return p;
}

} // namespace skbscope::stack
