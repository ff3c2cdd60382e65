// SPDX-License-Identifier: GPL-2.0-or-later
// Where the model's events go: one buffer a virtual CPU, filled by one thread, so no lock; grown a chunk at a
// time, so no heap on the hot path. Switched off it costs one predictable branch.
#pragma once

#include "trace/event.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::trace {

// A stretch of events of one CPU. append() hands out zeroed slots in order.
class EventBuffer {
public:
    static constexpr std::size_t chunk_events = 4096; // 256 KiB

    [[nodiscard]] Event *append() {
        if (next_ == chunk_end_) grow();
        __builtin_prefetch(next_ + 8, 1); // memory is written once round and seen again much later
        *next_ = Event{};                 // here, where it is in the cache a moment before it is filled in
        return next_++;
    }
    [[nodiscard]] std::size_t size() const;
    // From now on no more than so many (rounded up to chunks): the oldest chunk is written anew. 0: all are kept.
    void keep_last(std::size_t events) { chunks_max_ = events == 0 ? 0 : events / chunk_events + 1; }
    [[nodiscard]] bool overwritten() const { return overwritten_; }
    // Forgets the events, and keeps the memory for the next ones.
    void clear();
    // Makes sure that the next chunk is there already, so that no append() before it is full asks the heap.
    // Call it where time does not matter: before a run, between steps, when idle.
    void prepare();
    // Calls visit(std::span<const Event>) for each chunk, oldest first.
    template <class Visit> void for_each_chunk(Visit &&visit) const;

private:
    void grow();
    std::vector<std::unique_ptr<Event[]>> chunks_;
    std::vector<std::unique_ptr<Event[]>> spares_; // touched: taking one costs neither heap nor page faults
    Event *next_ = nullptr;
    Event *chunk_end_ = nullptr;
    std::size_t chunks_max_ = 0;
    bool overwritten_ = false;
};

// What a traced function asks first, and mostly alone: whether the recorder in use on this thread may be on, or a call
// that it recorded is still under way. Recorder::set_on() sets it; who uses a recorder says when it is over.
extern thread_local constinit bool recording;

// Not thread safe on purpose: one recorder belongs to one model machine, which is one OS thread.
class Recorder {
public:
    explicit Recorder(unsigned cpus = 1);

    [[nodiscard]] bool on() const { return on_; }
    // Switching on prepares every CPU's buffer.
    void set_on(bool on);
    // See EventBuffer::prepare(); for every CPU.
    void prepare();

    // A new record on `cpu`: time, seq and cpu are filled in, the rest is zero. Call only while on().
    // `now` is the machine's virtual time in ns; the record gets max(now, previous record + 1), so that
    // the order of one side's records is total.
    [[nodiscard]] Event &append(unsigned cpu, std::uint64_t now);

    // A flight recorder: only the last `events`, shared evenly by the CPUs, are kept.
    void keep_last(std::size_t events);
    [[nodiscard]] bool overwritten() const;
    [[nodiscard]] std::size_t size() const;
    // Records made so far, those overwritten included.
    [[nodiscard]] std::uint64_t made() const;
    // All CPUs merged by time (unique within a recorder). Where some were overwritten: from the first record on before
    // which none is missing on any CPU; the sequence numbers then begin above 0.
    [[nodiscard]] std::vector<Event> merged() const;
    void clear();
    // What merged() gives; then forgets it, and goes on counting.
    [[nodiscard]] std::vector<Event> take();

    // Ids for names that events carry as numbers; the same name gives the same id. Id 0 means none; it is also what
    // the 256th host and the 65536th device get, which no record could name.
    std::uint16_t device_id(std::string_view name);
    std::uint8_t host_id(std::string_view name);
    std::uint32_t queue_id(std::string_view name);
    [[nodiscard]] const std::vector<std::string> &devices() const { return devices_; }
    [[nodiscard]] const std::vector<std::string> &hosts() const { return hosts_; }
    [[nodiscard]] const std::vector<std::string> &queues() const { return queues_; }

private:
    [[nodiscard]] std::uint64_t whole_since() const;
    struct alignas(128) Cpu { // a power of two: finding one is a shift
        EventBuffer buffer;
        std::uint32_t seq = 0;
    };
    std::vector<Cpu> cpus_;
    std::uint64_t last_time_ = 0;
    bool on_ = false;
    std::vector<std::string> devices_{""}, hosts_{""}, queues_{""};
};

inline Event &Recorder::append(unsigned cpu, std::uint64_t now) {
    Cpu &c = cpus_[cpu];
    Event &e = *c.buffer.append();
    last_time_ = now > last_time_ ? now : last_time_ + 1;
    e.time = last_time_;
    e.seq = c.seq++;
    e.cpu = static_cast<std::uint8_t>(cpu);
    return e;
}

template <class Visit> void EventBuffer::for_each_chunk(Visit &&visit) const {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
        const Event *begin = chunks_[i].get();
        const Event *end = i + 1 == chunks_.size() ? next_ : begin + chunk_events;
        visit(std::span<const Event>(begin, end));
    }
}

} // namespace skbscope::trace
