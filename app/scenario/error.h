// SPDX-License-Identifier: GPL-2.0-or-later
// What is wrong with a scenario, where, and what to do: one line for the user.
#pragma once

#include <string>

namespace skbscope::app {

// A place in the scenario file, from 1; line 0 = no place (the file as a whole).
struct Place {
    unsigned line = 0;
    unsigned column = 0;
};

struct ScenarioError {
    std::string file;
    Place place;
    std::string key;  // the key it is about; empty for the file as a whole
    std::string what; // what is wrong
    std::string todo; // what to do about it; may be empty

    // "FILE:LINE:COL: key: what is wrong; what to do"
    [[nodiscard]] std::string message() const;
};

// Text that may hold bytes of a file, fit for a one-line message: control characters escaped.
[[nodiscard]] std::string escaped(const std::string &text);
// Text from a file, fit for a one-line message: quoted, control characters escaped, cut after 60 characters.
[[nodiscard]] std::string quoted(const std::string &text);

} // namespace skbscope::app
