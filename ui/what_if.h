// SPDX-License-Identifier: GPL-2.0-or-later
// What if one setting were another: the window asks what can be changed in the scenario that it shows, and for both
// runs of the model. Handed in by the app, which knows scenarios and runs the model.
#pragma once

#include "trace/trace.h"

#include <functional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::ui {

struct WhatIfChange {
    std::string id;    // "b.vb.gro=off"
    std::string title; // "GRO off on b.vb"
    std::string watch; // one sentence: what to look for
};

struct WhatIfSource {
    // What applies to the scenario of `shown`; an error is one line for the user. Quick: it is called while a key
    // waits.
    std::function<tl::expected<std::vector<WhatIfChange>, std::string>(const trace::Trace &shown)> changes = {};
    // Runs it as it is and changed: two model sides as trace/what_if.h describes them. Called on a thread of its own.
    std::function<tl::expected<trace::Trace, std::string>(const trace::Trace &shown, const std::string &id)> run = {};
};

} // namespace skbscope::ui
