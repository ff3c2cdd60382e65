// SPDX-License-Identifier: GPL-2.0-or-later
// The stretch of a trace that the timeline shows.
#include "ui/models/timeline_model.h"

#include <algorithm>

namespace skbscope::ui {

// All there is, while that can be told; else where the current call is, unless one zoomed.
void TimelineModel::chooseView() {
    guest_ = filter_ ? filter_->guest() : npos;
    if (all_ && !asked_ && places() > mostTold) {
        all_ = false;
        setView(qint64(placeOf(current())) - shownAtFirst / 4, shownAtFirst);
    }
    if (all_) setView(0, places());
    setView(from_, qint64(to_) - from_);
    keepInView();
}

void TimelineModel::setView(qint64 from, qint64 count) {
    const qint64 all = places();
    count = std::clamp<qint64>(count, std::min<qint64>(all, fewestShown), all);
    from = std::clamp<qint64>(from, 0, all - count);
    from_ = quint32(from);
    to_ = quint32(from + count);
}

void TimelineModel::zoom(double factor, quint32 around) {
    const double count = double(to_ - from_), part = (double(around) - from_) / std::max(1.0, count);
    const qint64 wanted = std::clamp<qint64>(qint64(count * factor), fewestShown, places());
    setView(qint64(double(around) - part * double(wanted)), wanted);
    all_ = asked_ = showsAll();
    retell();
}

void TimelineModel::pan(qint64 by) {
    setView(qint64(from_) + by, qint64(to_) - from_);
    retell();
}

void TimelineModel::showAll() {
    setView(0, places());
    all_ = asked_ = true;
    retell();
}

// Turned like a page, so that what is shown stays where it is for most steps.
bool TimelineModel::keepInView() {
    const qint64 now = placeOf(current()), count = qint64(to_) - from_;
    if (places() == 0 || isInView(quint32(now))) return false;
    setView(now < from_ ? now - count * 3 / 4 : now - count / 4, count);
    return true;
}

std::pair<quint32, quint32> TimelineModel::rowsInView() const {
    return to_ > from_ ? std::pair{rowAt(from_), rowAt(to_ - 1) + 1} : std::pair{0U, 0U};
}

} // namespace skbscope::ui
