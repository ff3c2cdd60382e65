// SPDX-License-Identifier: GPL-2.0-or-later
// What a session shows, as one picture: a pane with its head, or the view: banner, calls, stack, sk_buff, bytes and
// timeline, placed as in the window. Folds, pins, breakpoints and measures are those of the session.
#pragma once

#include "ui/export/picture.h"
#include "ui/models/session.h"

namespace skbscope::ui {

enum class PaneKind : quint8 { calls, stack, memory, bytes, timeline };
inline constexpr std::array allPanes = {PaneKind::calls, PaneKind::stack, PaneKind::memory, PaneKind::bytes,
                                        PaneKind::timeline};
[[nodiscard]] const char *paneId(PaneKind pane); // "calls", "stack", "skbuff", "bytes", "timeline"
[[nodiscard]] QString paneTitle(PaneKind pane);
[[nodiscard]] QString paneQuestion(PaneKind pane);
// The pane's drawing alone, at the present step and at rest.
[[nodiscard]] DisplayList paneScene(const Session &session, PaneKind pane, const QSizeF &size);
[[nodiscard]] QSizeF paneSize(PaneKind pane); // where it stands alone

[[nodiscard]] Picture viewPicture(const Session &session);
[[nodiscard]] Picture panePicture(const Session &session, PaneKind pane);

} // namespace skbscope::ui
