// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/timeline_tags.h"

#include <algorithm>

namespace skbscope::ui {

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

namespace {
constexpr qreal most = -TagCrowd::keeps; // as far from its call as a tag of weight 1 may be

// Index of the one that is in the way most; -1: all have room.
int worstOf(const std::vector<TimelineTag> &tags, const std::vector<int> &shown, int strong, const TagCrowd &crowd) {
    int victim = -1;
    qreal worst = crowd.full ? -1 : most;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        // where there is no room at all, one that stands right at its call has to go as well
        const qreal weight = (crowd.drift[i] + (crowd.full ? most : 0)) * tagWeight(tags[std::size_t(shown[i])]);
        if (shown[i] != strong && weight > worst) worst = weight, victim = int(i);
    }
    return victim;
}
} // namespace

std::vector<int> fittingTags(const std::vector<TimelineTag> &tags, std::vector<int> shown, int strong,
                             const std::function<TagCrowd(const std::vector<int> &)> &crowded) {
    std::vector<int> dropped;
    for (int victim = -1; (victim = worstOf(tags, shown, strong, crowded(shown))) >= 0;) {
        dropped.push_back(shown[std::size_t(victim)]);
        shown.erase(shown.begin() + victim);
    }
    // What went early may have room now that its crowd is gone.
    std::ranges::sort(dropped);
    std::ranges::stable_sort(dropped, {}, [&tags](int i) { return tagWeight(tags[std::size_t(i)]); });
    for (const int i : dropped) {
        const auto at = shown.insert(std::ranges::lower_bound(shown, i), i);
        const TagCrowd crowd = crowded(shown);
        if (crowd.full || worstOf(tags, shown, strong, crowd) >= 0) shown.erase(at);
    }
    return shown;
}

} // namespace skbscope::ui
