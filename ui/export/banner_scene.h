// SPDX-License-Identifier: GPL-2.0-or-later
// The banner as a display list: in the window it is QML, a picture needs it drawn.
#pragma once

#include "ui/display/display_list.h"
#include "ui/models/banner_model.h"

namespace skbscope::ui {

[[nodiscard]] DisplayList bannerScene(const BannerModel &banner, const QSizeF &size);

} // namespace skbscope::ui
