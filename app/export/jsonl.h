// SPDX-License-Identifier: GPL-2.0-or-later
// A trace as JSON lines: one object about the trace, one about each side, then one an event, in the order of the file.
// Numbers of names (functions, hosts, devices, queues) are resolved; what an event does not have is left out.
// docs/command-line.md lists the keys.
#pragma once

#include "trace/trace.h"

#include <iosfwd>
#include <span>

namespace skbscope::app {

inline constexpr unsigned jsonlVersion = 1;

void writeJsonl(std::ostream &out, const trace::Trace &trace);
void writeJsonl(std::ostream &out, const trace::Trace &trace, trace::SideKind only);

// A live watch: what can be said before the first event, then events as they come.
void writeJsonlHead(std::ostream &out, const trace::Side &side);
void writeJsonlEvents(std::ostream &out, const trace::Side &side, std::span<const trace::Event> events);

} // namespace skbscope::app
