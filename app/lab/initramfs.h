// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/lab/lab_files.h"

namespace skbscope::app {

// The lab's first and only file system: the agent as init, the modules it loads, the catalogue of what may be probed.
[[nodiscard]] tl::expected<std::string, RunError> buildInitramfs(const LabFiles &lab);

} // namespace skbscope::app
