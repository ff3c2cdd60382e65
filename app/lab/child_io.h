// SPDX-License-Identifier: GPL-2.0-or-later
// Talking to a child process: sockets to it, what it said last.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/unique_fd.h"

#include <string>
#include <string_view>

namespace skbscope::app {

// A stream between us and a child. Ours does not block and is not inherited; theirs is.
struct SocketPair {
    UniqueFd ours, theirs;
};
[[nodiscard]] tl::expected<SocketPair, RunError> makeSocketPair();

// What is there now, at most `max` kept (the newest). False: the other end is gone.
[[nodiscard]] bool drainInto(const UniqueFd &fd, std::string &text, std::size_t max);

// The last line that says something, without what a terminal would obey.
[[nodiscard]] std::string lastLine(std::string_view text);

} // namespace skbscope::app
