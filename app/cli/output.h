// SPDX-License-Identifier: GPL-2.0-or-later
// A trace to stdout or to a file, in the format that is wanted.
#pragma once

#include "app/cli/failure.h"
#include "trace/trace.h"

#include <iosfwd>
#include <optional>
#include <string>

namespace skbscope::app {

enum class Format : std::uint8_t { text, jsonl, tree, state };

// jsonl: all sides, or one. tree and state: exactly one; with two in the trace `side` must say which.
[[nodiscard]] OrFailure<void> writeFormat(std::ostream &out, const trace::Trace &trace, Format format,
                                          std::optional<trace::SideKind> side, const std::string &name);

// -o FILE: .tree, .state and .jsonl as their names say, everything else the trace file.
[[nodiscard]] OrFailure<void> keepTrace(const trace::Trace &trace, const std::string &file,
                                        std::optional<trace::SideKind> side);
// The format a file's suffix asks for; text for a trace file.
[[nodiscard]] Format formatOfFile(const std::string &file);

} // namespace skbscope::app
