// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/overview_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/overview_lanes.h"
#include "ui/scenes/parts.h"

#include <algorithm>
#include <map>

namespace skbscope::ui {

namespace {
constexpr qreal titleHigh = 20, tokenWide = 44, tokenHigh = 17;
constexpr int mostHosts = 5, mostLanes = 4;

class OverviewPainter {
public:
    OverviewPainter(const Overview &o, const QSizeF &size) : o_(o) {
        list_.size = size;
        hosts_ = std::min(mostHosts, int(o.hosts.size()));
        lanes_ = std::min(mostLanes, int(o.cpus.size()));
        const qreal low = lanes_ * cpuLaneHigh + 20;
        hostWide_ = hosts_ ? (size.width() - 8) / hosts_ : size.width();
        rowHigh_ = (size.height() - titleHigh - low - 4) / mapRows;
    }
    DisplayList run();

private:
    [[nodiscard]] qreal left(std::size_t host) const { return 4 + hostWide_ * qreal(host); }
    // A rail is where a packet passes: on the side of a neighbour, and on both sides of a host that has none.
    [[nodiscard]] qreal leftRail(std::size_t host) const { return host > 0 || hosts_ == 1 ? tokenWide + 7 : 2; }
    [[nodiscard]] qreal rightRail(std::size_t host) const {
        return int(host) + 1 < hosts_ || hosts_ == 1 ? tokenWide + 7 : 2;
    }
    [[nodiscard]] QRectF rowRect(std::size_t host, MapRow row) const {
        return {left(host) + leftRail(host), titleHigh + rowHigh_ * int(row),
                hostWide_ - leftRail(host) - rightRail(host), rowHigh_ - 3};
    }
    [[nodiscard]] QRectF tokenRect(const OverviewToken &t, int before) const {
        const QRectF row = rowRect(t.host, t.row);
        // Where there is no neighbour on that side there is no rail: it stands on its box.
        const qreal x = t.right ? std::min(row.right() + 4, list_.size.width() - tokenWide - 2)
                                : std::max(2.0, row.left() - 4 - tokenWide);
        return {x, row.center().y() - tokenHigh / 2 - 3.0 * before, tokenWide, tokenHigh};
    }
    void host(std::size_t index);
    void row(std::size_t host, MapRow row);
    void wires();
    void trail();
    void tokens();
    void token(const OverviewToken &t, const QRectF &rect, int more);
    void relations();

    const Overview &o_;
    DisplayList list_;
    int hosts_, lanes_;
    qreal hostWide_, rowHigh_;
    std::map<trace::PacketId, QRectF> placed_;
};

void OverviewPainter::host(std::size_t index) {
    const OverviewHost &h = o_.hosts[index];
    Label title{{left(index) + leftRail(index), 14},
                13,
                {{phrase("OverviewScene", "host ") + h.name + QLatin1Char(' '), Ink::ink, 650},
                 {h.devices.join(QStringLiteral(", ")), Ink::ink3}}};
    title.maxWidth = hostWide_ - leftRail(index) - 6;
    list_.add(title);
    for (int r = 0; r < mapRows; ++r)
        row(index, static_cast<MapRow>(r));
}

void OverviewPainter::row(std::size_t host, MapRow r) {
    const OverviewHost &h = o_.hosts[host];
    const QRectF rect = rowRect(host, r);
    const bool met = h.visited.test(std::size_t(r));
    const char letter = mapRowLetter(r);
    Box frame{rect, 5, Ink::panel};
    frame.stroke = Stroke{met ? layerInk(letter).mark : Ink::lineS, 1.4};
    list_.add(frame);
    const QRectF tile(rect.left() + 3, rect.center().y() - 8, 16, 16);
    drawBadge(list_, tile, letter, !met);
    std::vector<const OverviewQueue *> queues;
    for (const OverviewQueue &q : h.queues)
        if (q.row == r) queues.push_back(&q);
    std::stable_sort(queues.begin(), queues.end(), fullerFirst);
    const qreal x = rect.left() + 23, wide = rect.right() - 4 - x;
    const int fit = std::max(1, int(wide / 118));
    const int shown = std::min(fit, int(queues.size()));
    if (shown == 0)
        list_.add(Label{
            {x, rect.center().y() + 4.3}, 12, {{mapRowName(r), met ? Ink::ink2 : Ink::ink3}}, Anchor::start, wide});
    const bool more = int(queues.size()) > shown;
    const qreal each = shown ? (wide - (more ? 22 : 0)) / shown : 0;
    for (int i = 0; i < shown; ++i)
        drawWaiting(list_, *queues[std::size_t(i)], {x + each * i + 1, rect.top() + 2.5, each - 3, rect.height() - 5});
    if (more)
        list_.text({rect.right() - 4, rect.center().y() + 4.3}, 12,
                   QStringLiteral("+%1").arg(int(queues.size()) - shown), Ink::ink3, 400, Anchor::end);
}

// Devices of neighbouring hosts are joined on their row.
void OverviewPainter::wires() {
    for (const OverviewWire &w : o_.wires) {
        const std::size_t a = std::min(w.from, w.to), b = std::max(w.from, w.to);
        if (int(b) >= hosts_) continue;
        const QRectF from = rowRect(a, MapRow::device), to = rowRect(b, MapRow::device);
        const qreal y = from.bottom() - 4;
        list_.line({from.right(), y}, {to.left(), y}, {Ink::ink3, 2});
    }
}

// Along the rails, across a box where the packet went through a host, over the wire between two.
void OverviewPainter::trail() {
    const qreal wire = rowRect(0, MapRow::device).bottom() - 4;
    QPainterPath path;
    const OverviewToken *before = nullptr;
    for (const OverviewToken &t : o_.trail) {
        if (int(t.host) >= hosts_) break;
        const QPointF here = tokenRect(t, 0).center();
        if (!before) {
            path.moveTo(here);
        } else if (before->host != t.host) {
            path.lineTo(tokenRect(*before, 0).center().x(), wire);
            path.lineTo(here.x(), wire);
            path.lineTo(here);
        } else {
            path.lineTo(tokenRect(*before, 0).center().x(), here.y());
            path.lineTo(here);
        }
        before = &t;
    }
    list_.add(Path{path, {}, Texture::none, Stroke{Ink::ink, 3, {}, true, 0.55}});
}

void OverviewPainter::token(const OverviewToken &t, const QRectF &rect, int more) {
    Box body{rect, 5, t.current ? Ink::now : Ink::panel2};
    body.stroke = Stroke{t.current ? Ink::nowInk : Ink::ink2, t.current ? 2.0 : 1.2};
    list_.add(body);
    const Ink ink = t.current ? Ink::nowInk : Ink::ink;
    const qreal arrowX = rect.left() + 7;
    list_.add(Path{arrowHead({arrowX, rect.center().y() + (t.down ? 4 : -4)}, t.down ? 'd' : 'u', 8, 7), ink});
    list_.text({rect.right() - 4, rect.center().y() + 4.3}, 12,
               QStringLiteral("#%1").arg(t.packet) + (more ? QStringLiteral(" +%1").arg(more) : QString()), ink,
               t.current ? 700 : 500, Anchor::end);
    QString tip = phrase("OverviewScene", "packet %1, %2 bytes").arg(t.packet).arg(t.length);
    if (t.relative != trace::no_packet) tip += QStringLiteral("; %1 #%2").arg(t.relation).arg(t.relative);
    list_.region(rect, QStringLiteral("packet:%1").arg(t.packet), tip);
}

// Those at one place lie on top of each other, the current one on top of all.
void OverviewPainter::tokens() {
    std::map<std::tuple<std::size_t, int, bool>, std::vector<const OverviewToken *>> stacks;
    for (const OverviewToken &t : o_.tokens)
        if (int(t.host) < hosts_) stacks[{t.host, int(t.row), t.right}].push_back(&t);
    for (auto &[place, stack] : stacks) {
        std::stable_partition(stack.begin(), stack.end(), [](const OverviewToken *t) { return !t->current; });
        const int shown = std::min(3, int(stack.size()));
        for (int i = 0; i < shown; ++i) {
            const OverviewToken &t = *stack[stack.size() - std::size_t(shown - i)];
            const QRectF rect = tokenRect(t, shown - 1 - i);
            placed_[t.packet] = rect;
            token(t, rect, i + 1 == shown ? int(stack.size()) - shown : 0);
        }
        for (const OverviewToken *t : stack)
            placed_.try_emplace(t->packet, tokenRect(*t, 0));
    }
}

void OverviewPainter::relations() {
    for (const OverviewToken &t : o_.tokens) {
        const auto here = placed_.find(t.packet), other = placed_.find(t.relative);
        if (t.relative == trace::no_packet || here == placed_.end() || other == placed_.end()) continue;
        QPainterPath path;
        const QPointF a = here->second.center(), b = other->second.center();
        if ((a - b).manhattanLength() < 2 * tokenHigh) continue; // on top of each other
        path.moveTo(a);
        path.quadTo({(a.x() + b.x()) / 2 + 14, (a.y() + b.y()) / 2 - 14}, b);
        list_.add(Path{path, {}, Texture::none, Stroke{Ink::ink2, 1.4, {5, 3}}});
        list_.add(Label{{(a.x() + b.x()) / 2 + 7, (a.y() + b.y()) / 2 - 9},
                        12,
                        {{t.relation, Ink::ink2, 500}},
                        Anchor::middle,
                        0,
                        false,
                        Ink::panel});
    }
}

DisplayList OverviewPainter::run() {
    if (o_.hosts.empty()) {
        list_.text({list_.size.width() / 2, list_.size.height() / 2}, 14,
                   o_.gathering.isEmpty() ? phrase("OverviewScene", "no packet was seen on a host") : o_.gathering,
                   Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    wires();
    trail();
    for (int h = 0; h < hosts_; ++h)
        host(std::size_t(h));
    tokens();
    relations();
    drawLanes(list_, o_, lanes_, titleHigh + rowHigh_ * mapRows + 2);
    return std::move(list_);
}
} // namespace

DisplayList overviewScene(const Overview &overview, const QSizeF &size) {
    return OverviewPainter(overview, size).run();
}

} // namespace skbscope::ui
