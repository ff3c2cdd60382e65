// SPDX-License-Identifier: GPL-2.0-or-later
// What ends a run: said once, with the place and what to do, and sent to whoever asked.
#pragma once

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace skbscope::bpf {

struct agent_failure : std::runtime_error {
    agent_failure(std::string where, const std::string &what, int exit_code = 3)
        : std::runtime_error(what), place(std::move(where)), code(exit_code) {}
    std::string place;
    int code; // of the command line: 2 bad input, 3 not possible here
};

[[nodiscard]] inline std::string errno_text(int error = errno) {
    return std::strerror(error);
}

} // namespace skbscope::bpf
