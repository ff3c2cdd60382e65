// SPDX-License-Identifier: GPL-2.0-or-later
// Where a byte of the buffer lies on the drawing: headers at full size, long stretches shortened with a visible break.
#pragma once

#include "ui/models/memory_map_model.h"

namespace skbscope::ui {

class MemoryLayout {
public:
    // Bytes 0 .. end between `left` and `right`, `pixels` a byte where nothing is shortened. `words`: how much larger
    // than on a desk the words are that must fit.
    MemoryLayout(const std::vector<MemorySegment> &segments, qreal left, qreal right, qreal pixels, qreal words = 1);
    [[nodiscard]] qreal x(qreal byte) const;
    struct Piece {
        int from, to;
        qreal left, right;
        bool shortened;
    };
    [[nodiscard]] const std::vector<Piece> &pieces() const { return pieces_; }

private:
    std::vector<Piece> pieces_;
    qreal left_;
};

} // namespace skbscope::ui
