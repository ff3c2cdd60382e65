// SPDX-License-Identifier: GPL-2.0-or-later
// An agent that is a shell script: it says the beginning of a run, and dies.
#pragma once

#include <filesystem>
#include <string>

namespace skbscope::test {

// What an agent says of a run until it breaks off: names, and one call in another that has not returned.
[[nodiscard]] std::string brokenStream();
// The program, in this directory. It ends with exit status 7.
[[nodiscard]] std::filesystem::path brokenAgent(const std::filesystem::path &directory);

} // namespace skbscope::test
