// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch: events go out while they happen, until the asker says stop.
#pragma once

#include "bpf/agent/live_source.h"
#include "bpf/agent/session_host.h"
#include "bpf/agent/sink.h"

#include <functional>
#include <set>

namespace skbscope::bpf {

class live_watch {
public:
    live_watch(live_source &source, run_names &names, const sink &out, const session_host &host)
        : source_(source), names_(names), out_(out), host_(host), records_(source.functions(), names) {}

    struct calls {
        std::function<void()> begun;                              // from now on packets are seen
        std::function<bool()> over;                               // asked again and again
        std::function<void()> look_around;                        // now and then: there may be new names
        std::function<std::string(std::uint32_t task)> task_name; // empty: not known
    };
    // Returns when the asker stops it, or `over` says so.
    void run(const calls &c);

private:
    void tick(bool look);
    void send(const assembled &part);
    void send_names(const std::vector<trace::Event> &events);
    [[nodiscard]] std::string name_of(std::uint32_t task) const;
    void tell_hidden_losses();
    void send_end();

    live_source &source_;
    run_names &names_;
    const sink &out_;
    const session_host &host_;
    assembler records_;
    const calls *calls_ = nullptr;  // while run() runs
    std::set<std::uint32_t> tasks_; // whose names are sent
    std::size_t names_sent_ = 0;
    std::uint64_t events_ = 0, lost_ = 0, unpaired_ = 0, recursion_ = 0, not_followed_ = 0;
};

} // namespace skbscope::bpf
