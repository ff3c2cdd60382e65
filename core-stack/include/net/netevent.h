// SPDX-License-Identifier: GPL-2.0-or-later
// Events of the network layer that other parts of the kernel may listen to. Linux 6.1: include/net/netevent.h
#pragma once

#include "linux/notifier.h"

namespace skbscope::stack {

inline constexpr unsigned long NETEVENT_NEIGH_UPDATE = 1, NETEVENT_REDIRECT = 2, NETEVENT_DELAY_PROBE_TIME_UPDATE = 3;

int register_netevent_notifier(notifier_block *nb);
int unregister_netevent_notifier(notifier_block *nb);
int call_netevent_notifiers(unsigned long val, void *v);

} // namespace skbscope::stack
