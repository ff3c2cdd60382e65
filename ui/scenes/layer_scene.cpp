// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/overview_scene.h"

#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal head = 26, lineHigh = 19;

// So that the current call is among those that fit, with what comes next below it.
std::size_t firstShown(const LayerZoom &layer, std::size_t fit) {
    std::size_t now = 0;
    for (std::size_t i = 0; i < layer.calls.size(); ++i)
        if (layer.calls[i].now || layer.calls[i].done) now = i;
    if (layer.calls.size() <= fit) return 0;
    const std::size_t wanted = now > fit / 2 ? now - fit / 2 : 0;
    return std::min(wanted, layer.calls.size() - fit);
}

void drawCall(DisplayList &list, const LayerCall &call, const QRectF &rect) {
    if (call.now) {
        Box row{rect, 3, Ink::nowRow};
        row.stroke = Stroke{Ink::nowMark, 1.6};
        list.add(row);
    }
    const Ink ink = call.done ? (call.elsewhere ? Ink::ink2 : Ink::ink) : Ink::ink3;
    const qreal x = rect.left() + 6 + 9.0 * std::clamp(call.depth, 0, 8);
    const qreal right =
        call.chip.isEmpty() ? rect.right() - 4 : drawChip(list, rect.right() - 4, rect.center().y(), call.chip) - 6;
    Label name{{x, rect.center().y() + 4.3}, 12.5, {{call.name, ink, call.now ? 700 : 400, true, call.elsewhere}}};
    name.maxWidth = right - x;
    list.add(name);
    list.region(rect, QStringLiteral("row:%1").arg(call.row),
                call.elsewhere ? phrase("LayerScene", "of another layer, called from here") : QString());
}
} // namespace

DisplayList layerScene(const LayerZoom &layer, const QSizeF &size) {
    DisplayList list;
    list.size = size;
    if (layer.isEmpty()) {
        list.text({size.width() / 2, size.height() / 2}, 14,
                  layer.gathering.isEmpty() ? phrase("LayerScene", "no packet is involved here") : layer.gathering,
                  Ink::ink3, 400, Anchor::middle);
        return list;
    }
    drawBadge(list, {6, 3, 20, 20}, layer.letter, false, 13);
    std::vector<Run> title{{layer.title, Ink::ink, 650}};
    if (!layer.host.isEmpty()) title.push_back({phrase("LayerScene", " of host ") + layer.host, Ink::ink2});
    if (!layer.before.isEmpty()) title.push_back({phrase("LayerScene", "   from ") + layer.before, Ink::ink3});
    if (!layer.after.isEmpty()) title.push_back({phrase("LayerScene", "   on to ") + layer.after, Ink::ink3});
    list.add(Label{{32, 18}, 13.5, std::move(title), Anchor::start, size.width() - 38});

    const qreal split = layer.queues.empty() ? size.width() : size.width() * 0.6;
    const std::size_t fit = std::size_t(std::max(1.0, (size.height() - head - 18) / lineHigh));
    const std::size_t first = firstShown(layer, fit), end = std::min(layer.calls.size(), first + fit);
    qreal y = head;
    for (std::size_t i = first; i < end; ++i, y += lineHigh)
        drawCall(list, layer.calls[i], {4, y, split - 10, lineHigh - 1});
    if (const std::size_t hidden = layer.calls.size() - (end - first))
        list.text({10, size.height() - 4}, 12,
                  phrase("LayerScene", "%1 more calls: %2 before, %3 after")
                      .arg(hidden)
                      .arg(first)
                      .arg(layer.calls.size() - end),
                  Ink::ink3);
    y = head;
    for (const OverviewQueue &q : layer.queues) {
        if (y + 24 > size.height()) break;
        drawWaiting(list, q, {split + 2, y, size.width() - split - 8, 23});
        y += 28;
    }
    return list;
}

} // namespace skbscope::ui
