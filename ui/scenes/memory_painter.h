// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the memory map. Internal to ui/scenes/: the bar in memory_bar.cpp, the pointers above it in
// memory_pointers.cpp, what hangs on it in memory_companions.cpp.
#pragma once

#include "ui/scenes/memory_layout.h"
#include "ui/scenes/memory_map_scene.h"
#include "ui/scenes/parts.h"

namespace skbscope::ui {

namespace memory {
inline constexpr qreal left = 54, barTop = 48, barHeight = 46, barBottom = barTop + barHeight;
inline constexpr qreal infoWidth = 94, marginRight = 10, pixels = 6.4;
inline constexpr qreal arrowY = 32, pillTop = 23, pillHeight = 18, labelBase = 36.5;
// What hangs on the buffer, in place of the lengths and the strip to scale.
inline constexpr qreal partsTop = barBottom + 25, partsHeight = 24;
inline constexpr qreal fieldsTop = barBottom + 53, fieldsRow = 16.5, lowFieldsTop = barBottom + 33;

struct Pointer {
    QString name;
    qreal byte = 0, x = 0, labelX = 0, width = 0;
    bool moved = false;
};
} // namespace memory

class MemoryPainter {
public:
    MemoryPainter(const MemoryMap &map, const MemorySceneOptions &options)
        : map_(map), o_(options), right_(o_.size.width() - memory::marginRight), endX_(right_ - memory::infoWidth),
          layout_(map.segments, memory::left, endX_, memory::pixels) {
        list_.size = o_.size;
        low_ = o_.size.height() < memory::fieldsTop + 3 * memory::fieldsRow;
    }
    DisplayList run();

private:
    void segments();
    void segment(const MemorySegment &s, const QRectF &rect, bool shortened);
    void breaks();
    void sharedInfo();
    void bytesFrame(const ByteRange &range, bool pinned);
    void fieldFrame(const QString &field, bool pinned);
    void pointerRegion(const memory::Pointer &p);
    void pointers();
    void clearTheWay(std::vector<memory::Pointer> &all) const;
    void drawPointer(const memory::Pointer &p);
    void arrow(const memory::Pointer &moved);
    [[nodiscard]] std::vector<memory::Pointer> placePointers() const;
    void offsets();
    void lengths();
    void dimension(qreal from, qreal to, const QString &text, bool strong);
    void toScale();
    void fields(qreal from);
    void field(const MemoryField &f, QPointF at, qreal room);
    [[nodiscard]] std::vector<const MemoryField *> shownFields() const;
    // What hangs on the buffer takes the place of a row: then the owner and the fields share one.
    [[nodiscard]] bool sharesRow() const { return low_ && hasCompanions(); }
    [[nodiscard]] qreal fieldsY() const { return low_ && !hasCompanions() ? memory::lowFieldsTop : memory::fieldsTop; }
    [[nodiscard]] bool hasCompanions() const;
    void companions();
    void linkFromShared();
    qreal sharers(qreal x);
    qreal pages(qreal x);
    qreal chain(qreal x);
    qreal owner(); // returns where its words end
    qreal caption(qreal x, const QString &text);
    [[nodiscard]] bool sliding() const { return map_.moveIsNow && o_.progress < 1; }

    const MemoryMap &map_;
    MemorySceneOptions o_;
    DisplayList list_;
    qreal right_, endX_;
    bool low_ = false;                    // no room for the strip to scale, nor for fields that did not change
    std::optional<qreal> firstPart_ = {}; // x of what the shared block points at
    MemoryLayout layout_;
};

} // namespace skbscope::ui
