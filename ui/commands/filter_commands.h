// SPDX-License-Identifier: GPL-2.0-or-later
// The commands of the filter: open its box, take it away, filter by what stands at the current call.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/session.h"

namespace skbscope::ui {

// `session` must outlive `registry`; `open` shows the box with the cursor in it.
void addFilterCommands(CommandRegistry &registry, Session &session, std::function<void()> open);

} // namespace skbscope::ui
