// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that write what is shown: export.picture, export.page.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/export/save_box.h"

namespace skbscope::ui {

// `session` and `box` must outlive `registry`.
void addExportCommands(CommandRegistry &registry, Session &session, SaveBox &box);

} // namespace skbscope::ui
