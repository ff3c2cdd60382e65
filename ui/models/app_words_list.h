// SPDX-License-Identifier: GPL-2.0-or-later
// What appWords() knows: English lines as app/, bpf/ and trace/ write them.
#pragma once

#include <span>

namespace skbscope::ui {

// In the context "App" of the translations. %1, %2, ... stand for any words; the first that fits counts.
[[nodiscard]] std::span<const char *const> appLines();
// More of them, which are tried after those: differences' evidence, errors of scenario files.
[[nodiscard]] std::span<const char *const> evidenceLines();

} // namespace skbscope::ui
