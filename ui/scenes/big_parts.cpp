// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/big_parts.h"

#include <algorithm>

namespace skbscope::ui {

Label fitted(QPointF at, std::vector<Run> runs, qreal size, qreal width) {
    Label label{at, size, std::move(runs)};
    const qreal wanted = labelWidth(label);
    if (wanted <= width) return label;
    label.size = std::max(leastBigText, size * width / wanted);
    if (labelWidth(label) > width) label.maxWidth = width;
    return label;
}

} // namespace skbscope::ui
