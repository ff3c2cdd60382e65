// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/memory_map_scene.h"

#include "ui/models/phrase.h"
#include "ui/scenes/memory_painter.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace skbscope::ui {

using namespace memory;

namespace {
constexpr std::size_t fieldColumns = 6;
}

// The linked bytes, so that a field can be found in memory.
void MemoryPainter::bytesFrame(const ByteRange &range, bool pinned) {
    if (range.length <= 0 || range.offset + range.length > int(map_.skb.end)) return;
    const qreal from = layout_.x(range.offset), to = layout_.x(range.offset + range.length);
    drawFrame(list_, QRectF(from, barTop - 1, std::max(3.0, to - from), barHeight + 2), pinned, 2);
}

// A field wherever it stands: as a pointer, as a number.
void MemoryPainter::fieldFrame(const QString &field, bool pinned) {
    if (field.isEmpty()) return;
    const QString id = QStringLiteral("skb:") + field;
    for (const Region &region : list_.regions)
        if (region.id == id) drawFrame(list_, region.rect.adjusted(-2, 0, 0, 0), pinned);
}

// In a low pane those that changed; where none did, the first ones, as many as there is room for.
std::vector<const MemoryField *> MemoryPainter::shownFields() const {
    std::vector<const MemoryField *> out;
    for (const MemoryField &f : map_.fields)
        if (!low_ || !f.before.isEmpty()) out.push_back(&f);
    for (const MemoryField &f : map_.fields)
        if (low_ && f.before.isEmpty()) out.push_back(&f);
    if (low_ && out.size() > fieldColumns) out.resize(fieldColumns);
    return out;
}

void MemoryPainter::fields(qreal from) {
    const qreal top = fieldsY();
    list_.line({8, top}, {o_.size.width() - 8, top}, {Ink::line});
    std::vector<const MemoryField *> shown = shownFields();
    // Columns are as wide as their words, what is left is shared out.
    std::array<qreal, fieldColumns> width{}, column{};
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const MemoryField &f = *shown[i];
        const qreal old = f.before.isEmpty() ? 0 : runWidth({f.before, Ink::ink3, 400, true}, 12) + 5;
        const qreal needs = runWidth({f.name}, 12.3) + 5 + old + runWidth({f.value, Ink::ink, 600, true}, 12);
        width[i % fieldColumns] = std::max(width[i % fieldColumns], needs);
    }
    std::size_t columns = fieldColumns;
    const auto left = [&] {
        return o_.size.width() - 10 - from - std::accumulate(width.begin(), width.begin() + qsizetype(columns), 0.0);
    };
    while (low_ && columns > 2 && left() < 12 * qreal(columns - 1))
        --columns;
    if (low_ && shown.size() > columns) shown.resize(columns);
    const qreal spare = left() / qreal(columns - 1);
    for (std::size_t i = 0; i < columns; ++i)
        column[i] = i == 0 ? from : column[i - 1] + width[i - 1] + spare;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const std::size_t c = i % fieldColumns;
        field(*shown[i], {column[c], top + 15.5 + fieldsRow * qreal(i / fieldColumns)}, width[c] + spare - 6);
    }
}

// Its name and value; one that changed in this step has the old one, struck out, before it.
void MemoryPainter::field(const MemoryField &f, QPointF at, qreal room) {
    list_.text(at, 12.3, f.name, Ink::ink3);
    qreal x = at.x() + runWidth({f.name}, 12.3) + 5;
    const Run now{f.value, Ink::ink, 600, true};
    if (!f.before.isEmpty()) {
        const Run old{f.before, Ink::ink3, 400, true};
        const qreal oldWidth = runWidth(old, 12);
        if (x + oldWidth + 5 + runWidth(now, 12) <= at.x() + room + 6) {
            list_.add(Label{{x, at.y()}, 12, {old}});
            list_.line({x - 1, at.y() - 4}, {x + oldWidth + 1, at.y() - 4}, {Ink::ink3, 1.3});
            x += oldWidth + 5;
        }
        list_.add(Box{QRectF(x - 3, at.y() - 12, runWidth(now, 12) + 6, 16), 3, Ink::nowRow});
    }
    list_.add(Label{{x, at.y()}, 12, {now}});
    list_.region(QRectF(at.x() - 2, at.y() - 12.5, room, fieldsRow), QStringLiteral("skb:") + f.name);
}

DisplayList MemoryPainter::run() {
    if (!map_.present) {
        list_.text({o_.size.width() / 2, o_.size.height() / 2 - 10}, 14, map_.absence, Ink::ink3, 400, Anchor::middle);
        return std::move(list_);
    }
    Label sentence{{left + 12, 15}, 13, runsOf(moveSentence(map_))};
    sentence.maxWidth = o_.size.width() - left - 20;
    if (map_.freed)
        sentence.runs = {{phrase("MemoryMapScene", "freed"), Ink::ink, 650},
                         {phrase("MemoryMapScene", ": what the memory held last"), Ink::ink2}};
    list_.add(sentence);
    segments();
    sharedInfo();
    breaks();
    bytesFrame(o_.frames.preview.range, false);
    bytesFrame(o_.frames.pinned.range, true);
    pointers();
    offsets();
    if (hasCompanions()) {
        companions();
    } else {
        lengths();
        if (!low_) toScale();
    }
    const qreal ownersEnd = owner();
    fields(sharesRow() ? ownersEnd + 8 : 10);
    fieldFrame(o_.frames.preview.field, false);
    fieldFrame(o_.frames.pinned.field, true);
    return std::move(list_);
}

DisplayList memoryMapScene(const MemoryMap &map, const MemorySceneOptions &options) {
    return MemoryPainter(map, options).run();
}

} // namespace skbscope::ui
