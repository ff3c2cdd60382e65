// SPDX-License-Identifier: GPL-2.0-or-later
// Where the bytes of both sides differ at a step, and whether the comparison knows why.
#pragma once

#include "ui/models/moment.h"

#include <map>

namespace skbscope::ui {

struct ByteDifferences {
    std::map<int, bool> at; // offset from head -> explained
    QString reason;         // of the explained ones: "random by design"
};
[[nodiscard]] ByteDifferences byteDifferences(const TraceDocument &document, quint32 step);

} // namespace skbscope::ui
