// SPDX-License-Identifier: GPL-2.0-or-later
// Where a packet comes from that nobody sent here: of fragments, of another packet, or built by a driver.
#pragma once

#include "ui/models/document_side.h"

#include <QStringList>

namespace skbscope::ui {

// Two short lines, markup; empty where the trace does not tell. Call it for a packet that has no sender on its way.
[[nodiscard]] QStringList originWords(const DocumentSide &side, trace::PacketId packet);

} // namespace skbscope::ui
