// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/lab/cpio.h"
#include "app/lab/lab_files.h"

#include <string>
#include <vector>

namespace skbscope::app {

// The lab's first and only file system: the agent as init, the modules it loads, the catalogue of what may be probed.
// `asked`: which of askedModules() it loads too.
[[nodiscard]] tl::expected<std::string, RunError> buildInitramfs(const LabFiles &lab,
                                                                 const std::vector<std::string> &asked = {});

// What every lab has: the agent as init, and the modules.
[[nodiscard]] tl::expected<void, RunError> addLabFiles(CpioArchive &archive, const LabFiles &lab,
                                                       const std::vector<std::string> &asked = {});

} // namespace skbscope::app
