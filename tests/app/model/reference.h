// SPDX-License-Identifier: GPL-2.0-or-later
// The fixtures that both sides are scored against: tests/app/reference and tests/app/mutations.
#pragma once

#include "app/scenario/loader.h"
#include "state_score.h"
#include "trace/trace.h"

#include <filesystem>

namespace skbscope::app {

inline constexpr double callBar = 0.99;
inline constexpr double stateBar = 0.97;

struct Reference {
    std::string name;
    std::filesystem::path scenario, tree, state;
};
void PrintTo(const Reference &r, std::ostream *out);
[[nodiscard]] std::string testNameOf(const Reference &r);

[[nodiscard]] std::vector<Reference> bundledReferences();
[[nodiscard]] std::vector<Reference> mutatedReferences();

// EXPECTs that `side` scores at least the bars; what is wrong is in the failure's text.
void expectFaithful(const trace::Side &side, const Reference &reference);

} // namespace skbscope::app
