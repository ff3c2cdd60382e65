// SPDX-License-Identifier: GPL-2.0-or-later
// What programs record, as events on the agent's stream while it happens: names before the events that use them, losses
// where they are noticed, the sums at the end. Whoever dies later takes with him what was not sent yet, no more.
#pragma once

#include "bpf/agent/live_source.h"
#include "bpf/agent/sink.h"

#include <functional>
#include <set>

namespace skbscope::bpf {

class event_stream {
public:
    using task_namer = std::function<std::string(std::uint32_t task)>; // empty: not known
    // `source`, `names` and `out` outlive it.
    event_stream(live_source &source, run_names &names, const sink &out, task_namer name)
        : source_(source), names_(names), out_(out), name_(std::move(name)), records_(source.functions(), names) {}

    // Before anything is recorded.
    void begin() { source_.begin(records_); }
    // Sends what is old enough that nothing older can still come.
    void send_recorded();
    void tell_hidden_losses();
    // Sends the rest, once nothing more is recorded.
    void finish();
    [[nodiscard]] std::uint64_t sent() const { return events_; }
    // The last frame.
    void send_end() const;

private:
    void send(const assembled &part);
    void send_names(const std::vector<trace::Event> &events);
    [[nodiscard]] std::string name_of(std::uint32_t task) const;

    live_source &source_;
    run_names &names_;
    const sink &out_;
    const task_namer name_;
    assembler records_;
    std::set<std::uint32_t> tasks_; // whose names are sent
    std::size_t names_sent_ = 0;
    std::uint64_t events_ = 0, lost_ = 0, unpaired_ = 0, recursion_ = 0, not_followed_ = 0;
};

} // namespace skbscope::bpf
