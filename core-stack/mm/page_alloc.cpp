// SPDX-License-Identifier: GPL-2.0-or-later
// Pages for fragments: counted, freed with the last reference. Linux 6.1: mm/page_alloc.c
#include "linux/mm.h"
#include "linux/slab.h"
#include "sim/arena.h"
#include "sim/boot.h"
#include "sim/machine_state.h"

#include <algorithm>
#include <vector>

namespace skbscope::stack {

namespace {
machine_global<std::vector<page *>> mem_map; // by page frame: each frame of a block leads to the block's first page

// Counted from the memory's start; beyond the map: no page ever was there.
std::size_t page_to_pfn(const u8 *address) {
    return static_cast<std::size_t>(address - this_machine().memory->base) / PAGE_SIZE;
}

void map_block(const page *block, page *to) {
    const std::size_t first = page_to_pfn(block->virt), end = first + (std::size_t{1} << block->order);
    if (mem_map->size() < end) mem_map->resize(end);
    std::fill(mem_map->begin() + static_cast<std::ptrdiff_t>(first),
              mem_map->begin() + static_cast<std::ptrdiff_t>(end), to);
}
} // namespace

// Made before whoever holds pages, so it outlives them when the machine goes.
void page_alloc_init() {
    mem_map.get();
}

page *alloc_pages(unsigned order) {
    page *p = knew<page>();
    // Whole pages come from kmalloc's largest class on; the page's address is what matters.
    p->virt = static_cast<u8 *>(kmalloc(std::size_t{PAGE_SIZE} << order));
    p->order = order;
    refcount_set(&p->count, 1);
    map_block(p, p);
    return p;
}

page *virt_to_head_page(const u8 *address) {
    const std::size_t pfn = page_to_pfn(address); // huge for what lies below the memory
    return pfn < mem_map->size() ? (*mem_map)[pfn] : nullptr;
}

void get_page(page *p) {
    refcount_inc(&p->count);
}

void put_page(page *p) {
    if (!refcount_dec_and_test(&p->count)) return;
    map_block(p, nullptr);
    kfree(p->virt);
    kdelete(p);
}

} // namespace skbscope::stack
