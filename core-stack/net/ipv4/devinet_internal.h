// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/devinet.c share: static functions there.
#pragma once

#include "linux/inetdevice.h"

namespace skbscope::stack {

int devinet_init_net(net *ns);
void devinet_exit_net(net *ns);
void devinet_sysctl_register(in_device *idev); // net.ipv4.conf.<device>.*, net.ipv4.neigh.<device>.*
void devinet_sysctl_unregister(in_device *idev);

} // namespace skbscope::stack
