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
std::vector<PacketId> packets_in_focus(const Side &side) {
    std::vector<PacketId> out;
    out.reserve(side.events.size());
    PacketId last = no_packet;
    for (const Event &e : side.events) {
        if (e.packet != no_packet) last = e.packet;
        out.push_back(last);
    }
    return out;
}
} // namespace

struct StateIndex::Impl {
    Impl(const Side &side, const CallTree &call_tree)
        : tree(call_tree), packets(side), queues(side), focus(packets_in_focus(side)) {}

    // npos where there is no event at all.
    [[nodiscard]] std::uint32_t clamp(std::uint32_t event) const {
        return focus.empty() ? npos : std::min(event, static_cast<std::uint32_t>(focus.size() - 1));
    }

    const CallTree &tree;
    PacketHistory packets;
    QueueHistory queues;
    std::vector<PacketId> focus;
};

StateIndex::StateIndex(const Side &side, const CallTree &tree) : impl_(std::make_unique<Impl>(side, tree)) {}
StateIndex::~StateIndex() = default;
StateIndex::StateIndex(StateIndex &&) noexcept = default;

Instant StateIndex::at(std::uint32_t event) const {
    Instant now;
    now.event = impl_->clamp(event);
    if (now.event == npos) return now;
    if (now.event < impl_->tree.call_at.size()) now.call = impl_->tree.call_at[now.event];
    now.packet = impl_->focus[now.event];
    now.queues = impl_->queues.at(now.event);
    return now;
}

PacketState StateIndex::packet_at(PacketId id, std::uint32_t event) const {
    return impl_->packets.at(id, impl_->clamp(event));
}

std::vector<PacketId> StateIndex::sharing(PacketId id, std::uint32_t event) const {
    return impl_->packets.sharing(id, impl_->clamp(event));
}

std::span<const std::uint32_t> StateIndex::changes(PacketId id) const {
    return impl_->packets.changes(id);
}

} // namespace skbscope::trace
