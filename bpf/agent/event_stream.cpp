// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/event_stream.h"

#include <ctime>
#include <nlohmann/json.hpp>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

// A record is in the ring at the latest that long after its time was read. An interrupt handler may come between;
// a virtual CPU may be stopped there, which shows as a late record.
constexpr std::uint64_t lateness_ns = 50'000'000;

std::uint64_t now_ns() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t); // bpf_ktime_get_ns()
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(t.tv_nsec);
}

} // namespace

void event_stream::send_recorded() {
    const std::uint64_t until = now_ns() - lateness_ns;
    source_.collect(until, records_);
    send(records_.take(until));
}

// What left no number behind: it is told where it was noticed, within a second of where it happened.
void event_stream::tell_hidden_losses() {
    const auto tell = [this](std::uint64_t now, std::uint64_t &told, skbscope_loss_reason reason) {
        if (now > told) records_.lose(now - told, reason);
        told = now;
    };
    tell(source_.recursion_misses(), recursion_, SKBSCOPE_LOSS_RECURSION);
    tell(source_.not_followed(), not_followed_, SKBSCOPE_LOSS_FILTER_FULL);
}

void event_stream::finish() {
    source_.finish(records_);
    tell_hidden_losses();
    send(records_.finish());
}

void event_stream::send(const assembled &part) {
    send_names(part.events);
    out_.send_events(part.events);
    events_ += part.events.size();
    lost_ += part.lost;
    unpaired_ += part.unpaired;
}

// What is new since the last time; names that did not grow stay as they are.
void event_stream::send_names(const std::vector<trace::Event> &events) {
    std::map<std::uint32_t, std::string> tasks;
    for (const trace::Event &e : events) {
        if (e.task == 0 || tasks_.contains(e.task)) continue;
        tasks[e.task] = name_of(e.task);
        tasks_.insert(e.task);
    }
    const std::size_t names =
        source_.functions().size() + names_.hosts.size() + names_.devices.size() + names_.queues.size();
    if (names == names_sent_ && tasks.empty()) return;
    std::vector<std::string> functions;
    for (const probe_info &p : source_.functions())
        functions.push_back(p.name);
    if (names_sent_ == 0) tasks[0] = "idle";
    names_sent_ = names;
    out_.send_names(names_, functions, tasks);
}

std::string event_stream::name_of(std::uint32_t task) const {
    std::string name = name_(task);
    if (name.empty()) name = source_.task_name(task);
    return name.empty() ? "?" : name; // it is gone already
}

void event_stream::send_end() const {
    out_.send(SKBSCOPE_FRAME_END, json{{"events", events_},
                                       {"made", source_.made()},
                                       {"received", source_.received()},
                                       {"lost", lost_},
                                       {"late", records_.late()},
                                       {"loss",
                                        {{"ring full", lost_},
                                         {"of any packet, a probe ran already on that CPU", recursion_},
                                         {"table of followed packets full", not_followed_},
                                         {"unpaired", unpaired_}}},
                                       {"unknowable", source_.unknowable()}});
}

} // namespace skbscope::bpf
