// SPDX-License-Identifier: GPL-2.0-or-later
// Predict: the question about the next step, and one of each kind.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/session.h"

namespace skbscope::ui {

void addGateCommands(CommandRegistry &registry, Session &session);

} // namespace skbscope::ui
