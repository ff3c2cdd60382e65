// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace skbscope::stack {

// The name behind id Catalogue::builtin().size() + index.
[[nodiscard]] std::string_view extra_function_name(std::size_t index);

} // namespace skbscope::stack
