// SPDX-License-Identifier: GPL-2.0-or-later
// The map's three distances: all hosts and packets (overview), the way of one packet between two hosts (StackMapModel),
// and one layer with what runs in it. Only the one that is looked at is made.
#pragma once

#include "ui/models/layer_zoom.h"
#include "ui/models/overview.h"
#include "ui/models/pane_model.h"

namespace skbscope::ui {

class MapModel : public PaneModel {
    Q_OBJECT
    Q_PROPERTY(int zoom READ zoomInt WRITE setZoomInt NOTIFY zoomChanged)

public:
    enum Zoom : quint8 { overviewZoom, wayZoom, layerZoom };
    explicit MapModel(Selection *selection, QObject *parent = nullptr);

    [[nodiscard]] Zoom zoom() const { return zoom_; }
    [[nodiscard]] int zoomInt() const { return int(zoom_); }
    void setZoom(Zoom zoom);
    void setZoomInt(int zoom) { setZoom(static_cast<Zoom>(std::clamp(zoom, 0, 2))); }
    [[nodiscard]] const Overview &overview() const { return overview_; } // empty at another distance
    [[nodiscard]] const LayerZoom &layer() const { return layer_; }      // empty at another distance

signals:
    void zoomChanged();

private:
    void update();
    void forget();
    void say();
    [[nodiscard]] const OverviewIndex &index(const Moment &moment);

    Selection *selection_;
    Zoom zoom_ = wayZoom;
    std::array<std::unique_ptr<OverviewIndex>, 2> indices_; // by side
    Overview overview_;
    LayerZoom layer_;
};

} // namespace skbscope::ui
