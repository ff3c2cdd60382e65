// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the timeline: lanes, phases and times in timeline_scene.cpp, what stands on them in timeline_marks.cpp. Only
// they include this.
#pragma once

#include "ui/scenes/timeline_scene.h"
#include "ui/scenes/timeline_tags.h"

#include <map>
#include <span>

namespace skbscope::ui::timeline {

inline constexpr qreal lanesLeft = 128, marginRight = 10, tagsLeft = lanesLeft - 8;
inline constexpr qreal phaseY = 18, laneHeight = 32, firstBase = 56, secondBase = 114, tagY = 60, tagHeight = 17;
inline constexpr qreal flatBelow = 110; // so low a pane has one lane

class TimelinePainter {
public:
    TimelinePainter(const TimelineModel &model, const TimelineSceneOptions &options) : m_(model), o_(options) {
        list_.size = o_.size;
        slot_ = (o_.size.width() - lanesLeft - marginRight) / std::max<quint32>(1, m_.viewTo() - m_.viewFrom());
        now_ = x(m_.current()) + slot_ / 2;
        flat_ = o_.size.height() < flatBelow;
        lowest_ = flat_ ? tagY + tagHeight + 2 : secondBase;
    }
    DisplayList run();

private:
    [[nodiscard]] bool isHidden(quint32 row) const { return m_.curtain() && row > m_.current(); }
    [[nodiscard]] qreal x(quint32 row) const { return placeX(m_.placeOf(row)); }
    [[nodiscard]] qreal placeX(qreal place) const { return lanesLeft + (place - m_.viewFrom()) * slot_; }
    [[nodiscard]] bool isShown(quint32 row) const { return m_.hasPlace(row) && m_.isInView(m_.placeOf(row)); }
    [[nodiscard]] quint32 wantedBins() const;
    void whole();
    void gaps();
    void labels();
    void lane(SideKind side, qreal base);
    void onlyLane();
    void otherOutline();
    void laneNames();
    void stretch(const std::vector<TimelineBin> &bins, std::size_t from, std::size_t to, qreal base, bool later);
    void phases();
    void tags();
    [[nodiscard]] qreal widthOf(const TimelineTag &t) const;
    [[nodiscard]] std::size_t happened(std::span<const int> shown) const;
    [[nodiscard]] qreal widthOf(std::span<const int> shown) const;
    [[nodiscard]] bool fitsBeforeNow(std::span<const int> before) const;
    [[nodiscard]] bool fitsAfterNow(std::span<const int> after) const;
    void crowdBeside(std::span<const int> some, int strong, TagCrowd &crowd) const;
    [[nodiscard]] std::vector<qreal> spread(std::span<const int> shown) const;
    [[nodiscard]] std::vector<qreal> spreadIn(std::span<const int> shown, qreal first, qreal end) const;
    void tag(const TimelineTag &t, qreal left, qreal width, bool strong);
    void times();
    void scrubber();
    void frame(quint32 row, bool pinned);
    void dots();
    void matches();
    void measured();

    const TimelineModel &m_;
    TimelineSceneOptions o_;
    DisplayList list_;
    qreal slot_, now_;
    qreal lowest_ = secondBase; // where what happened ends and the times begin
    bool flat_ = false;
    QRectF pill_;
    mutable std::map<QString, qreal> widths_; // of texts
    struct Wanted {
        qreal width = 0, centre = 0;
    };
    std::vector<Wanted> wants_; // by tag, of those that may be shown
};

} // namespace skbscope::ui::timeline
