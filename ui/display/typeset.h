// SPDX-License-Identifier: GPL-2.0-or-later
// Where each run of a label stands, cut to what fits: the painter and the writers of SVG set the same words in the same
// places.
#pragma once

#include "ui/display/display_list.h"

#include <QFont>

namespace skbscope::ui {

inline constexpr qreal haloWidth = 6;

struct SetRun {
    Run run;
    qreal dx = 0;    // from label.at along the line, which goes upwards in a label that reads so
    qreal width = 0; // px
};
[[nodiscard]] std::vector<SetRun> typeset(const Label &label);
[[nodiscard]] const QFont &fontOf(const Run &run, qreal size); // kept: making a QFont is dear

} // namespace skbscope::ui
