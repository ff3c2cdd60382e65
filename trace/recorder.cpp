// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/recorder.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace skbscope::trace {

namespace {
// Id of `name` in `names`, which has none more than `limit` entries; 0 when it is full.
std::size_t intern(std::vector<std::string> &names, std::string_view name, std::size_t limit) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    if (names.size() > limit) return 0;
    names.emplace_back(name);
    return names.size() - 1;
}

// Walks one CPU's chunks as one sequence.
class Cursor {
public:
    explicit Cursor(const EventBuffer &buffer) {
        buffer.for_each_chunk([this](std::span<const Event> chunk) {
            if (!chunk.empty()) chunks_.push_back(chunk);
        });
    }
    [[nodiscard]] bool done() const { return chunk_ == chunks_.size(); }
    [[nodiscard]] const Event &front() const { return chunks_[chunk_][index_]; }
    void pop() {
        if (++index_ < chunks_[chunk_].size()) return;
        index_ = 0;
        ++chunk_;
    }

private:
    std::vector<std::span<const Event>> chunks_;
    std::size_t chunk_ = 0, index_ = 0;
};
} // namespace

thread_local constinit bool recording = false;

std::size_t EventBuffer::size() const {
    return chunks_.size() * chunk_events - static_cast<std::size_t>(chunk_end_ - next_);
}

void EventBuffer::clear() {
    spares_.insert(spares_.end(), std::move_iterator(chunks_.begin()), std::move_iterator(chunks_.end()));
    chunks_.clear();
    next_ = chunk_end_ = nullptr;
    overwritten_ = false;
}

void EventBuffer::prepare() {
    if (chunks_max_ != 0 && chunks_.size() >= chunks_max_) return; // grow() takes the oldest
    constexpr std::size_t page_events = 4096 / sizeof(Event);
    if (spares_.empty()) {
        spares_.push_back(std::make_unique_for_overwrite<Event[]>(chunk_events));
        for (std::size_t i = 0; i < chunk_events; i += page_events)
            spares_.back()[i].kind = SKBSCOPE_EV_NONE; // so that the page is there
    }
    if (chunks_.size() == chunks_.capacity()) chunks_.reserve(std::max<std::size_t>(64, chunks_.size() * 2));
}

void EventBuffer::grow() {
    if (chunks_max_ != 0 && chunks_.size() >= chunks_max_) {
        std::rotate(chunks_.begin(), chunks_.begin() + 1, chunks_.end());
        overwritten_ = true;
    } else {
        prepare(); // does nothing where somebody prepared in time
        chunks_.push_back(std::move(spares_.back()));
        spares_.pop_back();
    }
    next_ = chunks_.back().get();
    chunk_end_ = next_ + chunk_events;
}

Recorder::Recorder(unsigned cpus) : cpus_(std::max(cpus, 1U)) {}

void Recorder::set_on(bool on) {
    if (on) prepare();
    if (on) recording = true;
    on_ = on;
}

void Recorder::prepare() {
    for (Cpu &cpu : cpus_)
        cpu.buffer.prepare();
}

std::size_t Recorder::size() const {
    std::size_t sum = 0;
    for (const Cpu &cpu : cpus_)
        sum += cpu.buffer.size();
    return sum;
}

void Recorder::keep_last(std::size_t events) {
    for (Cpu &cpu : cpus_)
        cpu.buffer.keep_last(events == 0 ? 0 : events / cpus_.size() + 1);
}

bool Recorder::overwritten() const {
    return std::ranges::any_of(cpus_, [](const Cpu &cpu) { return cpu.buffer.overwritten(); });
}

std::uint64_t Recorder::made() const {
    std::uint64_t sum = 0;
    for (const Cpu &cpu : cpus_)
        sum += cpu.seq;
    return sum;
}

// When every CPU's records are there, from then on.
std::uint64_t Recorder::whole_since() const {
    std::uint64_t since = 0;
    for (const Cpu &cpu : cpus_)
        if (cpu.buffer.overwritten()) since = std::max<std::uint64_t>(since, Cursor(cpu.buffer).front().time);
    return since;
}

std::vector<Event> Recorder::merged() const {
    std::vector<Cursor> cursors;
    const std::uint64_t since = whole_since();
    for (const Cpu &cpu : cpus_) {
        Cursor &c = cursors.emplace_back(cpu.buffer);
        while (!c.done() && (c.front().time < since || (since != 0 && is_extension(c.front()))))
            c.pop();
    }
    std::vector<Event> out;
    out.reserve(size());
    while (true) {
        Cursor *first = nullptr;
        for (Cursor &c : cursors)
            if (!c.done() && (!first || c.front().time < first->front().time)) first = &c;
        if (!first) break;
        out.push_back(first->front());
        first->pop();
    }
    return out;
}

std::vector<Event> Recorder::take() {
    std::vector<Event> events = merged();
    for (Cpu &cpu : cpus_)
        cpu.buffer.clear();
    return events;
}

void Recorder::clear() {
    for (Cpu &cpu : cpus_) {
        cpu.buffer.clear();
        cpu.seq = 0;
    }
    last_time_ = 0;
}

std::uint16_t Recorder::device_id(std::string_view name) {
    return static_cast<std::uint16_t>(intern(devices_, name, std::numeric_limits<std::uint16_t>::max()));
}

std::uint8_t Recorder::host_id(std::string_view name) {
    return static_cast<std::uint8_t>(intern(hosts_, name, std::numeric_limits<std::uint8_t>::max()));
}

std::uint32_t Recorder::queue_id(std::string_view name) {
    return static_cast<std::uint32_t>(intern(queues_, name, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace skbscope::trace
