// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario file (docs/scenario.md) read, checked and compiled. Any bytes are safe input.
#pragma once

#include "app/scenario/error.h"
#include "app/scenario/oplist.h"

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

namespace skbscope::app {

struct Scenario {
    std::string file; // as given
    std::string name; // "udp-veth"; the file's stem where the file names none
    std::string title;
    std::string description;
    std::string text; // the file, as read
    OpList ops;
    std::uint32_t steps = 0;
};

[[nodiscard]] tl::expected<Scenario, ScenarioError> loadScenario(const std::filesystem::path &path);
// `file` is what messages call it.
[[nodiscard]] tl::expected<Scenario, ScenarioError> parseScenario(const std::string &text, const std::string &file);

} // namespace skbscope::app
