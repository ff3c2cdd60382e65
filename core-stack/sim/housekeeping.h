// SPDX-License-Identifier: GPL-2.0-or-later
// Timers of the rest of the kernel, which wake idle CPUs.
#pragma once

namespace skbscope::stack {

class machine;

// Starts them. Right after the machine was made: they are counted from its boot.
void start_housekeeping(machine &m);

} // namespace skbscope::stack
