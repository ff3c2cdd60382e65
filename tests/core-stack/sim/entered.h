// SPDX-License-Identifier: GPL-2.0-or-later
// The names of the functions that a recorder saw entered, in order; also of those in no catalogue (the simulated card's
// driver, the 8021q module).
#pragma once

#include "sim/extra_functions.h"
#include "trace/catalogue.h"
#include "trace/event.h"
#include "trace/recorder.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace skbscope::stack {

inline std::vector<std::string> entered(const trace::Recorder &recorder) {
    std::vector<std::string> names;
    const auto &catalogue = trace::Catalogue::builtin();
    for (const trace::Event &e : recorder.merged())
        if (e.kind == SKBSCOPE_EV_ENTER)
            names.emplace_back(e.fn < catalogue.size() ? catalogue.at(e.fn).name
                                                       : extra_function_name(e.fn - catalogue.size()));
    return names;
}

// The wanted names are among the calls, in this order.
inline void expect_in_order(const std::vector<std::string> &calls, const std::vector<std::string> &wanted) {
    auto at = calls.begin();
    for (const std::string &name : wanted) {
        at = std::find(at, calls.end(), name);
        ASSERT_NE(at, calls.end()) << name << " is missing, or comes too early";
        ++at;
    }
}

} // namespace skbscope::stack
