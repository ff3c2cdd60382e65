// SPDX-License-Identifier: GPL-2.0-or-later
// The terminal view of a trace: one side, or two side by side.
#pragma once

#include "app/terminal/terminal.h"
#include "app/view/view_rows.h"
#include "trace/trace.h"

#include <iosfwd>

namespace skbscope::app {

struct ViewTitle {
    std::string name;  // "udp-veth"
    std::string title; // "One UDP datagram across a veth pair"
};

// Call trees are built here; `ops` may be null.
void printSide(std::ostream &out, const trace::Side &side, const ViewTitle &title, const OpList *ops,
               const ViewOptions &options, const TerminalSettings &terminal);

// Returns the comparison it printed.
trace::Comparison printComparison(std::ostream &out, const trace::Side &left, const trace::Side &right,
                                  const ViewTitle &title, const OpList *ops, const ViewOptions &options,
                                  const TerminalSettings &terminal);

} // namespace skbscope::app
