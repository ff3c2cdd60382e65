// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the sk_buff for a projector. Internal to ui/scenes/: bars and pointers in big_memory_bar.cpp, the rest in
// big_memory_scene.cpp.
#pragma once

#include "ui/scenes/big_memory_scene.h"
#include "ui/scenes/big_parts.h"
#include "ui/scenes/memory_layout.h"

namespace skbscope::ui {

class BigMemoryPainter {
public:
    BigMemoryPainter(const MemoryMap &map, const MemorySceneOptions &options);
    DisplayList run();

private:
    struct Bar {
        qreal top, height;
        const std::vector<MemorySegment> *segments;
        QString name; // "before", "after"
        bool now;
    };
    struct Pointer {
        QString text;
        qreal byte = 0, labelX = 0, width = 0;
        bool moved = false;
    };
    void bar(const Bar &b);
    void segment(const MemorySegment &s, const QRectF &rect, bool cut, bool now);
    void sharedInfo(const Bar &b);
    void gap(qreal x, const Bar &b);
    [[nodiscard]] std::vector<Pointer> pointersOf(const trace::Snapshot &skb, qreal size, bool now) const;
    void oldPointers(const Bar &b);
    void newPointers(const Bar &b, const Bar *before);
    void arrow(const Pointer &p, const Bar &before);
    void caption(const std::vector<Pointer> &pointers);
    void lengths(qreal y);
    void dimension(qreal from, qreal to, qreal y, const QStringList &words, bool strong);
    void companions(qreal y);
    void fields();
    [[nodiscard]] std::vector<MemoryField> shownFields() const;
    [[nodiscard]] bool showsMove() const; // there is a move within this buffer
    [[nodiscard]] qreal x(qreal byte) const { return byte >= map_.skb.end ? endX_ : layout_.x(byte); }

    const MemoryMap &map_;
    MemorySceneOptions o_;
    DisplayList list_;
    qreal endX_, down_; // down_: what a taller pane has to spare
    MemoryLayout layout_;
};

} // namespace skbscope::ui
