// SPDX-License-Identifier: GPL-2.0-or-later
// The map's three distances: all hosts and packets (overview), the way of one packet between two hosts (StackMapModel),
// and one layer with what runs in it. Only the one that is looked at is made. What the first and the last need of a
// long trace is gathered on another thread, while the pane says so.
#pragma once

#include "ui/models/background.h"
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
    // Null: it is being gathered, and then update() is called again. Of a short trace it is made at once.
    [[nodiscard]] const OverviewIndex *index(const Moment &moment);
    void gather(SideKind kind);

    Selection *selection_;
    Zoom zoom_ = wayZoom;
    std::array<std::shared_ptr<const OverviewIndex>, 2> indices_; // by side
    std::optional<SideKind> gathering_;
    QString notGathered_; // why that side's failed
    Overview overview_;
    LayerZoom layer_;
    Background gathered_; // the last member: its thread ends first
};

} // namespace skbscope::ui
