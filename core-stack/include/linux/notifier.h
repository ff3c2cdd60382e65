// SPDX-License-Identifier: GPL-2.0-or-later
// Notifier chains: who wants to know is called in order of priority, then of registration.
// Linux 6.1: include/linux/notifier.h
#pragma once

#include "linux/types.h"

namespace skbscope::stack {

struct notifier_block {
    int (*notifier_call)(notifier_block *nb, unsigned long action, void *data) = nullptr;
    notifier_block *next = nullptr;
    int priority = 0;
};
struct raw_notifier_head {
    notifier_block *head = nullptr;
};
using atomic_notifier_head = raw_notifier_head;
using blocking_notifier_head = raw_notifier_head;

inline constexpr int NOTIFY_DONE = 0, NOTIFY_OK = 1, NOTIFY_STOP_MASK = 0x8000, NOTIFY_BAD = NOTIFY_STOP_MASK | 2,
                     NOTIFY_STOP = NOTIFY_OK | NOTIFY_STOP_MASK;
[[nodiscard]] constexpr int notifier_from_errno(int err) {
    return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}
[[nodiscard]] constexpr int notifier_to_errno(int ret) {
    ret &= ~NOTIFY_STOP_MASK;
    return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

int raw_notifier_chain_register(raw_notifier_head *nh, notifier_block *n);
int raw_notifier_chain_unregister(raw_notifier_head *nh, notifier_block *n);
int raw_notifier_call_chain(raw_notifier_head *nh, unsigned long action, void *data);
inline int atomic_notifier_call_chain(atomic_notifier_head *nh, unsigned long action, void *data) {
    return raw_notifier_call_chain(nh, action, data);
}
inline int blocking_notifier_call_chain(blocking_notifier_head *nh, unsigned long action, void *data) {
    return raw_notifier_call_chain(nh, action, data);
}

} // namespace skbscope::stack
