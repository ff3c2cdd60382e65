// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes on the left, the headers they mean on the right, linked both ways. Regions: "byte:N", "field:ID",
// "header:NAME".
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/bytes_model.h"
#include "ui/models/link.h"

namespace skbscope::ui {

struct BytesSceneOptions {
    QSizeF size{604, 124};
    int byteScroll = -1;   // rows of bytes; -1: where the packet begins
    int headerScroll = -1; // lines; -1: where the current layer's header is
    LinkFrames frames = {};
};
[[nodiscard]] qreal bytesGridWidth(); // where the header list begins
[[nodiscard]] DisplayList bytesScene(const HeadersModel &model, const BytesSceneOptions &options);

} // namespace skbscope::ui
