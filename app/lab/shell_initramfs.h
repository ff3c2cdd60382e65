// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/lab/lab_files.h"

#include <vector>

namespace skbscope::app {

// The file system of a lab with a shell: busybox, this machine's bash as its shell, those of ip, tc, ss, ethtool,
// bpftool, tcpdump and strace that this machine has, and `programs` (names or paths), each with the shared libraries it
// needs.
[[nodiscard]] tl::expected<std::string, RunError> buildShellInitramfs(const LabFiles &lab,
                                                                      const std::vector<std::string> &programs);

} // namespace skbscope::app
