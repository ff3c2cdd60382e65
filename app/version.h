// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace skbscope::app {

inline constexpr const char *version = SKBSCOPE_VERSION; // of skbscope
inline constexpr const char *mirroredRelease = "6.1";    // the Linux release that the model mirrors
inline constexpr const char *mirroredKernel = "Linux 6.1 (Debian 12, amd64, cloud)";

} // namespace skbscope::app
