// SPDX-License-Identifier: GPL-2.0-or-later
// Pages for fragments: counted, freed with the last reference. Linux 6.1: mm/page_alloc.c
#include "linux/skbuff.h"
#include "linux/slab.h"

namespace skbscope::stack {

page *alloc_pages(unsigned order) {
    page *p = knew<page>();
    // Whole pages come from kmalloc's largest class on; the page's address is what matters.
    p->virt = static_cast<u8 *>(kmalloc(std::size_t{PAGE_SIZE} << order));
    p->order = order;
    refcount_set(&p->count, 1);
    return p;
}

void get_page(page *p) {
    refcount_inc(&p->count);
}

void put_page(page *p) {
    if (!refcount_dec_and_test(&p->count)) return;
    kfree(p->virt);
    kdelete(p);
}

} // namespace skbscope::stack
