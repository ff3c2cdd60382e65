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
    for (const QAbstractItemModel *model :
         std::initializer_list<const QAbstractItemModel *>{&s.calls, &s.stack, &s.memory, &s.bytes, &s.headers,
                                                           &s.function, &s.source, &s.timeline, &s.breakpoints}) {
        out += "\n--\n";
        const QList<int> roles = model->roleNames().keys();
        for (int row = 0; row < model->rowCount(); ++row)
            for (const int role : roles)
                out += model->data(model->index(row, 0), role).toString().toStdString() + '\n';
    }
    for (const LinkFacets &f : {s.link.frames().pinned, s.link.frames().preview})
        out += std::to_string(f.row) + ' ' + std::to_string(f.range.offset) + '+' + std::to_string(f.range.length) +
               ' ' + f.field.toStdString() + ' ' + std::to_string(int(f.station)) + '\n';
    return out + s.measure.text().toStdString() + s.find.words().toStdString();
}

} // namespace skbscope::ui::test
