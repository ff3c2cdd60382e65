// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/state.h"

#include "trace/packet_history.h"

#include <algorithm>
#include <map>

namespace skbscope::trace {

namespace {
using Queues = std::map<std::uint32_t, QueueState>;

bool is_queue_op(const Event &e) {
    return e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE;
}

void apply_to_queue(Queues &queues, const Event &e, std::uint32_t event) {
    queues[e.queue.queue] = {e.queue.queue, e.queue.length, e.queue.limit, e.queue.bytes, event};
}

// Like PacketHistory, for all queues at once. With many queues checkpoints grow, and so does their distance.
class QueueHistory {
public:
    explicit QueueHistory(const Side &side) : side_(side) {
        Queues now;
        std::size_t since = 0;
        for (std::uint32_t i = 0; i < side.events.size(); ++i) {
            if (!is_queue_op(side.events[i])) continue;
            apply_to_queue(now, side.events[i], i);
            touches_.push_back(i);
            if (++since < std::max<std::size_t>(64, now.size())) continue;
            checkpoints_.push_back({touches_.size(), now});
            since = 0;
        }
    }

    [[nodiscard]] std::vector<QueueState> at(std::uint32_t event) const {
        const auto end = std::upper_bound(touches_.begin(), touches_.end(), event);
        const auto seen = static_cast<std::size_t>(end - touches_.begin());
        const auto later = [](std::size_t touches, const Checkpoint &c) { return touches < c.touches; };
        const auto next = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), seen, later);
        Queues now;
        std::size_t from = 0;
        if (next != checkpoints_.begin()) {
            now = std::prev(next)->queues;
            from = std::prev(next)->touches;
        }
        for (std::size_t i = from; i < seen; ++i)
            apply_to_queue(now, side_.events[touches_[i]], touches_[i]);
        std::vector<QueueState> out;
        for (const auto &[id, queue] : now)
            out.push_back(queue);
        return out;
    }

private:
    struct Checkpoint {
        std::size_t touches;
        Queues queues;
    };
    const Side &side_;
    std::vector<std::uint32_t> touches_;
    std::vector<Checkpoint> checkpoints_;
};

// For every event the packet in focus: its own, else that of the last event that had one.
class Focus {
public:
    explicit Focus(const Side &side) : side_(side) {
        PacketId last = no_packet;
        for (std::uint32_t i = 0; i < side.events.size(); ++i) {
            if (i % block == 0) before_block_.push_back(last);
            if (side.events[i].packet != no_packet) last = side.events[i].packet;
        }
    }
    [[nodiscard]] PacketId at(std::uint32_t event) const {
        const std::uint32_t begin = event - event % block;
        for (std::uint32_t i = event + 1; i-- > begin;)
            if (side_.events[i].packet != no_packet) return side_.events[i].packet;
        return before_block_[event / block];
    }

private:
    static constexpr std::uint32_t block = 256; // events
    const Side &side_;
    std::vector<PacketId> before_block_; // the focus where it begins
};
} // namespace

struct StateIndex::Impl {
    Impl(const Side &s, const CallTree &call_tree) : side(s), tree(call_tree), packets(s), queues(s), focus(s) {}

    // npos where there is no event at all.
    [[nodiscard]] std::uint32_t clamp(std::uint32_t event) const {
        return side.events.empty() ? npos : std::min(event, static_cast<std::uint32_t>(side.events.size() - 1));
    }

    const Side &side;
    const CallTree &tree;
    PacketHistory packets;
    QueueHistory queues;
    Focus focus;
};

StateIndex::StateIndex(const Side &side, const CallTree &tree) : impl_(std::make_unique<Impl>(side, tree)) {}
StateIndex::~StateIndex() = default;
StateIndex::StateIndex(StateIndex &&) noexcept = default;

Instant StateIndex::at(std::uint32_t event) const {
    Instant now;
    now.event = impl_->clamp(event);
    if (now.event == npos) return now;
    if (now.event < impl_->tree.call_at.size()) now.call = impl_->tree.call_at[now.event];
    now.packet = impl_->focus.at(now.event);
    now.queues = impl_->queues.at(now.event);
    return now;
}

PacketState StateIndex::packet_at(PacketId id, std::uint32_t event) const {
    return impl_->packets.at(id, impl_->clamp(event));
}

std::vector<PacketId> StateIndex::sharing(PacketId id, std::uint32_t event) const {
    return impl_->packets.sharing(id, impl_->clamp(event));
}

std::vector<std::uint32_t> StateIndex::records(PacketId id) const {
    return impl_->packets.records(id);
}

ChangeList StateIndex::changes(PacketId id) const {
    return impl_->packets.changes(id);
}

} // namespace skbscope::trace
