// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: kernel/panic.c
#include "linux/bug.h"

namespace skbscope::stack {

void bug(const char *what) {
    panic(what);
}
void panic(const std::string &what) {
    throw kernel_panic("model kernel panic: " + what);
}

} // namespace skbscope::stack
