// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace skbscope::bpf {

// Serves the requests that come on standard input, the stream goes to standard output. Returns when a STOP or the end
// of input came and all that was asked before is done: the exit code. What it made in the kernel goes with the process.
[[nodiscard]] int serve_stdio();

} // namespace skbscope::bpf
