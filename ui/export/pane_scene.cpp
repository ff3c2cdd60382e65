// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/view_picture.h"

#include "ui/models/losses.h"
#include "ui/models/phrase.h"
#include "ui/scenes/bytes_scene.h"
#include "ui/scenes/calls_scene.h"
#include "ui/scenes/memory_map_scene.h"
#include "ui/scenes/stack_map_scene.h"
#include "ui/scenes/timeline_scene.h"

namespace skbscope::ui {

const char *paneId(PaneKind pane) {
    static constexpr std::array ids = {"calls", "stack", "skbuff", "bytes", "timeline"};
    return ids[static_cast<std::size_t>(pane)];
}

QString paneTitle(PaneKind pane) {
    const std::array titles = {phrase("PaneScene", "Calls"), phrase("PaneScene", "Stack"), QStringLiteral("sk_buff"),
                               phrase("PaneScene", "Bytes ⇄ headers"), phrase("PaneScene", "Timeline")};
    return titles[static_cast<std::size_t>(pane)];
}

QString paneQuestion(PaneKind pane) {
    const std::array questions = {phrase("PaneScene", "Where are we, and do model and kernel agree?"),
                                  phrase("PaneScene", "Which layer has the packet, and who runs it?"),
                                  phrase("PaneScene", "Which bytes are the packet now?"),
                                  phrase("PaneScene", "What does this byte mean?"),
                                  phrase("PaneScene", "When, and what is still to come?")};
    return questions[static_cast<std::size_t>(pane)];
}

QSizeF paneSize(PaneKind pane) {
    static const std::array<QSizeF, 5> sizes = {QSizeF(638, 660), QSizeF(604, 264), QSizeF(604, 200), QSizeF(604, 200),
                                                QSizeF(1250, 132)};
    return sizes[static_cast<std::size_t>(pane)];
}

DisplayList paneScene(const Session &s, PaneKind pane, const QSizeF &size) {
    switch (pane) {
    case PaneKind::calls:
        return callsScene(s.calls, {size, 18.9, 0, s.kernelHead(),
                                    s.selection.document() ? lostText(*s.selection.document()) : QStringLiteral("0"),
                                    s.unexplained(), s.link.frames(), &s.breakpoints, &s.find});
    case PaneKind::stack:
        return stackMapScene(s.stack.map(), {size, Station::none, 1, s.link.frames()});
    case PaneKind::memory:
        return memoryMapScene(s.memory.map(), {size, 1, s.link.frames()});
    case PaneKind::bytes:
        return bytesScene(s.headers, {size, 0, -1, s.link.frames()});
    case PaneKind::timeline:
        return timelineScene(s.timeline, {size, s.link.frames(), &s.breakpoints, &s.measure, &s.find});
    }
    return {};
}

} // namespace skbscope::ui
