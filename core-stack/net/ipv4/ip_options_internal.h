// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of net/ipv4/ip_options.c share.
#pragma once

#include "net/ip.h"

#include <cstring>

namespace skbscope::stack {

inline be32 load_be32(const u8 *from) {
    be32 v;
    std::memcpy(&v, from, sizeof(v));
    return v;
}
inline void store_be32(u8 *to, be32 v) {
    std::memcpy(to, &v, sizeof(v));
}
[[nodiscard]] be32 inet_current_timestamp(); // ms since midnight UT

} // namespace skbscope::stack
