// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/big_memory_scene.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/scenes/big_memory_painter.h"
#include "ui/scenes/parts.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qreal left = 96, rightMargin = 24, infoWidth = 98, pixels = 11.4, words = 1.25;
constexpr qreal fieldsHeight = 98, drawn = 560; // of the bars and what belongs to them
constexpr qreal beforeTop = 66, beforeHeight = 100, afterTop = 322, barHeight = 132, aloneTop = 220;
constexpr std::size_t columns = 4;
} // namespace

BigMemoryPainter::BigMemoryPainter(const MemoryMap &map, const MemorySceneOptions &options)
    : map_(map), o_(options), endX_(o_.size.width() - rightMargin - infoWidth),
      down_(std::max(0.0, (o_.size.height() - fieldsHeight - drawn) / 2)),
      layout_(map.segments, left, endX_, pixels, words) {
    list_.size = o_.size;
}

bool BigMemoryPainter::showsMove() const {
    return map_.move && !map_.freed && !map_.segmentsBefore.empty();
}

// "pull 14: data 2 → 16", beside the pill where there is room, else above it, right of the way that the pointer came.
void BigMemoryPainter::caption(const std::vector<Pointer> &pointers) {
    std::vector<Run> runs = runsOf(moveSentence(map_, false));
    if (map_.freed)
        runs = {{phrase("BigMemoryScene", "freed"), Ink::ink, 650},
                {phrase("BigMemoryScene", ": what the memory held last"), Ink::ink2}};
    const auto moved = std::ranges::find_if(pointers, &Pointer::moved);
    const bool isMove = moved != pointers.end();
    const qreal room = list_.size.width() - left - rightMargin;
    Label label = fitted({left, (isMove ? 222 : aloneTop - 90) + down_}, std::move(runs), 26, room);
    if (isMove) {
        const qreal width = labelWidth(label), start = moved->labelX + moved->width / 2 + 20;
        const bool isFree = std::ranges::none_of(pointers, [&](const Pointer &p) {
            return &p != &*moved && p.labelX + p.width / 2 > start - 8 && p.labelX - p.width / 2 < start + width + 8;
        });
        const bool isTail = moved->text.startsWith(QLatin1String("tail"));
        const qreal came = x(isTail ? trace::tail_of(map_.move->before) : trace::data_of(map_.move->before)) + 14;
        if (isFree && start + width <= list_.size.width() - 8)
            label.at = {start, 273 + down_};
        else if (came + width <= list_.size.width() - 8)
            label.at.setX(came);
    }
    list_.add(label);
}

void BigMemoryPainter::dimension(qreal from, qreal to, qreal y, const QStringList &texts, bool strong) {
    const Stroke thin{Ink::ink3, 2};
    for (const QString &text : texts) {
        const Label label{
            {(from + to) / 2, y + 8}, 22, {{text, strong ? Ink::ink : Ink::ink2, strong ? 650 : 400}}, Anchor::middle};
        const qreal width = labelWidth(label) + 16;
        if (width > to - from) continue;
        for (const qreal end : {from, to})
            list_.line({end, y - 9}, {end, y + 9}, thin);
        list_.line({from, y}, {(from + to - width) / 2, y}, thin);
        list_.line({(from + to + width) / 2, y}, {to, y}, thin);
        list_.add(label);
        return;
    }
}

void BigMemoryPainter::lengths(qreal y) {
    const qreal data = x(trace::data_of(map_.skb)), tail = x(trace::tail_of(map_.skb));
    dimension(left + 3, data - 3, y,
              {QStringLiteral("headroom %1").arg(trace::data_of(map_.skb)), QString::number(trace::data_of(map_.skb))},
              false);
    const QString len = QStringLiteral("len %1").arg(grouped(map_.skb.len));
    dimension(data + 3, tail - 3, y, {len + phrase("BigMemoryScene", ": this is the packet now"), len}, true);
}

// Clones, pages and chained sk_buffs, in words: there is no room to draw them.
void BigMemoryPainter::companions(qreal y) {
    const QStringList all = companionWords(map_);
    for (qsizetype i = 0; i < std::min<qsizetype>(2, all.size()); ++i)
        list_.add(
            fitted({left, y + 27 * qreal(i)}, {{all[i], Ink::ink2}}, 22, list_.size.width() - left - rightMargin));
}

// What changed in this step first, then what is always asked for.
std::vector<MemoryField> BigMemoryPainter::shownFields() const {
    std::vector<MemoryField> out;
    const auto add = [&out](const MemoryField &f) {
        const bool there = std::ranges::any_of(out, [&f](const MemoryField &o) { return o.name == f.name; });
        if (!there && out.size() < columns) out.push_back(f);
    };
    const auto pointer = [this](const char *name, quint32 before, quint32 now, bool moved) {
        return MemoryField{QLatin1String(name), QString::number(now), moved ? QString::number(before) : QString()};
    };
    const bool now = map_.move && map_.moveIsNow;
    const trace::Snapshot &old = now ? map_.move->before : map_.skb;
    const bool dataMoved = now && map_.move->movesData(), tailMoved = now && map_.move->movesTail();
    const MemoryField data = pointer("data", trace::data_of(old), trace::data_of(map_.skb), dataMoved),
                      tail = pointer("tail", trace::tail_of(old), trace::tail_of(map_.skb), tailMoved);
    if (dataMoved) add(data);
    if (tailMoved) add(tail);
    for (const MemoryField &f : map_.fields)
        if (!f.before.isEmpty()) add(f);
    for (const char *name : {"len", "data", "dev", "users", "ip_summed"})
        for (const MemoryField &f : map_.fields)
            if (QLatin1String(name) == QLatin1String("data"))
                add(data);
            else if (f.name == QLatin1String(name))
                add(f);
    return out;
}

void BigMemoryPainter::fields() {
    const qreal top = list_.size.height() - fieldsHeight, width = list_.size.width() / columns;
    list_.line({0, top}, {list_.size.width(), top}, {Ink::line, 2});
    const std::vector<MemoryField> all = shownFields();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const MemoryField &f = all[i];
        const qreal at = width * qreal(i) + 26, room = width - 34, y = top + 76;
        if (i > 0) list_.line({at - 26, top}, {at - 26, list_.size.height()}, {Ink::line, 2});
        list_.add(fitted({at, top + 36}, {{f.name, Ink::ink3}}, 22, room));
        list_.region(QRectF(at - 8, top + 8, width - 16, fieldsHeight - 12), QStringLiteral("skb:") + f.name);
        const Run now{f.value, Ink::ink, 700, true}, old{f.before, Ink::ink3, 500, true};
        const qreal oldWidth = f.before.isEmpty() ? 0 : runWidth(old, 26);
        const bool both = oldWidth > 0 && oldWidth + 12 + runWidth(now, 26) <= room;
        if (both) {
            list_.add(Label{{at, y}, 26, {old}});
            list_.line({at - 2, y - 9}, {at + oldWidth + 2, y - 9}, {Ink::ink3, 2.4});
        }
        const qreal from = at + (both ? oldWidth + 12 : 0);
        const Label value = fitted({from, y}, {now}, 31, room - (from - at));
        if (!f.before.isEmpty())
            list_.add(Box{QRectF(from - 5, y - 28, std::min(labelWidth(value), room) + 10, 38), 5, Ink::nowRow});
        list_.add(value);
    }
}

DisplayList BigMemoryPainter::run() {
    if (!map_.present) {
        list_.add(fitted({left, list_.size.height() / 2 - 20}, {{map_.absence, Ink::ink3}}, 26,
                         list_.size.width() - left - rightMargin));
        return std::move(list_);
    }
    const bool moved = showsMove();
    const Bar before{beforeTop + down_, beforeHeight, &map_.segmentsBefore, phrase("BigMemoryScene", "before"), false};
    const Bar now{(moved ? afterTop : aloneTop) + down_, barHeight, &map_.segments,
                  moved ? phrase("BigMemoryScene", "after") : phrase("BigMemoryScene", "now"), true};
    if (moved) {
        bar(before);
        oldPointers(before);
    }
    bar(now);
    newPointers(now, moved ? &before : nullptr);
    lengths(now.top + barHeight + 34);
    companions(now.top + barHeight + 78);
    fields();
    for (const auto &[link, pinned] : {std::pair{&o_.frames.preview, false}, std::pair{&o_.frames.pinned, true}}) {
        if (const ByteRange &r = link->range; r.length > 0 && r.offset + r.length <= int(map_.skb.end))
            drawFrame(
                list_,
                QRectF(x(r.offset), now.top - 2, std::max(5.0, x(r.offset + r.length) - x(r.offset)), barHeight + 4),
                pinned, 3);
    }
    return std::move(list_);
}

DisplayList bigMemoryScene(const MemoryMap &map, const MemorySceneOptions &options) {
    return BigMemoryPainter(map, options).run();
}

} // namespace skbscope::ui
