// SPDX-License-Identifier: GPL-2.0-or-later
// Memory as the kernel hands it out: caches of objects of one size, freed objects taken again last-in first-out, and
// kmalloc's size classes, which decide truesize. Everything lives in the machine's arena: its addresses are the same
// in every run. Linux 6.1: mm/slub.c, include/linux/slab.h
#pragma once

#include "linux/types.h"

#include <cstddef>
#include <new>
#include <utility>

namespace skbscope::stack {

struct kmem_cache;

// object_size is the kernel's; what the model keeps in an object must fit (or size >= is taken with `stride`).
kmem_cache *kmem_cache_create(const char *name, std::size_t object_size, std::size_t align);
[[nodiscard]] void *kmem_cache_alloc(kmem_cache *cache); // zeroed; never null
void kmem_cache_free(kmem_cache *cache, void *object);

// The class that would serve `size`: 8, 16, 32, 64, 96, 128, 192, 256, ... 8192, then whole pages.
[[nodiscard]] std::size_t kmalloc_size_roundup(std::size_t size);
[[nodiscard]] void *kmalloc(std::size_t size); // not zeroed beyond the first use; never null
[[nodiscard]] void *kzalloc(std::size_t size);
[[nodiscard]] std::size_t ksize(const void *object);
void kfree(const void *object);

// The address the trace shows for an object of the arena: like the kernel's direct map, the same in every run.
[[nodiscard]] u64 kernel_address(const void *object);

// C++ objects in a cache.
template <class T, class... Args> [[nodiscard]] T *kmem_cache_new(kmem_cache *cache, Args &&...args) {
    return new (kmem_cache_alloc(cache)) T(std::forward<Args>(args)...);
}
template <class T> void kmem_cache_delete(kmem_cache *cache, T *object) {
    object->~T();
    kmem_cache_free(cache, object);
}
template <class T, class... Args> [[nodiscard]] T *knew(Args &&...args) {
    return new (kzalloc(sizeof(T))) T(std::forward<Args>(args)...);
}
template <class T> void kdelete(T *object) {
    if (!object) return;
    object->~T();
    kfree(object);
}

} // namespace skbscope::stack
