// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/core/sock.c
#include "net/page_frag.h"

#include "linux/trace_fn.h"
#include "net/sock.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

namespace {

constexpr unsigned SKB_FRAG_PAGE_ORDER = 3; // 32 KB

struct task_frag {
    page_frag frag;
    ~task_frag() {
        if (frag.page) put_page(frag.page);
    }
};
machine_global<task_frag> task_frag_; // one a task in the kernel

} // namespace

page_frag *sk_page_frag(sock *) {
    return &task_frag_->frag;
}

bool skb_page_frag_refill(unsigned size, page_frag *pfrag, gfp_t) {
    TRACE_FN();
    if (pfrag->page) {
        if (refcount_read(&pfrag->page->count) == 1) { // everybody else is done with it: start over
            pfrag->offset = 0;
            return TRACE_RET(true);
        }
        if (pfrag->offset + size <= pfrag->size) return TRACE_RET(true);
        put_page(pfrag->page);
    }
    pfrag->page = alloc_pages(SKB_FRAG_PAGE_ORDER);
    pfrag->offset = 0;
    pfrag->size = PAGE_SIZE << SKB_FRAG_PAGE_ORDER;
    return TRACE_RET(pfrag->page != nullptr);
}

bool sk_page_frag_refill(sock *sk, page_frag *pfrag) {
    TRACE_FN();
    return TRACE_RET(skb_page_frag_refill(32, pfrag, sk->sk_allocation));
}

} // namespace skbscope::stack
