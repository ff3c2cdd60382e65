// SPDX-License-Identifier: GPL-2.0-or-later
// What `twin` and `live --twin` say of a twin.
#pragma once

#include "app/cli/failure.h"
#include "app/twin/twin.h"

namespace skbscope::app {

[[nodiscard]] OrFailure<void> saveTwin(const std::string &file, const std::string &text);
// Its steps, what it leaves out, and where the model answered a call otherwise than the kernel.
void showTwin(const Twin &twin, std::size_t calls, std::uint64_t lost);

} // namespace skbscope::app
