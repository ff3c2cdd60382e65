// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/run_facts.h"

#include <ctime>
#include <set>

namespace skbscope::app {

namespace {

std::string nowUtc() {
    const std::time_t t = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&t, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%FT%TZ", &parts);
    return text;
}

// Functions of this run that fentry could not take, and why: "ip_rcv_core (no BTF for ip_rcv_core.constprop.0), ...".
std::string kprobesOf(const bpf::read_state &s) {
    std::set<std::string_view> called;
    for (const trace::Event &e : s.side.events)
        if (trace::is_enter(e)) called.insert(s.side.function_name(e.fn));
    std::string text;
    for (const bpf::inspect_row &row : s.inspect)
        if (row.by == "kprobe" && called.contains(row.function))
            text += (text.empty() ? "" : ", ") + row.function + " (" + row.reason + ")";
    return text.empty() ? "none" : text;
}

} // namespace

void addRunFacts(bpf::read_state &state, const std::string &transport, const std::string &kind) {
    trace::SideInfo &info = state.side.info;
    info.transport = transport;
    info.date = nowUtc();
    info.facts[kind + ".lost"] = std::to_string(state.lost);
    for (const bpf::inspect_row &row : state.inspect)
        if (row.by == "none") info.facts["not traced: " + row.function] = row.reason;
    const std::string kprobes = kprobesOf(state);
    info.facts[kind + ".kprobes"] = kprobes;
    if (kprobes != "none" && !state.unknowable.empty()) info.facts["not known"] = state.unknowable;
    for (const auto &[reason, events] : state.losses)
        if (events != 0) info.facts[kind + ".lost: " + reason] = std::to_string(events);
}

RunError withPartial(RunError why, bpf::read_state state, const std::string &transport, const std::string &kind) {
    if (state.side.events.empty()) return why;
    addRunFacts(state, transport, kind);
    state.side.info.facts["broke off"] =
        why.message() + "; functions that had no probe may have run: that is found out at the end";
    why.partial = std::make_shared<const trace::Side>(std::move(state.side));
    return why;
}

} // namespace skbscope::app
