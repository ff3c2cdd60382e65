// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: net/core/netevent.c
#include "net/netevent.h"

#include "linux/trace_fn.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

static machine_global<atomic_notifier_head> netevent_notif_chain;

int register_netevent_notifier(notifier_block *nb) {
    return raw_notifier_chain_register(&netevent_notif_chain.get(), nb);
}

int unregister_netevent_notifier(notifier_block *nb) {
    return raw_notifier_chain_unregister(&netevent_notif_chain.get(), nb);
}

int call_netevent_notifiers(unsigned long val, void *v) {
    TRACE_FN();
    return TRACE_RET(atomic_notifier_call_chain(&netevent_notif_chain.get(), val, v));
}

} // namespace skbscope::stack
