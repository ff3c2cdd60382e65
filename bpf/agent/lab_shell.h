// SPDX-License-Identifier: GPL-2.0-or-later
// The agent as init of a lab for the curious: a shell at a terminal, or one command with its output and its status.
#pragma once

namespace skbscope::bpf {

// Whether the initial file system is one with a shell.
[[nodiscard]] bool is_shell_lab();

// Says READY on `port`, waits for the host's request, runs what it asks for, says END with its status.
void serve_shell(int port);

} // namespace skbscope::bpf
