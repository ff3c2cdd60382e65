// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/call_number.h"

namespace skbscope::ui {

CallNumber callNumber(const TraceDocument &document, quint32 row, SideKind preferred) {
    if (row >= document.rows().size()) return {};
    for (const SideKind kind : {preferred, otherSide(preferred)})
        if (const quint32 call = document.rows()[row].call[sideIndex(kind)]; call != npos)
            return {kind, call + 1, quint32(document.side(kind)->tree.calls.size())};
    return {};
}

} // namespace skbscope::ui
