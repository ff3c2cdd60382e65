// SPDX-License-Identifier: GPL-2.0-or-later
// Where the files are that ship with the program: scenarios/, traces/, core-stack/ (for the window's source pane).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace skbscope::app {

// $SKBSCOPE_ASSETS, else ../share/skbscope beside the binary (an installation and a build tree look alike). Empty if
// neither is there.
[[nodiscard]] std::filesystem::path assetDirectory();

// Bundled scenarios by name, sorted.
[[nodiscard]] std::vector<std::string> bundledScenarios();
// A path as it is; a bundled name's file. Empty for a name that is neither.
[[nodiscard]] std::filesystem::path findScenario(const std::string &nameOrPath);
[[nodiscard]] std::filesystem::path recordedTrace(const std::string &scenarioName);

} // namespace skbscope::app
