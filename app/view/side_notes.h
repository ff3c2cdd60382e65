// SPDX-License-Identifier: GPL-2.0-or-later
// What one side's events say of each call beyond its name: buffer and queue operations in it, sk_buff fields that
// changed since the packet was last seen, where and in which context it runs.
#pragma once

#include "trace/call_tree.h"

#include <string>
#include <vector>

namespace skbscope::app {

struct CallNotes {
    std::vector<std::string> chips;   // "put 40", "push 14", "backlog 0→1", in order; an error it returns comes last
    std::vector<std::string> changes; // "len 40→54", most telling first; at first sight of a packet what it is
    std::string error;                // "→ -EAGAIN": what the call returns, where that is an error
};

class SideNotes {
public:
    SideNotes(const trace::Side &side, const trace::CallTree &tree);

    [[nodiscard]] const CallNotes &at(std::uint32_t call) const { return notes_[call]; }
    // The call was deduced from a stack or from its neighbours: nothing was read when it ran.
    [[nodiscard]] bool inferred(std::uint32_t call) const {
        return trace::provenance_of(enter(call)) == trace::Provenance::inferred;
    }
    [[nodiscard]] const trace::Event &enter(std::uint32_t call) const { return side_.events[tree_.calls[call].enter]; }
    [[nodiscard]] std::string_view name(std::uint32_t call) const;
    [[nodiscard]] std::string hostDevice(const trace::Event &e) const; // "b.vb"; empty where neither is known
    // Vector of the softirq that an event runs in: "NET_RX"; empty where the trace does not tell.
    [[nodiscard]] const std::string &softirqAt(std::uint32_t event) const;
    [[nodiscard]] std::string taskName(trace::TaskId task) const; // "skbscope/100"

    [[nodiscard]] const trace::Side &side() const { return side_; }
    [[nodiscard]] const trace::CallTree &tree() const { return tree_; }

private:
    void collectChips();
    void collectErrors();
    void collectChanges();
    void collectSoftirqs();

    const trace::Side &side_;
    const trace::CallTree &tree_;
    std::vector<CallNotes> notes_;
    std::vector<std::pair<std::uint32_t, std::string>> softirqs_; // from this event on; ascending
};

// The chip of an event, or empty: `next` is the record after it (its extension, where it has one), or null.
[[nodiscard]] std::string chipOf(const trace::Side &side, const trace::Event &event, const trace::Event *next);
// What differs between two snapshots of one packet, in the words of the view.
[[nodiscard]] std::vector<std::string> changesOf(const trace::Snapshot &before, const trace::Snapshot &after);
// "len 40", "data 16", ...: a packet at first sight.
[[nodiscard]] std::vector<std::string> firstSight(const trace::Snapshot &s);
[[nodiscard]] std::string softirqName(std::uint32_t vector);

} // namespace skbscope::app
