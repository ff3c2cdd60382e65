// SPDX-License-Identifier: GPL-2.0-or-later
// The window, as the command line sees it. gui_window.cpp is compiled with SKBSCOPE_GUI, gui_none.cpp without.
#pragma once

#include "ui/live.h"

#include <filesystem>
#include <string>
#include <vector>

namespace skbscope::app {

struct GuiArguments {
    std::vector<std::filesystem::path> traces;
    ui::LiveSource *live = nullptr; // shows this while it grows, and none of the above or below. Not owned
    std::string scenario;           // shown first when no trace is named
    std::string theme;              // light, dark, system; empty: as last time
    bool allowRoot = false;
    std::string language; // en, it, system; empty: as last time
    bool reducedMotion = false;
    bool highContrast = false;
    std::filesystem::path screenshot; // write a picture of step `step`, and leave
    int step = -1;                    // -1: the first one
    std::string lesson;               // opened at the start: a bundled name or a file; empty: none
    int lessonPart = 0;               // from 1; 0: where it was left
    int width = 0, height = 0;        // 0: the window's own choice
};

[[nodiscard]] bool hasGui();
// Opens the window; returns the exit code.
int runGui(int argc, char **argv, const GuiArguments &arguments);

} // namespace skbscope::app
