// SPDX-License-Identifier: GPL-2.0-or-later
// Where a function stands: does it count for fidelity, and which layer of the picture is it in? Both follow from the
// kernel file it is defined in, and for files that hold several layers from its name. Internal to trace/.
#pragma once

#include "trace/catalogue.h"

#include <string_view>

namespace skbscope::trace {

// Is `file` a part of the packet's path under net/? Names that only a timer interrupt brings in are left out by
// is_noise().
[[nodiscard]] bool file_in_scope(std::string_view file);
[[nodiscard]] bool is_noise(std::string_view name);

// Does the name matter for the layer, or the file alone?
[[nodiscard]] bool holds_several_layers(std::string_view file);
[[nodiscard]] Layer layer_of_function(std::string_view name, std::string_view file);

} // namespace skbscope::trace
