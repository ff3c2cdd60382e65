// SPDX-License-Identifier: GPL-2.0-or-later
// The commands that run to something, stop, watch, measure, look and find. Those that need a choice ask for it.
#pragma once

#include "ui/commands/command_registry.h"
#include "ui/models/picker_model.h"
#include "ui/models/session.h"

namespace skbscope::ui {

// Opens a list to choose from.
using Ask = std::function<void(PickerRequest)>;

// `session` must outlive `registry`.
void addReplayCommands(CommandRegistry &registry, Session &session, const Ask &ask);

// What the lists hold.
[[nodiscard]] PickerRequest commandList(CommandRegistry &registry);
// ... with what happened and the functions that ran.
[[nodiscard]] PickerRequest findOrRunList(CommandRegistry &registry, Session &session);
[[nodiscard]] PickerRequest functionList(Session &session, Direction direction);
[[nodiscard]] PickerRequest fieldList(Session &session, const QString &title,
                                      const std::function<void(QString)> &choose);

} // namespace skbscope::ui
