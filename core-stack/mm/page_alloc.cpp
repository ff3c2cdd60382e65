// SPDX-License-Identifier: GPL-2.0-or-later
// Pages for fragments: counted, freed with the last reference. Linux 6.1: mm/page_alloc.c
#include "linux/mm.h"
#include "linux/slab.h"
#include "sim/boot.h"
#include "sim/machine_state.h"

#include <map>

namespace skbscope::stack {

namespace {
machine_global<std::map<const u8 *, page *>> pages; // by address
} // namespace

// Made before whoever holds pages, so it outlives them when the machine goes.
void page_alloc_init() {
    pages.get();
}

page *alloc_pages(unsigned order) {
    page *p = knew<page>();
    // Whole pages come from kmalloc's largest class on; the page's address is what matters.
    p->virt = static_cast<u8 *>(kmalloc(std::size_t{PAGE_SIZE} << order));
    p->order = order;
    refcount_set(&p->count, 1);
    (*pages)[p->virt] = p;
    return p;
}

page *virt_to_head_page(const u8 *address) {
    auto it = pages->upper_bound(address);
    if (it == pages->begin()) return nullptr;
    page *p = (--it)->second;
    return address < p->virt + (std::size_t{PAGE_SIZE} << p->order) ? p : nullptr;
}

void get_page(page *p) {
    refcount_inc(&p->count);
}

void put_page(page *p) {
    if (!refcount_dec_and_test(&p->count)) return;
    pages->erase(p->virt);
    kfree(p->virt);
    kdelete(p);
}

} // namespace skbscope::stack
