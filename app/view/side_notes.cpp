// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/side_notes.h"

#include "app/terminal/text.h"
#include "trace/return_value.h"

#include <algorithm>
#include <map>

namespace skbscope::app {

SideNotes::SideNotes(const trace::Side &side, const trace::CallTree &tree)
    : side_(side), tree_(tree), notes_(tree.calls.size()) {
    collectChips();
    collectErrors();
    collectChanges();
    collectSoftirqs();
}

std::string_view SideNotes::name(std::uint32_t call) const {
    return side_.function_name(tree_.calls[call].fn);
}

void SideNotes::collectChips() {
    for (std::size_t i = 0; i < side_.events.size() && i < tree_.call_at.size(); ++i) {
        const std::uint32_t call = tree_.call_at[i];
        if (call == trace::npos) continue;
        const trace::Event *next = i + 1 < side_.events.size() ? &side_.events[i + 1] : nullptr;
        if (std::string chip = chipOf(side_, side_.events[i], next); !chip.empty())
            notes_[call].chips.push_back(std::move(chip));
    }
}

// A plain "no" (-1) is none.
void SideNotes::collectErrors() {
    for (std::uint32_t i = 0; i < tree_.calls.size(); ++i) {
        const trace::ReturnKind kind = trace::return_kind(name(i));
        const std::optional<std::int64_t> value = trace::returned(side_, tree_.calls[i]);
        if (!value || *value == -1 || !trace::is_error(kind, *value)) continue;
        notes_[i].error = "→ " + trace::return_text(kind, *value);
        notes_[i].chips.push_back(notes_[i].error);
    }
}

// A packet's fields are seen at each call that takes it; what changed since the last one is told at the next.
void SideNotes::collectChanges() {
    std::map<trace::PacketId, trace::Snapshot> last;
    for (std::uint32_t i = 0; i < tree_.calls.size(); ++i) {
        const trace::Call &call = tree_.calls[i];
        if (call.enter >= side_.events.size()) continue;
        const trace::Event &e = side_.events[call.enter];
        if (!trace::has_snapshot(e) || inferred(i) || e.packet == trace::no_packet) continue;
        const auto known = last.find(e.packet);
        notes_[i].changes = known == last.end() ? firstSight(e.skb) : changesOf(known->second, e.skb);
        last[e.packet] = e.skb;
    }
}

void SideNotes::collectSoftirqs() {
    for (std::uint32_t i = 0; i < side_.events.size(); ++i)
        if (side_.events[i].kind == SKBSCOPE_EV_SOFTIRQ_ENTER)
            softirqs_.emplace_back(i, softirqName(side_.events[i].context.vector));
}

const std::string &SideNotes::softirqAt(std::uint32_t event) const {
    static const std::string unknown;
    const auto after = std::upper_bound(softirqs_.begin(), softirqs_.end(), event,
                                        [](std::uint32_t e, const auto &entry) { return e < entry.first; });
    return after == softirqs_.begin() ? unknown : std::prev(after)->second;
}

std::string SideNotes::hostDevice(const trace::Event &e) const {
    const std::string host = e.host != 0 && e.host < side_.hosts.size() ? printable(side_.hosts[e.host]) : "";
    const std::string device =
        e.device != 0 && e.device < side_.devices.size() ? printable(side_.devices[e.device]) : "";
    return host.empty() || device.empty() ? host + device : host + "." + device;
}

std::string SideNotes::taskName(trace::TaskId task) const {
    const auto named = side_.tasks.find(task);
    if (task == 0) return "idle";
    return (named == side_.tasks.end() ? "task" : printable(named->second)) + " " + std::to_string(task);
}

} // namespace skbscope::app
