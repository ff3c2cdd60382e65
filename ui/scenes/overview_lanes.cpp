// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/overview_lanes.h"

#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"

#include <QStringList>
#include <algorithm>

namespace skbscope::ui {

namespace {
QString laneTip(const CpuLane &l) {
    QStringList out;
    for (const auto &[context, what] :
         {std::pair("process", l.process), {"softirq", l.softirq}, {"hardirq", l.hardirq}})
        if (!what.isEmpty()) out << phrase("Contexts", context) + QLatin1Char(' ') + what;
    return out.isEmpty() ? phrase("OverviewScene", "idle, or nothing that is traced")
                         : out.join(phrase("OverviewScene", ", interrupted by "));
}

void cell(DisplayList &list, const QRectF &rect, const char *context, const QString &what, const QString &pending) {
    const std::string_view name = context;
    Box body{rect, 4};
    Ink ink = Ink::ink3;
    std::optional<Ink> halo;
    if (what.isEmpty()) {
        body.stroke = Stroke{pending.isEmpty() ? Ink::lineS : Ink::ink, pending.isEmpty() ? 1.0 : 1.6, {4, 3}};
    } else if (name == "process") {
        body.fill = Ink::proc, ink = Ink::procText;
    } else if (name == "softirq") {
        body.texture = Texture::softirq, ink = Ink::softText, halo = Ink::soft;
    } else {
        body.texture = Texture::hardirq, ink = Ink::hardText, halo = Ink::hard;
    }
    list.add(body);
    QString words = phrase("Contexts", context);
    if (!what.isEmpty()) words += QLatin1Char(' ') + what;
    if (!pending.isEmpty()) words += QStringLiteral(" · ") + pending + phrase("OverviewScene", " pending");
    list.add(Label{{rect.left() + 6, rect.center().y() + 4.3},
                   12,
                   {{words, pending.isEmpty() || !what.isEmpty() ? ink : Ink::ink, what.isEmpty() ? 400 : 650}},
                   Anchor::start,
                   rect.width() - 10,
                   false,
                   halo});
}

void lane(DisplayList &list, const OverviewCpu &cpu, qreal y) {
    const CpuLane &l = cpu.lane;
    list.text({6, y + cpuLaneHigh / 2 + 3.3}, 12, QStringLiteral("CPU %1").arg(l.cpu), l.known ? Ink::ink : Ink::ink3,
              650);
    const qreal x = 54, room = list.size.width() - x - 4;
    const int shown = std::min(2, int(cpu.queues.size()));
    const qreal queueWide = shown ? std::min(106.0, room * 0.36 / shown) : 0, wide = (room - queueWide * shown) / 3;
    cell(list, {x, y + 1, wide - 4, cpuLaneHigh - 3}, "process", l.process, {});
    cell(list, {x + wide, y + 1, wide - 4, cpuLaneHigh - 3}, "softirq", l.softirq, l.pending);
    cell(list, {x + 2 * wide, y + 1, wide - 4, cpuLaneHigh - 3}, "hardirq", l.hardirq, {});
    list.region({x, y, 3 * wide, cpuLaneHigh}, QStringLiteral("cpu:%1").arg(l.cpu),
                l.known ? laneTip(l) : phrase("OverviewScene", "nothing was recorded on this CPU yet"));
    std::vector<const OverviewQueue *> queues;
    for (const OverviewQueue &q : cpu.queues)
        queues.push_back(&q);
    std::stable_sort(queues.begin(), queues.end(), fullerFirst);
    for (int i = 0; i < shown; ++i)
        drawWaiting(list, *queues[std::size_t(i)],
                    {x + 3 * wide + queueWide * i, y + 1, queueWide - 3, cpuLaneHigh - 3});
}

// What handed the work over: in words, under the lanes, and as an arrow beside the CPUs it goes between.
void hands(DisplayList &list, const Overview &o, qreal y) {
    if (o.hands.empty()) {
        list.text({6, y + 13}, 12, phrase("OverviewScene", "no hand-over recorded yet"), Ink::ink3);
        return;
    }
    std::vector<Run> runs{
        {o.handsNow ? phrase("OverviewScene", "hand-over now: ") : phrase("OverviewScene", "last hand-over: "),
         o.handsNow ? Ink::ink : Ink::ink3, o.handsNow ? 650 : 400}};
    int said = 0;
    for (const HandOver &h : o.hands) {
        if (++said > 3) {
            runs.push_back({phrase("OverviewScene", " and %1 more").arg(o.hands.size() - 3), Ink::ink3});
            break;
        }
        if (said > 1) runs.push_back({QStringLiteral("; "), Ink::ink3});
        runs.push_back({phrase("OverviewScene", "CPU %1 ").arg(h.from) + h.words, Ink::ink, o.handsNow ? 600 : 400});
        if (!h.by.isEmpty()) runs.push_back({phrase("OverviewScene", " in ") + h.by, Ink::ink2, 400});
    }
    list.add(Label{{6, y + 13}, 12, std::move(runs), Anchor::start, list.size.width() - 12});
}
} // namespace

void drawLanes(DisplayList &list, const Overview &overview, int count, qreal y) {
    for (int i = 0; i < count; ++i, y += cpuLaneHigh)
        lane(list, overview.cpus[std::size_t(i)], y);
    hands(list, overview, y);
}

} // namespace skbscope::ui
