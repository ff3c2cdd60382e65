// SPDX-License-Identifier: GPL-2.0-or-later
// Builds the stack map of one moment from the packet's journey.
#pragma once

#include "ui/models/stack_map_model.h"

namespace skbscope::ui {

class StackMapBuilder {
public:
    StackMapBuilder(const TraceDocument &document, quint32 step, const Moment &moment, const Journey &journey)
        : d_(document), step_(step), m_(moment), journey_(journey) {}
    [[nodiscard]] StackMap run();

private:
    void boxes();
    void describe(MapBox &box, const Visit &visit);
    void lastFunction(MapBox &box);
    void queues();
    void token();
    void hosts();
    void lengths();
    void handOver();
    [[nodiscard]] QString deviceAt(Station station, QString *driver) const;
    [[nodiscard]] QString hostAt(bool sender) const;
    [[nodiscard]] bool reached(const Visit &visit) const { return m_.event != npos && visit.event <= m_.event; }
    [[nodiscard]] bool isRefused() const;

    const TraceDocument &d_;
    quint32 step_;
    const Moment &m_;
    const Journey &journey_;
    StackMap out_;
    quint32 hop_ = 0;
    int now_ = -1; // index of the current visit
    Station here_ = Station::none;
};

} // namespace skbscope::ui
