// SPDX-License-Identifier: GPL-2.0-or-later
// Device features as `ethtool -K` names them.
#pragma once

#include <string>

namespace skbscope::bpf {

// In the current namespace. 0 or an errno; throws std::invalid_argument for a name that no feature has.
[[nodiscard]] int set_feature(const std::string &device, const std::string &feature, bool on);

} // namespace skbscope::bpf
