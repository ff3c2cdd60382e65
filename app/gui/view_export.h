// SPDX-License-Identifier: GPL-2.0-or-later
// What the window shows of a trace, as a picture or as a page. view_export.cpp is compiled with SKBSCOPE_GUI,
// view_export_none.cpp without.
#pragma once

#include "app/cli/failure.h"
#include "trace/trace.h"

#include <optional>
#include <string>

namespace skbscope::app {

struct ViewExport {
    enum Kind : std::uint8_t { svg, png, page };
    Kind kind = svg;
    std::string file;            // of the trace: for messages
    std::string pane = "view";   // or calls, stack, skbuff, bytes, timeline
    std::string theme = "light"; // or dark; of pictures: a page has both
    double scale = 2;            // pixels of a PNG for each of the design's
    std::optional<trace::SideKind> side = {};
    int step = -1;               // from 0; -1: as `at` says
    std::string at, from, until; // calls: a number, or a function: "ip_rcv", "ip_rcv:2"; empty: the first or last one
};

// The bytes of the file. Needs no display.
[[nodiscard]] OrFailure<std::string> exportView(trace::Trace trace, const ViewExport &wanted);

} // namespace skbscope::app
