// SPDX-License-Identifier: GPL-2.0-or-later
// A drawing as PNG. picture_png.cpp is compiled with SKBSCOPE_GUI, picture_none.cpp without.
#pragma once

#include "app/cli/failure.h"
#include "app/experiment/drawing.h"

#include <filesystem>

namespace skbscope::app {

[[nodiscard]] bool canWritePng();
// In the light theme, two pixels for each of the drawing's. Needs no display.
[[nodiscard]] OrFailure<void> writePng(const experiment::Drawing &drawing, const std::filesystem::path &file);

} // namespace skbscope::app
