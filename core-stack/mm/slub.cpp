// SPDX-License-Identifier: GPL-2.0-or-later
// The slab allocator. A cache hands out objects of one size; a freed object goes on top of its CPU's free list and is
// the next one handed out there. That is why the sk_buff of the next packet so often stands at the address of the last
// one. Objects come zeroed (Debian's kernel sets init_on_alloc). Linux 6.1: mm/slub.c, mm/slab_common.c
#include "linux/slab.h"

#include "linux/bug.h"
#include "linux/kernel.h"
#include "linux/skbuff.h"
#include "sim/arena.h"
#include "sim/asan.h"
#include "sim/machine_state.h"

#include <array>
#include <cstring>
#include <set>

namespace skbscope::stack {

namespace {

constexpr std::array<std::size_t, 13> size_classes{8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192};

// The smallest class that holds `size`, by the size in units of eight bytes.
constexpr auto class_of_units = [] {
    std::array<u8, size_classes.back() / 8 + 1> table{};
    std::size_t c = 0;
    for (std::size_t units = 0; units < table.size(); ++units) {
        while (size_classes[c] < units * 8)
            ++c;
        table[units] = static_cast<u8>(c);
    }
    return table;
}();
std::size_t class_of(std::size_t size) {
    return class_of_units[(size + 7) / 8];
}

arena &memory() {
    return *this_machine().memory;
}

// A fresh slab: its objects are taken in the order of their addresses.
void grow(kmem_cache *cache, std::vector<void *> &free) {
    const std::size_t slab = cache->stride > 1024 ? 8 * PAGE_SIZE : PAGE_SIZE;
    u8 *p = memory().take_pages(slab);
    const std::size_t n = slab / cache->stride;
    for (std::size_t i = n; i-- > 0;) {
        free.push_back(p + i * cache->stride);
        cache->objects.push_back(p + i * cache->stride);
    }
    asan_poison(p, slab);
}

kmem_cache *kmalloc_cache(std::size_t size) {
    const std::size_t c = class_of(size);
    kmem_cache *&cache = memory().kmalloc_caches[c];
    if (!cache) [[unlikely]]
        cache = kmem_cache_create(("kmalloc-" + std::to_string(size_classes[c])).c_str(), size_classes[c], 8);
    return cache;
}

u16 &page_class(const void *p) {
    arena &m = memory();
    return m.page_class[static_cast<std::size_t>(static_cast<const u8 *>(p) - m.base) / PAGE_SIZE];
}

void *kmalloc_large(std::size_t size) {
    arena &m = memory();
    auto &free = m.free_large[size];
    u8 *p = nullptr;
    if (free.empty()) {
        p = m.take_pages(size);
    } else {
        p = free.back();
        free.pop_back();
    }
    m.large[p] = size;
    asan_unpoison(p, size);
    std::memset(p, 0, size);
    return p;
}

} // namespace

kmem_cache *kmem_cache_create(const char *name, std::size_t object_size, std::size_t align) {
    auto cache = std::make_unique<kmem_cache>();
    cache->name = name;
    cache->object_size = object_size;
    cache->stride = ALIGN(object_size, align);
    cache->freelist.resize(memory().cpus);
    memory().caches.push_back(std::move(cache));
    return memory().caches.back().get();
}

void *kmem_cache_alloc(kmem_cache *cache) {
    auto &free = cache->freelist[this_machine().cpu];
    if (free.empty()) grow(cache, free);
    void *object = free.back();
    free.pop_back();
    asan_unpoison(object, cache->stride);
    std::memset(object, 0, cache->stride);
    return object;
}

void kmem_cache_free(kmem_cache *cache, void *object) {
    BUG_ON(!memory().holds(object));
    asan_poison(object, cache->stride);
    cache->freelist[this_machine().cpu].push_back(object);
}

std::vector<const void *> live_objects(const kmem_cache *cache) {
    std::set<const void *> live(cache->objects.begin(), cache->objects.end());
    for (const auto &free : cache->freelist)
        for (const void *object : free)
            live.erase(object);
    return {live.begin(), live.end()};
}

std::size_t kmalloc_size_roundup(std::size_t size) {
    if (size <= size_classes.back()) return size_classes[class_of(size)];
    std::size_t pages = 4 * std::size_t{PAGE_SIZE};
    while (pages < size)
        pages *= 2;
    return pages;
}

void *kmalloc(std::size_t size) {
    const std::size_t rounded = kmalloc_size_roundup(size);
    if (rounded > size_classes.back()) return kmalloc_large(rounded);
    void *p = kmem_cache_alloc(kmalloc_cache(rounded));
    page_class(p) = static_cast<u16>(rounded / 8);
    return p;
}

void *kzalloc(std::size_t size) {
    return kmalloc(size);
}

std::size_t ksize(const void *object) {
    if (const std::size_t c = page_class(object)) return c * 8;
    const auto it = memory().large.find(object);
    BUG_ON(it == memory().large.end());
    return it->second;
}

void kfree(const void *object) {
    if (!object) return;
    void *p = const_cast<void *>(object); // NOLINT(*-const-cast): the kernel's kfree takes const, too
    if (const std::size_t c = page_class(p)) return kmem_cache_free(kmalloc_cache(c * 8), p);
    arena &m = memory();
    const auto it = m.large.find(p);
    BUG_ON(it == m.large.end());
    asan_poison(p, it->second);
    m.free_large[it->second].push_back(static_cast<u8 *>(p));
    m.large.erase(it);
}

u64 kernel_address(const void *object) {
    if (!object) return 0;
    const arena &m = memory();
    BUG_ON(!m.holds(object));
    return arena::shown_base + static_cast<u64>(static_cast<const u8 *>(object) - m.base);
}

} // namespace skbscope::stack
