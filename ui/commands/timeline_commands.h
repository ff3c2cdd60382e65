// SPDX-License-Identifier: GPL-2.0-or-later
// The stretch of a trace that the timeline shows: nearer, farther, along, all of it.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/session.h"

namespace skbscope::ui {

void addTimelineCommands(CommandRegistry &registry, Session &session);

} // namespace skbscope::ui
