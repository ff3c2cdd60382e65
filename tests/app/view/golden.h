// SPDX-License-Identifier: GPL-2.0-or-later
// Expected text in files beside the tests. SKBSCOPE_UPDATE_GOLDEN=1 writes them anew; look at the difference before you
// commit it.
#pragma once

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace skbscope::app {

inline void expectGolden(const std::string &name, const std::string &text) {
    const std::string path = std::string(SKBSCOPE_SOURCE_DIR) + "/tests/app/view/golden/" + name;
    if (std::getenv("SKBSCOPE_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream in(path, std::ios::binary);
    ASSERT_TRUE(in) << path << " is missing";
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(text, expected) << path;
}

} // namespace skbscope::app
