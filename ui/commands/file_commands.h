// SPDX-License-Identifier: GPL-2.0-or-later
// The commands about files and open traces.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/file_desk.h"

namespace skbscope::ui {

// `desk` must outlive `registry`.
void addFileCommands(CommandRegistry &registry, FileDesk &desk);

} // namespace skbscope::ui
