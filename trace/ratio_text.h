// SPDX-License-Identifier: GPL-2.0-or-later
// A fidelity in three digits, as every view writes it.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>

namespace skbscope::trace {

// 0.9996 is not 1.000: only what is whole is shown as whole.
[[nodiscard]] inline std::string ratio_text(double value) {
    constexpr double nearly_whole = 0.999;
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", value < 1.0 ? std::min(value, nearly_whole) : value);
    return text;
}

} // namespace skbscope::trace
