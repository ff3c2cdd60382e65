// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/overview_lanes.h"

#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"

#include <QStringList>
#include <algorithm>
#include <array>

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

// Parts of a lane's width, process, softirq and hardirq: what is idle on every CPU leaves room to the others' words.
using Shares = std::array<qreal, 3>;
Shares sharesOf(const std::vector<OverviewCpu> &cpus) {
    Shares out{0.6, 0.6, 0.6};
    for (const OverviewCpu &cpu : cpus) {
        if (!cpu.lane.process.isEmpty()) out[0] = 1;
        if (!cpu.lane.softirq.isEmpty() || !cpu.lane.pending.isEmpty()) out[1] = 1;
        if (!cpu.lane.hardirq.isEmpty()) out[2] = 1;
    }
    const qreal sum = out[0] + out[1] + out[2];
    for (qreal &share : out)
        share /= sum;
    return out;
}

void lane(DisplayList &list, const OverviewCpu &cpu, const Shares &shares, qreal y) {
    const CpuLane &l = cpu.lane;
    list.text({6, y + cpuLaneHigh / 2 + 3.3}, 12, QStringLiteral("CPU %1").arg(l.cpu), l.known ? Ink::ink : Ink::ink3,
              650);
    const qreal x = 54, room = list.size.width() - x - 4;
    const int shown = std::min(2, int(cpu.queues.size()));
    const qreal queueWide = shown ? std::min(106.0, room * 0.36 / shown) : 0, wide = room - queueWide * shown;
    qreal left = x;
    const auto next = [&](qreal share, const char *context, const QString &what, const QString &pending) {
        cell(list, {left, y + 1, wide * share - 4, cpuLaneHigh - 3}, context, what, pending);
        left += wide * share;
    };
    next(shares[0], "process", l.process, {});
    next(shares[1], "softirq", l.softirq, l.pending);
    next(shares[2], "hardirq", l.hardirq, {});
    list.region({x, y, wide, cpuLaneHigh}, QStringLiteral("cpu:%1").arg(l.cpu),
                l.known ? laneTip(l) : phrase("OverviewScene", "nothing was recorded on this CPU yet"));
    std::vector<const OverviewQueue *> queues;
    for (const OverviewQueue &q : cpu.queues)
        queues.push_back(&q);
    std::stable_sort(queues.begin(), queues.end(), fullerFirst);
    for (int i = 0; i < shown; ++i)
        drawWaiting(list, *queues[std::size_t(i)], {left + queueWide * i, y + 1, queueWide - 3, cpuLaneHigh - 3});
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
    const Shares shares = sharesOf(overview.cpus);
    for (int i = 0; i < count; ++i, y += cpuLaneHigh)
        lane(list, overview.cpus[std::size_t(i)], shares, y);
    hands(list, overview, y);
}

} // namespace skbscope::ui
