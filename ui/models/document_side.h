// SPDX-License-Identifier: GPL-2.0-or-later
// One side of a trace with its indices: calls, packets, states, what belongs to a call, which softirq runs. Made for
// long traces: a table that has an entry an event or a call is worth its bytes, and few are (docs/large-traces.md).
#pragma once

#include "trace/call_tree.h"
#include "trace/packets.h"
#include "trace/state.h"
#include "ui/models/packet_log.h"

#include <QString>
#include <algorithm>
#include <array>
#include <bitset>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace skbscope::ui {

using trace::npos;
using trace::SideKind;

class DocumentSide {
public:
    explicit DocumentSide(const trace::Side &s);

    const trace::Side *side;
    trace::CallTree tree;
    trace::PacketTable packets;
    trace::StateIndex states;

    [[nodiscard]] const trace::Event &event(quint32 index) const { return side->events[index]; }
    [[nodiscard]] const trace::Event &enterOf(quint32 call) const { return side->events[tree.calls[call].enter]; }
    [[nodiscard]] QString functionName(trace::FunctionId fn) const; // empty for no function
    [[nodiscard]] trace::Function function(trace::FunctionId fn) const;
    // Of those that some event names: is there one whose name this is true of?
    template <class Wanted> [[nodiscard]] bool anyFunctionNamed(const Wanted &wanted) const {
        return std::ranges::any_of(functions_, [&](const UsedFunction &f) { return f.used && wanted(f.name); });
    }
    // The row of the document in which a call stands.
    [[nodiscard]] quint32 rowOf(quint32 call) const { return rowOfCall_.empty() ? call : rowOfCall_[call]; }
    // Its own buffer, queue, context ... events, ascending.
    [[nodiscard]] std::span<const quint32> effectsOf(quint32 call) const;
    [[nodiscard]] std::span<const quint32> effects() const { return effects_; } // of all calls, call by call
    // The number of the softirq in force on the event's CPU; 0xff: none known.
    [[nodiscard]] quint8 softirqAt(quint32 event) const;
    [[nodiscard]] const std::bitset<256> &cpus() const { return cpus_; } // that have an event
    // The extension record of `kind` that follows event `index`; null when there is none.
    [[nodiscard]] const trace::Event *extension(quint32 index, unsigned kind) const;
    [[nodiscard]] const PacketLog &log() const; // made when first asked for

private:
    friend class TraceDocument; // places its rows
    struct UsedFunction {
        bool used = false;
        QString name;
        trace::Function function;
    };
    DocumentSide(const trace::Side &s, std::future<trace::CallTree> made);
    void indexEvents();
    void use(trace::FunctionId fn);

    std::vector<quint32> rowOfCall_; // empty: a row a call, in the same order
    std::vector<quint32> effects_;   // sorted by the call they belong to, then by event; npos is the last call
    // A CPU's softirqs as they begin and end: from that event on, that number is in force.
    std::array<std::vector<std::pair<quint32, quint8>>, 256> softirqs_;
    std::bitset<256> cpus_;
    std::vector<UsedFunction> functions_; // by id, up to the last one of an event
    mutable std::once_flag logOnce_;
    mutable std::unique_ptr<const PacketLog> log_;
};

// An event that changes something a student can see: buffer, queue, context, lineage, drop.
[[nodiscard]] bool isEffect(const trace::Event &event);
[[nodiscard]] bool movesPointers(const trace::Event &event); // reserve, put, push, pull, trim, ...

} // namespace skbscope::ui
