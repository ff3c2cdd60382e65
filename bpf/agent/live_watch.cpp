// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/live_watch.h"

#include <ctime>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

// The ring is looked at that often: nobody is woken by a record, which would be one more event in the kernel.
constexpr int tick_ms = 10;
constexpr int ticks_to_look = 100; // a second
// A record is in the ring at the latest that long after its time was read. An interrupt handler may come between;
// a virtual CPU may be stopped there, which shows as a late record.
constexpr std::uint64_t lateness_ns = 50'000'000;
constexpr useconds_t last_records_us = 5'000; // programs that had begun when the watch was switched off

std::uint64_t now_ns() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t); // bpf_ktime_get_ns()
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(t.tv_nsec);
}

} // namespace

void live_watch::run(const calls &c) {
    calls_ = &c;
    source_.begin(records_);
    source_.watch(true);
    c.begun();
    for (int n = 1; !host_.stopped() && !c.over(); ++n) {
        pollfd input{host_.input, POLLIN, 0};
        (void)poll(&input, 1, tick_ms);
        const bool look = n % ticks_to_look == 0;
        if (look) c.look_around();
        tick(look);
    }
    source_.watch(false);
    usleep(last_records_us);
    c.look_around();
    source_.finish(records_);
    tell_hidden_losses();
    send(records_.finish());
    send_end();
}

void live_watch::tick(bool look) {
    const std::uint64_t until = now_ns() - lateness_ns;
    source_.collect(until, records_);
    if (look) tell_hidden_losses();
    send(records_.take(until));
}

// What left no number behind: it is told where it was noticed, within a second of where it happened.
void live_watch::tell_hidden_losses() {
    const auto tell = [this](std::uint64_t now, std::uint64_t &told, skbscope_loss_reason reason) {
        if (now > told) records_.lose(now - told, reason);
        told = now;
    };
    tell(source_.recursion_misses(), recursion_, SKBSCOPE_LOSS_RECURSION);
    tell(source_.not_followed(), not_followed_, SKBSCOPE_LOSS_FILTER_FULL);
}

void live_watch::send(const assembled &part) {
    send_names(part.events);
    out_.send_events(part.events);
    events_ += part.events.size();
    lost_ += part.lost;
    unpaired_ += part.unpaired;
}

// What is new since the last time; names that did not grow stay as they are.
void live_watch::send_names(const std::vector<trace::Event> &events) {
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

std::string live_watch::name_of(std::uint32_t task) const {
    std::string name = calls_->task_name(task);
    if (name.empty()) name = source_.task_name(task);
    return name.empty() ? "?" : name; // it is gone already
}

void live_watch::send_end() {
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
