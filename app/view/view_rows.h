// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of the terminal view, before they are laid out in columns: calls, differing fields, and the bars between
// them (the scenario's steps, hand-overs of context, arrivals of the packet, events that are missing).
#pragma once

#include "app/scenario/oplist.h"
#include "app/view/side_notes.h"
#include "trace/compare.h"
#include "trace/packets.h"

#include <optional>

namespace skbscope::app {

struct ViewOptions {
    std::uint32_t depth = trace::npos;         // calls deeper than this are folded into their caller
    std::vector<std::string> only;             // show only calls whose name matches one of these shell patterns
    trace::PacketId packet = trace::no_packet; // show only calls that have this packet, or one of its family
    trace::TaskOrder tasks = trace::TaskOrder::automatic; // how two sides are compared
};

// One side, or both with their comparison. `ops` may be null (a trace without its scenario).
struct ViewInput {
    const SideNotes *left = nullptr;
    const SideNotes *right = nullptr;
    const trace::Comparison *comparison = nullptr;
    const OpList *ops = nullptr;
};

enum class RowKind : std::uint8_t { call, field, step, handOver, arrival, loss };

struct Cell {
    std::string text;
    bool isReason = false; // no call on this side: why
    std::vector<std::string> chips;
};

struct ViewRow {
    RowKind kind = RowKind::call;
    trace::RowMark mark = trace::RowMark::match;
    std::uint32_t indent = 0; // callers in the same context
    trace::Layer layer = trace::Layer::none;
    trace::Context context = trace::Context::process;
    Cell left, right;                 // bars use left.text alone
    std::vector<std::string> changes; // of the sk_buff since the packet was last seen
    std::uint32_t folded = 0;         // calls hidden inside; `mark` is then the worst of them
};

[[nodiscard]] std::vector<ViewRow> viewRows(const ViewInput &input, const ViewOptions &options);

} // namespace skbscope::app
