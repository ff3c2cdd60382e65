// SPDX-License-Identifier: GPL-2.0-or-later
// The window's "what if": the scenario that a trace carries, run twice on the model.
#pragma once

#include "ui/what_if.h"

namespace skbscope::app {

[[nodiscard]] ui::WhatIfSource whatIfSource();

} // namespace skbscope::app
