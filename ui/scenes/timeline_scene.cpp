// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/timeline_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"
#include "ui/scenes/timeline_painter.h"

#include <algorithm>
#include <cmath>

namespace skbscope::ui {

namespace timeline {
void TimelinePainter::labels() {
    if (m_.isFiltered()) // what is not there is said first
        list_.text({10, 15}, 12, grouped(m_.hidden()) + phrase("TimelineScene", " not shown"), Ink::ink, 650);
    else if (m_.showsAll())
        list_.text({10, 15}, 12, phrase("TimelineScene", "height = call depth"), Ink::ink3);
    else
        list_.text({10, 15}, 12, grouped(m_.viewTo() - m_.viewFrom()) + phrase("TimelineScene", " calls"), Ink::ink,
                   650);
    list_.text({10, 73}, 12, phrase("TimelineScene", "buffer, queue, diff"), Ink::ink3);
    if (flat_) return laneNames();
    const auto lane = [this](SideKind side, qreal base) {
        const QString name = m_.laneName(side);
        list_.text({10, base - 14}, 13, name, m_.hasSide(side) ? Ink::ink : Ink::ink3, 650);
        const QString cpu = m_.cpu(side);
        const qreal beside = 16 + runWidth({name, Ink::ink, 650}, 13);
        if (!cpu.isEmpty() && beside + runWidth({cpu}, 13) < lanesLeft - 2)
            list_.text({16 + runWidth({name, Ink::ink, 650}, 13), base - 14}, 13, cpu, Ink::ink2);
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

// Two pixels each; where hundreds of calls share them, their context would change at each: then six.
quint32 TimelinePainter::wantedBins() const {
    const quint32 finest = quint32(o_.size.width() - lanesLeft) / 2;
    return m_.viewTo() - m_.viewFrom() > 20 * finest ? finest / 3 : finest;
}

void TimelinePainter::lane(SideKind side, qreal base) {
    const std::vector<TimelineBin> bins = m_.lane(side, wantedBins());
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

// One lane: the model's where there is one, and where the kernel's depth is another, its outline over it.
void TimelinePainter::onlyLane() {
    const bool both = m_.hasSide(SideKind::model) && m_.hasSide(SideKind::kernel);
    lane(m_.hasSide(SideKind::model) ? SideKind::model : SideKind::kernel, firstBase);
    if (both) otherOutline();
}

void TimelinePainter::otherOutline() {
    const std::vector<TimelineBin> model = m_.lane(SideKind::model, wantedBins()),
                                   kernel = m_.lane(SideKind::kernel, wantedBins());
    const std::size_t count = std::min(model.size(), kernel.size());
    const auto left = [&](std::size_t i) { return i < count ? x(kernel[i].row) : o_.size.width() - marginRight; };
    QPainterPath path;
    bool drawing = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (m_.curtain() && kernel[i].row >= m_.current()) break;
        const bool differs = model[i].depth != kernel[i].depth || model[i].present != kernel[i].present;
        const qreal y = firstBase - laneHeight * qreal(kernel[i].depth + 1) / qreal(m_.deepest() + 1);
        if (differs && !drawing) path.moveTo(left(i), y);
        if (differs) path.lineTo(left(i), y), path.lineTo(left(i + 1), y);
        drawing = differs;
    }
    list_.add(Path{path, {}, Texture::none, Stroke{Ink::ink, 1.4}});
}

// What is filled, and what is a line.
void TimelinePainter::laneNames() {
    const bool model = m_.hasSide(SideKind::model), both = model && m_.hasSide(SideKind::kernel);
    const QString first = m_.laneName(model ? SideKind::model : SideKind::kernel);
    list_.add(Box{QRectF(10, 25, 12, 11), 2, Ink::proc, Texture::none, Stroke{Ink::ghost}});
    list_.add(Label{{28, 35}, 12, {{first, Ink::ink, 650}}, Anchor::start, lanesLeft - 32});
    if (!both) return;
    list_.line({10, 47.5}, {22, 47.5}, {Ink::ink, 1.4});
    list_.add(Label{{28, 52}, 12, {{m_.laneName(SideKind::kernel), Ink::ink, 650}}, Anchor::start, lanesLeft - 32});
}

void TimelinePainter::phases() {
    for (const TimelinePhase &p : m_.phases()) {
        if (isHidden(p.from)) break;
        const quint32 to_ = isHidden(p.to) ? m_.current() : p.to;
        const qreal left = x(p.from) + 1.5, right = std::min(x(to_ + 1), o_.size.width() - marginRight) - 1.5;
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
        for (const QString &text : {p.text, p.brief}) {
            const Label label{{(from + to) / 2, 14}, 12.5, {{text, Ink::ink2}}, Anchor::middle};
            if (text.isEmpty() || labelWidth(label) > to - from) continue;
            list_.add(label);
            break;
        }
    }
}

void TimelinePainter::times() {
    const auto put = [this](quint32 row, bool strong) {
        const QString text = m_.timeAt(row);
        if (text.isEmpty()) return;
        const qreal at = x(row) + slot_ / 2;
        const quint32 place = m_.placeOf(row);
        const Anchor anchor = place == m_.viewFrom()     ? Anchor::start
                              : place + 1 == m_.viewTo() ? Anchor::end
                                                         : Anchor::middle;
        if (!strong) list_.line({at, lowest_}, {at, lowest_ + (flat_ ? 2 : 4)}, {Ink::lineS}); // clear of the number
        const qreal width = runWidth({text, Ink::ink, 650}, 12);
        const qreal beside = now_ + 6 + width > o_.size.width() ? now_ - 6 - width : now_ + 6;
        list_.add(Label{{strong ? beside : at, lowest_ + (flat_ ? 13 : 15)},
                        12,
                        {{text, strong ? Ink::ink : Ink::ink3, strong ? 650 : 400}},
                        strong ? Anchor::start : anchor});
    };
    if (const QString unit = m_.timeUnit(); !unit.isEmpty())
        list_.text({10, lowest_ + (flat_ ? 13 : 15)}, 12, unit, Ink::ink3);
    if (isShown(m_.current())) put(m_.current(), true);
    std::vector<quint32> rows{m_.rowAt(m_.viewFrom())};
    for (const TimelineTag &t : m_.tags())
        rows.push_back(t.row);
    const quint32 lastRow = m_.rowAt(m_.viewTo() - 1);
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
    if (isShown(m_.current())) // else its name stands on the side where it is
        list_.add(
            Box{QRectF(now_ - 2, phaseY, 4, lowest_ - phaseY), 0, Ink::now, Texture::none, Stroke{Ink::nowInk, 1.3}});
    list_.add(Box{pill_, 5, Ink::now, Texture::none, Stroke{Ink::nowInk, 1.3}});
    list_.text({pill_.center().x(), 14.5}, 12.5, m_.currentName(), Ink::nowInk, 700, Anchor::middle);
}

// Where the filter folded calls away: a broken line between two neighbours that are none.
void TimelinePainter::gaps() {
    if (!m_.isFiltered() || slot_ < 5) return;
    for (quint32 place = m_.viewFrom(); place <= m_.viewTo(); ++place)
        if (m_.hiddenBefore(place) > 0) {
            const qreal at = placeX(place);
            list_.line({at, phaseY + 6}, {at, lowest_}, {Ink::lineS, 1.2, {1.5, 3}});
        }
}

// Which part of the trace is shown: a thin bar under the lanes, as long as the trace.
void TimelinePainter::whole() {
    if (m_.showsAll()) return;
    const qreal width = o_.size.width() - lanesLeft - marginRight, all = std::max<quint32>(1, m_.places());
    const qreal part = std::max(6.0, width * (m_.viewTo() - m_.viewFrom()) / all);
    const qreal left = lanesLeft + std::min(width - part, width * m_.viewFrom() / all);
    list_.add(Box{QRectF(lanesLeft, lowest_ + 2, width, 2.5), 1, Ink::lineS});
    list_.add(Box{QRectF(left, lowest_ + 1.5, part, 3.5), 1.5, Ink::ink2});
}

DisplayList TimelinePainter::run() {
    if (m_.places() == 0) return std::move(list_);
    const qreal width = runWidth({m_.currentName(), Ink::ink, 700}, 12.5) + 20;
    pill_ = QRectF(std::clamp(now_ - width / 2, 124.0, std::max(124.0, o_.size.width() - width - 4)), 1, width, 18);
    if (flat_) {
        onlyLane();
    } else {
        lane(SideKind::model, firstBase);
        lane(SideKind::kernel, secondBase);
    }
    labels();
    phases();
    whole();
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
} // namespace timeline

DisplayList timelineScene(const TimelineModel &model, const TimelineSceneOptions &options) {
    return timeline::TimelinePainter(model, options).run();
}

qreal timelineX(const TimelineModel &model, const QSizeF &size, quint32 row) {
    const qreal shown = std::max<quint32>(1, model.viewTo() - model.viewFrom());
    return timeline::lanesLeft + (qreal(model.placeOf(row)) - model.viewFrom()) *
                                     (size.width() - timeline::lanesLeft - timeline::marginRight) / shown;
}

quint32 timelinePlaceAt(const TimelineModel &model, const QSizeF &size, qreal x) {
    const qreal share = (x - timeline::lanesLeft) / (size.width() - timeline::lanesLeft - timeline::marginRight);
    const qint64 from = model.viewFrom(), to = model.viewTo();
    return to > from ? quint32(std::clamp<qint64>(from + qint64(std::floor(share * qreal(to - from))), from, to - 1))
                     : 0;
}

quint32 timelineRowAt(const TimelineModel &model, const QSizeF &size, qreal x) {
    return model.places() == 0 ? 0 : model.rowAt(timelinePlaceAt(model, size, x));
}

} // namespace skbscope::ui
