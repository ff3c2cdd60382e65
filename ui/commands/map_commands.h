// SPDX-License-Identifier: GPL-2.0-or-later
// How near the map is looked at: all, the way, one layer.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/session.h"

namespace skbscope::ui {

// `session` must outlive `registry`.
void addMapCommands(CommandRegistry &registry, Session &session);

} // namespace skbscope::ui
