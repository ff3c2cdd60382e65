// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/timeline_tags.h"

namespace skbscope::ui {

double tagWeight(const TimelineTag &tag) {
    return tag.kind == TimelineTag::drop ? 0.2 : tag.kind == TimelineTag::buffer ? 0.6 : 1;
}

std::vector<int> tellingTags(const std::vector<TimelineTag> &tags, int strong, const std::function<qreal(quint32)> &x) {
    constexpr std::size_t crowd = 400;
    constexpr qreal slot = 9; // half of the narrowest tag
    std::vector<int> out;
    int slotOfLast = -1;
    for (int i = 0; i < int(tags.size()); ++i) {
        const TimelineTag &tag = tags[std::size_t(i)];
        const int here = int(x(tag.row) / slot);
        if (tags.size() <= crowd || here != slotOfLast) {
            out.push_back(i);
            slotOfLast = here;
        } else if (out.back() != strong && (i == strong || tagWeight(tag) < tagWeight(tags[std::size_t(out.back())]))) {
            out.back() = i;
        }
    }
    return out;
}

} // namespace skbscope::ui
