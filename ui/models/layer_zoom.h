// SPDX-License-Identifier: GPL-2.0-or-later
// One layer of one host, near enough to read: the functions that ran there while the packet stayed, in order, and every
// queue of that layer with the packets in it.
#pragma once

#include "ui/models/overview.h"

namespace skbscope::ui {

struct LayerCall {
    quint32 row = npos;
    int depth = 0; // within the layer
    QString name;
    QString chip; // what it did: "data += 14"
    bool now = false, done = false,
         elsewhere = false; // elsewhere: it belongs to another layer, and was called from here
};

struct LayerZoom {
    QString title; // "IP, receiver"
    QString host;  // "b"
    char letter = 'N';
    QString before, after; // the stations the packet came from and goes to; empty: none
    std::vector<LayerCall> calls;
    std::vector<OverviewQueue> queues;
    QString gathering; // as Overview's
    [[nodiscard]] bool isEmpty() const { return title.isEmpty(); }
};

[[nodiscard]] LayerZoom layerAt(const TraceDocument &document, quint32 step, const Moment &moment,
                                const OverviewIndex &index);

} // namespace skbscope::ui
