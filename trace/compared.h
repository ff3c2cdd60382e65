// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of a comparison share. Internal to trace/.
#pragma once

#include "trace/kept_calls.h"
#include "trace/losses.h"
#include "trace/packet_lives.h"

namespace skbscope::trace {

// One side of a comparison, with what is derived from it once.
struct Compared {
    const Side &side;
    const CallTree &tree;
    std::vector<std::uint32_t> names; // by call
    std::vector<bool> of_tick;        // by call; empty: ticks count like everything else
    KeptCalls kept;
    Losses losses;
    PacketLives lives;

    Compared(const Side &s, const CallTree &t, NameTable &table, std::vector<bool> ticks = {})
        : side(s), tree(t), names(call_names(s, t, table)), of_tick(std::move(ticks)),
          kept(kept_calls(s, t, names, of_tick)), losses(s, t), lives(s) {}

    [[nodiscard]] std::string_view name(std::uint32_t call) const { return side.function_name(tree.calls[call].fn); }
    [[nodiscard]] const Event &enter(std::uint32_t call) const { return side.events[tree.calls[call].enter]; }
    [[nodiscard]] Function function(std::uint32_t call) const { return side.function(tree.calls[call].fn); }
};

// slide_pairs.cpp: of alignments that are equally good, the one that leaves the calls without partners in the gaps.
void slide_to_losses(KeptPairs &pairs, const Compared &left, const Compared &right);

// compare_rows.cpp: the union of both trees. Rows have their calls, depth and parent; no marks yet.
[[nodiscard]] std::vector<Row> union_rows(const Compared &left, const Compared &right, const KeptPairs &pairs);

// compare_reasons.cpp: marks every row that lacks a side, with the reason.
void explain_missing(std::vector<Row> &rows, const Compared &left, const Compared &right);

// compare.cpp: one tree with another, all of them in their order.
[[nodiscard]] Comparison compare_trees(const Compared &left, const Compared &right, const CompareOptions &options);

// compare_lost.cpp: for each row without a partner that may be missing because events are, why.
using RowReasons = std::unordered_map<std::uint32_t, Reason>; // by row, of those that have one
[[nodiscard]] RowReasons lost_rows(const std::vector<Row> &rows, const Compared &left, const Compared &right);

// compare_ipis.cpp: of rows without a partner, those of interrupts to a CPU that the other side found at work already.
[[nodiscard]] RowReasons ipi_rows(const std::vector<Row> &rows, const Compared &left, const Compared &right);

// compare_fields.cpp: differences of matched rows.
void compare_fields(std::vector<Row> &rows, const Compared &left, const Compared &right);

// The fact that decides whether `function` runs and that differs between the sides, as "KEY: LEFT | RIGHT"; empty =
// none.
[[nodiscard]] std::string deciding_fact(std::string_view function, const SideInfo &left, const SideInfo &right);

// state_fidelity.cpp
[[nodiscard]] StateFidelity state_fidelity(const Compared &left, const Compared &right);

} // namespace skbscope::trace
