// SPDX-License-Identifier: GPL-2.0-or-later
#include "net/inet_globals.h"

#include "sim/machine_state.h"

namespace skbscope::stack {

inet_globals &inet_global() {
    static const machine_global<inet_globals> globals;
    return globals.get();
}

} // namespace skbscope::stack
