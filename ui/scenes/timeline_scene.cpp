// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/timeline_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/timeline_tags.h"

#include <algorithm>
#include <map>

namespace skbscope::ui {

namespace {
constexpr qreal lanesLeft = 128, marginRight = 10;
constexpr qreal phaseY = 18, laneHeight = 32, firstBase = 56, secondBase = 114, tagY = 60, tagHeight = 17;

class TimelinePainter {
public:
    TimelinePainter(const TimelineModel &model, const TimelineSceneOptions &options) : m_(model), o_(options) {
        list_.size = o_.size;
        slot_ = (o_.size.width() - lanesLeft - marginRight) / std::max<quint32>(1, m_.places());
        now_ = x(m_.current()) + slot_ / 2;
    }
    DisplayList run();

private:
    [[nodiscard]] bool isHidden(quint32 row) const { return m_.curtain() && row > m_.current(); }
    [[nodiscard]] qreal x(quint32 row) const { return lanesLeft + m_.placeOf(row) * slot_; }
    void gaps();
    void labels();
    void lane(SideKind side, qreal base);
    void stretch(const std::vector<TimelineBin> &bins, std::size_t from, std::size_t to, qreal base, bool later);
    void phases();
    void tags();
    [[nodiscard]] qreal widthOf(const TimelineTag &t) const;
    [[nodiscard]] std::vector<qreal> spread(const std::vector<int> &shown) const;
    void tag(const TimelineTag &t, qreal left, qreal width, bool strong);
    void times();
    void scrubber();
    void frame(quint32 row, bool pinned);
    void dots();
    void matches();
    void measured();

    const TimelineModel &m_;
    TimelineSceneOptions o_;
    DisplayList list_;
    qreal slot_, now_;
    QRectF pill_;
    mutable std::map<QString, qreal> widths_; // of texts
};

void TimelinePainter::labels() {
    if (m_.isFiltered()) // what is not there is said first
        list_.text({10, 15}, 12, grouped(m_.hidden()) + phrase("TimelineScene", " not shown"), Ink::ink, 650);
    else
        list_.text({10, 15}, 12, phrase("TimelineScene", "height = call depth"), Ink::ink3);
    list_.text({10, 73}, 12, phrase("TimelineScene", "buffer, queue, diff"), Ink::ink3);
    const auto lane = [this](SideKind side, qreal base) {
        const QString name = m_.laneName(side);
        list_.text({10, base - 14}, 13, name, m_.hasSide(side) ? Ink::ink : Ink::ink3, 650);
        const QString cpu = m_.cpu(side);
        if (!cpu.isEmpty()) list_.text({16 + runWidth({name, Ink::ink, 650}, 13), base - 14}, 13, cpu, Ink::ink2);
        if (!m_.hasSide(side))
            list_.text({16 + runWidth({name, Ink::ink, 650}, 13), base - 14}, 12, phrase("TimelineScene", "not here"),
                       Ink::ink3);
    };
    lane(SideKind::model, firstBase);
    lane(SideKind::kernel, secondBase);
}

// One context's stretch as a filled outline. What is still to come is half as strong.
void TimelinePainter::stretch(const std::vector<TimelineBin> &bins, std::size_t from, std::size_t to, qreal base,
                              bool later) {
    const auto left = [&](std::size_t i) { return i < bins.size() ? x(bins[i].row) : o_.size.width() - marginRight; };
    QPainterPath path(QPointF(left(from), base));
    for (std::size_t i = from; i < to; ++i) {
        const qreal y = base - laneHeight * qreal(bins[i].depth + 1) / qreal(m_.deepest() + 1);
        path.lineTo(left(i), y);
        path.lineTo(left(i + 1), y);
    }
    path.lineTo(left(to), base);
    Path shape{path};
    shape.alpha = later ? 0.5 : 1;
    switch (bins[from].context) {
    case trace::Context::process:
        shape.fill = Ink::proc, shape.stroke = Stroke{Ink::ghost};
        break;
    case trace::Context::softirq:
        shape.texture = Texture::softirq, shape.stroke = Stroke{Ink::soft};
        break;
    case trace::Context::hardirq:
        shape.texture = Texture::hardirq, shape.stroke = Stroke{Ink::hard};
        break;
    case trace::Context::idle:
        shape.stroke = Stroke{Ink::lineS};
        break;
    }
    list_.add(shape);
}

void TimelinePainter::lane(SideKind side, qreal base) {
    const std::vector<TimelineBin> bins = m_.lane(side, quint32(o_.size.width() - lanesLeft) / 2);
    std::size_t from = 0;
    for (std::size_t i = 1; i <= bins.size(); ++i) {
        const bool later = bins[i - 1].row >= m_.current();
        const bool cut =
            i == bins.size() || bins[i].context != bins[from].context || (bins[i].row >= m_.current()) != later;
        if (!cut) continue;
        if (!later || !m_.curtain()) stretch(bins, from, i, base, later);
        from = i;
    }
    list_.line({lanesLeft, base}, {o_.size.width() - marginRight, base}, {Ink::lineS});
}

void TimelinePainter::phases() {
    for (const TimelinePhase &p : m_.phases()) {
        if (isHidden(p.from)) break;
        const quint32 to_ = isHidden(p.to) ? m_.current() : p.to;
        const qreal left = x(p.from) + 1.5, right = x(to_ + 1) - 1.5;
        if (right - left < 4) continue;
        QPainterPath bracket(QPointF(left, phaseY + 4));
        bracket.lineTo(left, phaseY);
        bracket.lineTo(right, phaseY);
        bracket.lineTo(right, phaseY + 4);
        list_.add(Path{bracket, {}, Texture::none, Stroke{Ink::ink3, 1.4}});
        // Beside the pill of the current call, on the roomier side.
        qreal from = left, to = right;
        if (pill_.left() < to && pill_.right() > from) {
            if (pill_.left() - from > to - pill_.right())
                to = pill_.left() - 8;
            else
                from = pill_.right() + 8;
        }
        const Label label{{(from + to) / 2, 14}, 12.5, {{p.text, Ink::ink2}}, Anchor::middle};
        if (labelWidth(label) <= to - from) list_.add(label);
    }
}

void TimelinePainter::tag(const TimelineTag &t, qreal left, qreal width, bool strong) {
    const qreal at = x(t.row) + slot_ / 2;
    const QRectF rect(left, tagY, width, tagHeight);
    list_.line({at, firstBase}, {at, tagY + 1}, {Ink::lineS});
    if (t.kind == TimelineTag::difference) {
        list_.add(Mark{t.mark, QRectF(left + (width - 16) / 2, tagY + 0.5, 16, 16)});
    } else if (t.kind == TimelineTag::queue) {
        list_.add(Box{rect, 0, Ink::qTint, Texture::none, Stroke{Ink::qMark, 1.2}});
        list_.text({rect.center().x(), tagY + 13}, 12, t.text, Ink::ink, 400, Anchor::middle);
    } else {
        const bool drop = t.kind == TimelineTag::drop;
        list_.add(Box{rect, 5, Ink::panel, Texture::none,
                      Stroke{drop     ? Ink::diffMark
                             : strong ? Ink::ink
                                      : Ink::lineS,
                             strong ? 1.8 : 1.0}});
        list_.text({rect.center().x(), tagY + 13}, 12, t.text, drop ? Ink::diffText : Ink::ink, strong ? 650 : 400,
                   Anchor::middle);
    }
    list_.region(rect, QStringLiteral("tag:%1").arg(t.row), t.tip);
}

qreal TimelinePainter::widthOf(const TimelineTag &t) const {
    if (t.kind == TimelineTag::difference) return 18;
    if (t.kind == TimelineTag::queue) return 22;
    const auto [at, isNew] = widths_.try_emplace(t.text); // a few texts, again and again
    if (isNew) at->second = runWidth({t.text, Ink::ink, 650}, 12) + 12;
    return at->second;
}

// Each near its call. Neighbours that would overlap share their displacement; where a crowd would drift too far from
// its calls the least telling ones are left out.
void TimelinePainter::tags() {
    const int strong = m_.lastMove();
    std::vector<int> shown = tellingTags(m_.tags(), strong, [this](quint32 row) { return x(row); });
    std::erase_if(shown, [this](int i) { return isHidden(m_.tags()[std::size_t(i)].row); });
    for (;;) {
        const std::vector<qreal> left = spread(shown);
        int victim = -1;
        qreal worst = 60;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const TimelineTag &t = m_.tags()[std::size_t(shown[i])];
            const qreal drift = std::abs(left[i] + widthOf(t) / 2 - x(t.row) - slot_ / 2);
            const qreal weight = drift * tagWeight(t);
            if (shown[i] != strong && weight > worst) worst = weight, victim = int(i);
        }
        if (victim < 0) {
            for (std::size_t i = 0; i < shown.size(); ++i)
                tag(m_.tags()[std::size_t(shown[i])], left[i], widthOf(m_.tags()[std::size_t(shown[i])]),
                    shown[i] == strong);
            return;
        }
        shown.erase(shown.begin() + victim);
    }
}

// Left edges without overlap, moving each group of touching tags as little as possible.
std::vector<qreal> TimelinePainter::spread(const std::vector<int> &shown) const {
    struct Group {
        qreal wanted, width; // of the whole group: the mean of what its members want
        std::size_t count;
    };
    std::vector<Group> groups;
    for (const int i : shown) {
        const TimelineTag &t = m_.tags()[std::size_t(i)];
        const qreal width = widthOf(t) + 3;
        groups.push_back({x(t.row) + slot_ / 2 - width / 2, width, 1});
        while (groups.size() > 1 &&
               groups[groups.size() - 2].wanted + groups[groups.size() - 2].width > groups.back().wanted) {
            const Group b = groups.back();
            groups.pop_back();
            Group &a = groups.back();
            const qreal moved = b.wanted - a.width; // where a would have to start for b to be where it wants
            a.wanted = (a.wanted * qreal(a.count) + moved * qreal(b.count)) / qreal(a.count + b.count);
            a.width += b.width;
            a.count += b.count;
        }
    }
    std::vector<qreal> out;
    for (const Group &g : groups) {
        qreal at = std::clamp(g.wanted, lanesLeft - 8, std::max(lanesLeft - 8, o_.size.width() - 2 - g.width));
        for (std::size_t i = 0; i < g.count; ++i) {
            const qreal width = widthOf(m_.tags()[std::size_t(shown[out.size()])]) + 3;
            out.push_back(at);
            at += width;
        }
    }
    return out;
}

void TimelinePainter::times() {
    const auto put = [this](quint32 row, bool strong) {
        const QString text = m_.timeAt(row);
        if (text.isEmpty()) return;
        const qreal at = x(row) + slot_ / 2;
        const quint32 place = m_.placeOf(row);
        const Anchor anchor = place == 0 ? Anchor::start : place + 1 == m_.places() ? Anchor::end : Anchor::middle;
        if (!strong) list_.line({at, secondBase}, {at, secondBase + 4}, {Ink::lineS});
        const qreal width = runWidth({text, Ink::ink, 650}, 12);
        const qreal beside = now_ + 6 + width > o_.size.width() ? now_ - 6 - width : now_ + 6;
        list_.add(Label{{strong ? beside : at, secondBase + 15},
                        12,
                        {{text, strong ? Ink::ink : Ink::ink3, strong ? 650 : 400}},
                        strong ? Anchor::start : anchor});
    };
    put(m_.current(), true);
    std::vector<quint32> rows{m_.rowAt(0)};
    for (const TimelineTag &t : m_.tags())
        rows.push_back(t.row);
    const quint32 lastRow = m_.rowAt(m_.places() - 1);
    rows.push_back(lastRow);
    qreal last = -1e9;
    const qreal end = x(lastRow);
    for (const quint32 row : rows) {
        const bool isLast = row == lastRow;
        if (std::abs(x(row) + slot_ / 2 - now_) < 70 || x(row) - last < 110 || (!isLast && end - x(row) < 110) ||
            m_.timeAt(row).isEmpty() || isHidden(row))
            continue;
        put(row, false);
        last = x(row);
    }
}

void TimelinePainter::scrubber() {
    list_.add(
        Box{QRectF(now_ - 2, phaseY, 4, secondBase - phaseY), 0, Ink::now, Texture::none, Stroke{Ink::nowInk, 1.3}});
    list_.add(Box{pill_, 5, Ink::now, Texture::none, Stroke{Ink::nowInk, 1.3}});
    list_.text({pill_.center().x(), 14.5}, 12.5, m_.currentName(), Ink::nowInk, 700, Anchor::middle);
}

// The linked call, from top to bottom.
void TimelinePainter::frame(quint32 row, bool pinned) {
    if (row == npos || row >= m_.rows() || !m_.hasPlace(row)) return;
    const qreal width = std::max(slot_, 6.0), middle = x(row) + slot_ / 2;
    drawFrame(list_, QRectF(middle - width / 2, phaseY + 5, width, secondBase - phaseY - 5), pinned, 2);
}

// Breakpoints stand on the lower lane; in a crowd one dot stands for its neighbours.
void TimelinePainter::dots() {
    if (!o_.breakpoints) return;
    qreal last = -1e9;
    bool on = false;
    const auto draw = [&] {
        if (last > 0) drawDot(list_, {last, secondBase}, on, 4);
    };
    for (const BreakpointsModel::Dot &dot : o_.breakpoints->dots()) {
        if (isHidden(dot.row)) break;
        if (!m_.hasPlace(dot.row)) continue;
        const qreal at = x(dot.row) + slot_ / 2;
        if (at - last > 7) draw(), last = at, on = false;
        on = on || dot.enabled;
    }
    draw();
}

// Where the filter folded calls away: a broken line between two neighbours that are none.
void TimelinePainter::gaps() {
    if (!m_.isFiltered() || slot_ < 5) return;
    for (quint32 place = 0; place <= m_.places(); ++place)
        if (m_.hiddenBefore(place) > 0) {
            const qreal at = lanesLeft + place * slot_;
            list_.line({at, phaseY + 6}, {at, secondBase}, {Ink::lineS, 1.2, {1.5, 3}});
        }
}

void TimelinePainter::matches() {
    if (!o_.find) return;
    qreal last = -1e9;
    for (const quint32 row : o_.find->rows()) {
        if (!m_.hasPlace(row)) continue;
        const qreal at = x(row) + slot_ / 2;
        if (at - last < 2 || isHidden(row)) continue;
        list_.line({at, firstBase + 0.5}, {at, firstBase + 4}, {Ink::ink, 2});
        last = at;
    }
}

void TimelinePainter::measured() {
    if (!o_.measure) return;
    constexpr qreal badge = 15, top = secondBase - badge - 4;
    for (const Measure::Mark mark : {Measure::a, Measure::b}) {
        const std::optional<quint32> row = o_.measure->row(mark);
        if (!row) continue;
        const qreal at = x(*row) + (m_.hasPlace(*row) ? slot_ / 2 : 0);
        list_.line({at, phaseY + 6}, {at, secondBase}, {Ink::ink, 1.6, {2.5, 2.5}});
        // A left of its line, B right of it: both can stand at one call.
        const qreal left = mark == Measure::a ? std::max(0.0, at - badge) : std::min(at, o_.size.width() - badge);
        list_.add(Box{QRectF(left, top, badge, badge), 2, Ink::ink});
        list_.text({left + badge / 2, top + 11.6}, 11.5, mark == Measure::a ? QStringLiteral("A") : QStringLiteral("B"),
                   Ink::panel, 700, Anchor::middle);
    }
}

DisplayList TimelinePainter::run() {
    if (m_.places() == 0) return std::move(list_);
    const qreal width = runWidth({m_.currentName(), Ink::ink, 700}, 12.5) + 20;
    pill_ = QRectF(std::clamp(now_ - width / 2, 124.0, std::max(124.0, o_.size.width() - width - 4)), 1, width, 18);
    lane(SideKind::model, firstBase);
    lane(SideKind::kernel, secondBase);
    labels();
    phases();
    gaps();
    matches();
    measured();
    scrubber();
    frame(o_.frames.preview.row, false);
    frame(o_.frames.pinned.row, true);
    tags(); // over the scrubber: what happens now is what it points at
    dots();
    times();
    return std::move(list_);
}
} // namespace

DisplayList timelineScene(const TimelineModel &model, const TimelineSceneOptions &options) {
    return TimelinePainter(model, options).run();
}

qreal timelineX(const TimelineModel &model, const QSizeF &size, quint32 row) {
    return lanesLeft +
           model.placeOf(row) * (size.width() - lanesLeft - marginRight) / std::max<quint32>(1, model.places());
}

quint32 timelineRowAt(const TimelineModel &model, const QSizeF &size, qreal x) {
    if (model.places() == 0) return 0;
    const qreal share = (x - lanesLeft) / (size.width() - lanesLeft - marginRight);
    return model.rowAt(quint32(std::clamp<qint64>(qint64(share * model.places()), 0, qint64(model.places()) - 1)));
}

} // namespace skbscope::ui
