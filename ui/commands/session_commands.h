// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that need no window: stepping, playing, jumping, folding, choosing a side.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/session.h"

namespace skbscope::ui {

// `session` must outlive `registry`.
void addSessionCommands(CommandRegistry &registry, Session &session);

} // namespace skbscope::ui
