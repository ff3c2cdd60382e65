// SPDX-License-Identifier: GPL-2.0-or-later
// Linux 6.1: include/linux/mm.h
#pragma once

#include "linux/skbuff.h"

namespace skbscope::stack {

// The page that an address lies in, the first one of its block; null: not from alloc_pages().
[[nodiscard]] page *virt_to_head_page(const u8 *address);

} // namespace skbscope::stack
