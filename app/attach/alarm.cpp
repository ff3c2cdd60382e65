// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/alarm.h"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace skbscope::app {

namespace {
constexpr std::uint64_t second = 1'000'000'000;       // ns
constexpr std::uint64_t longest = second / 10;        // until Ctrl-C is seen
constexpr std::uint64_t again = second / 50;          // between two rings
thread_local volatile std::sig_atomic_t rung = false; // the alarm's signal comes to its own thread

int alarmSignal() {
    return SIGRTMIN + 1;
}
void ring(int /*signal*/) {
    rung = true;
}
timespec spec(std::uint64_t ns) {
    return {static_cast<time_t>(ns / second), static_cast<long>(ns % second)};
}
} // namespace

std::uint64_t monotonicNanoseconds() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return static_cast<std::uint64_t>(t.tv_sec) * second + static_cast<std::uint64_t>(t.tv_nsec);
}

Alarm::Alarm() {
    struct sigaction action {};
    action.sa_handler = ring; // without SA_RESTART: the call is to end
    if (sigaction(alarmSignal(), &action, nullptr) < 0) return;
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = alarmSignal();
    event._sigev_un._tid = gettid();
    works_ = timer_create(CLOCK_MONOTONIC, &event, &timer_) == 0;
}

Alarm::~Alarm() {
    if (works_) timer_delete(timer_);
}

void Alarm::ringBy(std::uint64_t deadline) {
    if (rung) {
        rung = false;
        set_ = 0;
    }
    if (set_ != 0 && set_ <= deadline) return;
    set_ = std::max<std::uint64_t>(1, std::min(deadline, monotonicNanoseconds() + longest));
    const itimerspec when{spec(again), spec(set_)};
    timer_settime(timer_, TIMER_ABSTIME, &when, nullptr);
}

} // namespace skbscope::app
