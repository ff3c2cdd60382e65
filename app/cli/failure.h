// SPDX-License-Identifier: GPL-2.0-or-later
// Why a command stops: one line for the user and the exit code.
#pragma once

#include "app/cli/exit_code.h"

#include <string>
#include <tl/expected.hpp>

namespace skbscope::app {

struct Failure {
    ExitCode code = exitBadInput;
    std::string message; // one line: place, what is wrong, what to do
};

template <class T> using OrFailure = tl::expected<T, Failure>;

[[nodiscard]] inline tl::unexpected<Failure> failed(ExitCode code, std::string message) {
    return tl::unexpected<Failure>(Failure{code, std::move(message)});
}

// Prints "skbscope: MESSAGE" on stderr and returns the code.
int report(const Failure &failure);

} // namespace skbscope::app
