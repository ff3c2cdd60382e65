// SPDX-License-Identifier: GPL-2.0-or-later
// Where the letters of a display list stand, and what is wrong with that.
#pragma once

#include "ui/display/display_list.h"

#include <algorithm>
#include <string>
#include <vector>

namespace skbscope::ui::test {

inline std::string labelText(const Label &label) {
    QString out;
    for (const Run &run : label.runs)
        out += run.text;
    return out.toStdString();
}

// From the height of a capital to the foot of a "g".
inline QRectF labelRect(const Label &label) {
    qreal width = labelWidth(label);
    if (label.maxWidth > 0) width = std::min(width, label.maxWidth);
    const qreal x = label.anchor == Anchor::start    ? label.at.x()
                    : label.anchor == Anchor::middle ? label.at.x() - width / 2
                                                     : label.at.x() - width;
    return {x, label.at.y() - 0.73 * label.size, width, 0.93 * label.size};
}

inline std::vector<std::string> labelComplaints(const DisplayList &list, qreal least) {
    std::vector<std::string> out;
    std::vector<std::pair<QRectF, std::string>> seen;
    const QRectF room(QPointF(0, 0), list.size);
    for (const Item &item : list.items) {
        const Label *label = std::get_if<Label>(&item);
        if (!label || labelText(*label).empty()) continue;
        const std::string text = labelText(*label);
        const QRectF rect = labelRect(*label);
        if (label->size < least - 0.01) out.push_back(text + " is too small: " + std::to_string(label->size));
        if (!room.adjusted(-0.5, -0.5, 0.5, 0.5).contains(rect)) out.push_back(text + " is cut off");
        for (const auto &[other, words] : seen)
            if (other.intersects(rect)) out.push_back(text + " lies on " + words);
        seen.emplace_back(rect, text);
    }
    return out;
}

} // namespace skbscope::ui::test
