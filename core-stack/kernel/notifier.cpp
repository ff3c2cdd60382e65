// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: kernel/notifier.c
#include "linux/notifier.h"

#include "linux/errno.h"

namespace skbscope::stack {

int raw_notifier_chain_register(raw_notifier_head *nh, notifier_block *n) {
    notifier_block **at = &nh->head;
    for (; *at; at = &(*at)->next) {
        if (*at == n) return -EEXIST;
        if (n->priority > (*at)->priority) break;
    }
    n->next = *at;
    *at = n;
    return 0;
}

int raw_notifier_chain_unregister(raw_notifier_head *nh, notifier_block *n) {
    for (notifier_block **at = &nh->head; *at; at = &(*at)->next)
        if (*at == n) {
            *at = n->next;
            return 0;
        }
    return -ENOENT;
}

int raw_notifier_call_chain(raw_notifier_head *nh, unsigned long action, void *data) {
    int ret = NOTIFY_DONE;
    for (notifier_block *nb = nh->head; nb;) {
        notifier_block *next = nb->next; // nb may unregister itself
        ret = nb->notifier_call(nb, action, data);
        if (ret & NOTIFY_STOP_MASK) break;
        nb = next;
    }
    return ret;
}

} // namespace skbscope::stack
