// SPDX-License-Identifier: GPL-2.0-or-later
// A watch whose events the test hands out: the kernel's side of a trace, again and again, each time a little later.
#pragma once

#include "tests/ui/fixture.h"
#include "ui/live.h"

#include <atomic>
#include <mutex>
#include <stdexcept>

namespace skbscope::ui::test {

class GrowingSource : public LiveSource {
public:
    GrowingSource() {
        const trace::Trace both = udpVeth();
        part_ = *both.side(trace::SideKind::kernel);
        all_ = part_;
        all_.info.recorded = false;
        all_.events.clear();
        packets_ = 0;
        for (const trace::Event &e : part_.events)
            packets_ = std::max(packets_, e.packet);
        state_.phase = LiveState::Phase::watching;
    }
    [[nodiscard]] std::string title() const override { return "udp port 7000"; }
    [[nodiscard]] LiveState state() override {
        const std::lock_guard lock(mutex_);
        return state_;
    }
    [[nodiscard]] trace::Trace trace() override {
        const std::lock_guard lock(mutex_);
        trace::Trace t;
        t.sides.push_back(all_);
        return t;
    }
    void stop() override {
        ++stops;
        end({});
    }

    // `times` the part, each with packets of its own.
    void grow(unsigned times = 1) {
        const std::lock_guard lock(mutex_);
        for (unsigned i = 0; i < times; ++i, ++rounds_)
            for (trace::Event e : part_.events) {
                e.time += rounds_ * 10'000'000;
                e.seq += rounds_ * std::uint32_t(part_.events.size());
                if (e.packet != trace::no_packet) e.packet += rounds_ * packets_;
                all_.events.push_back(e);
            }
        state_.packets = rounds_ * packets_;
        count();
    }
    // A record that was late: before all others.
    void addLate() {
        const std::lock_guard lock(mutex_);
        trace::Event enter = part_.events.front(), leave = enter;
        enter.time = 1, leave.time = 2;
        leave.kind = SKBSCOPE_EV_LEAVE;
        enter.seq = leave.seq = 0xfffffff0;
        enter.task = leave.task = 77;
        all_.events.insert(all_.events.begin(), {enter, leave});
        count();
    }
    // A call without a packet, after all others.
    void addTick() {
        const std::lock_guard lock(mutex_);
        trace::Event enter = part_.events.front();
        enter.packet = trace::no_packet;
        enter.task = 77;
        enter.time = all_.events.back().time + 1;
        enter.cpu = 3;
        enter.seq = 2 * ticks_++;
        trace::Event leave = enter;
        ++leave.time;
        ++leave.seq;
        leave.kind = SKBSCOPE_EV_LEAVE;
        all_.events.insert(all_.events.end(), {enter, leave});
        count();
    }
    void lose(std::uint32_t n) {
        const std::lock_guard lock(mutex_);
        state_.lost += n;
    }
    void end(const std::string &broke) {
        const std::lock_guard lock(mutex_);
        state_.phase = LiveState::Phase::over;
        state_.broke = broke;
    }
    [[nodiscard]] std::size_t events() {
        const std::lock_guard lock(mutex_);
        return all_.events.size();
    }
    std::atomic<int> stops = 0;
    bool packetsOnly = false;
    [[nodiscard]] bool followsPackets() const override { return packetsOnly; }

private:
    void count() {
        state_.events = all_.events.size();
        ++state_.revision;
    }
    std::mutex mutex_;
    LiveState state_;
    trace::Side part_, all_;
    std::uint32_t packets_ = 0, rounds_ = 0, ticks_ = 0;
};

} // namespace skbscope::ui::test
