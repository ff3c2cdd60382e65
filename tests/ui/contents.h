// SPDX-License-Identifier: GPL-2.0-or-later
// Everything the models show at the current step, as text: equal text, equal state.
#pragma once

#include "ui/models/session.h"

#include <string>

namespace skbscope::ui::test {

inline std::string contents(const Session &s) {
    std::string out = s.banner.sentence().toStdString() + '\n' +
                      s.banner.crumbs().join(QLatin1Char('>')).toStdString() + s.banner.call().toStdString() +
                      s.banner.place().toStdString() + s.banner.context().toStdString() +
                      s.function.kernelTime().toStdString() + s.function.modelCost().toStdString();
    for (const QAbstractItemModel *model : std::initializer_list<const QAbstractItemModel *>{
             &s.calls, &s.stack, &s.memory, &s.bytes, &s.headers, &s.function, &s.source, &s.timeline, &s.breakpoints,
             &s.map}) {
        out += "\n--\n";
        const QList<int> roles = model->roleNames().keys();
        for (int row = 0; row < model->rowCount(); ++row)
            for (const int role : roles)
                out += model->data(model->index(row, 0), role).toString().toStdString() + '\n';
    }
    for (const LinkFacets &f : {s.link.frames().pinned, s.link.frames().preview})
        out += std::to_string(f.row) + ' ' + std::to_string(f.range.offset) + '+' + std::to_string(f.range.length) +
               ' ' + f.field.toStdString() + ' ' + std::to_string(int(f.station)) + '\n';
    out += std::to_string(s.differences.currentLine()) + '\n';
    return out + s.measure.text().toStdString() + s.find.words().toStdString();
}

// The map has three distances, of which only one is made at a time.
inline std::string contentsAtAllDistances(Session &s) {
    const MapModel::Zoom was = s.map.zoom();
    std::string out;
    for (const MapModel::Zoom zoom : {MapModel::overviewZoom, MapModel::layerZoom}) {
        s.map.setZoom(zoom);
        const QAbstractItemModel &rows = s.map; // it has an index() of its own
        for (int row = 0; row < rows.rowCount(); ++row)
            out += rows.data(rows.index(row, 0)).toString().toStdString() + '\n';
    }
    s.map.setZoom(was);
    return out + contents(s);
}

} // namespace skbscope::ui::test
