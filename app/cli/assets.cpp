// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/assets.h"

#include <algorithm>
#include <cstdlib>

namespace skbscope::app {

namespace fs = std::filesystem;

fs::path assetDirectory() {
    std::error_code ec;
    if (const char *given = std::getenv("SKBSCOPE_ASSETS"); given != nullptr && *given != '\0') return given;
    const fs::path binary = fs::read_symlink("/proc/self/exe", ec);
    // PREFIX/bin/skbscope, build/app/skbscope; a test binary stands deeper
    for (fs::path at = binary.parent_path(); at.has_relative_path(); at = at.parent_path()) {
        const fs::path candidate = at.parent_path() / "share/skbscope";
        if (fs::is_directory(candidate / "scenarios", ec)) return candidate;
    }
    return {};
}

std::vector<std::string> bundledScenarios() {
    std::vector<std::string> names;
    std::error_code ec;
    for (const auto &entry : fs::directory_iterator(assetDirectory() / "scenarios", ec))
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path findScenario(const std::string &nameOrPath) {
    std::error_code ec;
    const fs::path path = nameOrPath;
    if (fs::exists(path, ec) || path.has_parent_path() || path.has_extension()) return path;
    const fs::path bundled = assetDirectory() / "scenarios" / (nameOrPath + ".yaml");
    return fs::exists(bundled, ec) ? bundled : fs::path();
}

fs::path recordedTrace(const std::string &scenarioName) {
    return assetDirectory() / "traces" / (scenarioName + ".skbt");
}

} // namespace skbscope::app
