// SPDX-License-Identifier: GPL-2.0-or-later
// What commands cost in the trace that is open, the first time and then: one line each, as window_bench has them.
#pragma once

#include "ui/models/session.h"

void measureCommands(skbscope::ui::Session &session);
