// SPDX-License-Identifier: GPL-2.0-or-later
// A call as people name it: "96" (its number on the side that is looked at), "ip_rcv" (its first call) or "ip_rcv:2"
// (its second).
#pragma once

#include "ui/models/trace_document.h"

#include <tl/expected.hpp>

namespace skbscope::ui {

// The row; an error says what is wrong and what there is.
[[nodiscard]] tl::expected<quint32, QString> callAt(const TraceDocument &document, const QString &address,
                                                    SideKind side);
// The last step in which `row` is the current one.
[[nodiscard]] quint32 lastStepOf(const TraceDocument &document, quint32 row);

} // namespace skbscope::ui
