// SPDX-License-Identifier: GPL-2.0-or-later
// The memory of one machine: a reserved stretch of address space, handed out from its start, so that an object stands
// at the same distance from the start in every run. Beside it lies a shadow of the same size, where the tracer keeps
// what it has recorded of packet buffers.
#pragma once

#include "linux/types.h"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace skbscope::stack {

struct kmem_cache {
    std::string name;
    std::size_t object_size = 0;
    std::size_t stride = 0;                    // what one object takes, alignment included
    std::vector<std::vector<void *>> freelist; // a CPU: last in, first out
    std::vector<void *> objects;               // all there are, free or not
};
[[nodiscard]] std::vector<const void *> live_objects(const kmem_cache *cache); // handed out, not freed

struct arena {
    static constexpr std::size_t size = std::size_t{1} << 30;
    static constexpr u64 shown_base = 0xffff888001000000; // where the trace says it begins

    explicit arena(unsigned cpus);
    ~arena();
    arena(const arena &) = delete;
    arena &operator=(const arena &) = delete;

    [[nodiscard]] u8 *take_pages(std::size_t bytes); // whole pages, zeroed; throws kernel_panic when all is used up
    [[nodiscard]] bool holds(const void *p) const { return p >= base && p < base + size; }
    // Right behind the memory: a constant away, since the tracer asks at every event.
    [[nodiscard]] static u8 *shadow_of(const void *p) { return const_cast<u8 *>(static_cast<const u8 *>(p)) + size; }

    u8 *base = nullptr;
    std::size_t used = 0;
    unsigned cpus;
    std::vector<std::unique_ptr<kmem_cache>> caches;
    std::array<kmem_cache *, 13> kmalloc_caches{};       // by size class
    std::map<std::size_t, std::vector<u8 *>> free_large; // kmalloc beyond the classes, by size
    std::map<const void *, std::size_t> large;           // live ones
    // kmalloc class / 8 of each page, 0 = not kmalloc's. Behind the shadow: only what is looked at costs memory, and a
    // machine is made without half a megabyte to clear.
    std::span<u16> page_class;
};

} // namespace skbscope::stack
