// SPDX-License-Identifier: GPL-2.0-or-later
// Where a name repeats, calls line up in more than one way: of A B A against A, the lone calls may be "A B" or "B A".
// Next to a gap one of them is true: what is missing stands in the gap. So a stretch of calls without partners slides
// along equal names until the other side's gap lies in it.
#include "trace/compared.h"

namespace skbscope::trace {

namespace {
// A bound on what a trace of one name over and over can ask for.
constexpr unsigned most_slides = 256;

class Slider {
public:
    using Partners = std::vector<std::uint32_t>;
    Slider(const Compared &here, const Compared &there, Partners &to_there, Partners &to_here)
        : here_(here), there_(there), to_there_(to_there), to_here_(to_here) {}

    void run() {
        for (begin_ = 0; begin_ < to_there_.size(); begin_ = end_) {
            end_ = begin_;
            while (end_ < to_there_.size() && to_there_[end_] == npos)
                ++end_;
            if (end_ == begin_)
                ++end_;
            else
                settle();
        }
    }

private:
    void settle() {
        if (in_gap() || slide(&Slider::up)) return;
        slide(&Slider::down);
    }

    struct Moved {
        std::size_t from, to;
    };
    using Move = std::optional<Moved> (Slider::*)();

    // Where there is no gap that way, everything is put back as it was.
    bool slide(Move move) {
        const std::size_t begin = begin_, end = end_;
        std::vector<Moved> done;
        while (done.size() < most_slides) {
            const std::optional<Moved> next = (this->*move)();
            if (!next) break;
            done.push_back(*next);
            if (in_gap()) return true;
        }
        for (; !done.empty(); done.pop_back())
            hand_over(done.back().to, done.back().from);
        begin_ = begin;
        end_ = end;
        return false;
    }

    [[nodiscard]] std::uint32_t enter_there(std::size_t kept) const {
        return there_.tree.calls[there_.kept.call[to_there_[kept]]].enter;
    }
    // One past the pair before the stretch, and the pair after it: another stretch may begin where this one slid to.
    [[nodiscard]] std::size_t after_pair_before() const {
        std::size_t at = begin_;
        while (at > 0 && to_there_[at - 1] == npos)
            --at;
        return at;
    }
    [[nodiscard]] std::size_t pair_after() const {
        std::size_t at = end_;
        while (at < to_there_.size() && to_there_[at] == npos)
            ++at;
        return at;
    }
    [[nodiscard]] bool in_gap() const {
        const std::size_t before = after_pair_before(), after = pair_after();
        const std::uint32_t first = before > 0 ? enter_there(before - 1) + 1 : 0;
        const std::uint32_t last = after < to_there_.size() ? enter_there(after) : npos;
        return there_.losses.find(first, last) != npos;
    }
    [[nodiscard]] bool alike(std::size_t a, std::size_t b) const {
        const KeptCalls &kept = here_.kept;
        return kept.name[a] == kept.name[b] &&
               here_.tree.calls[kept.call[a]].task == here_.tree.calls[kept.call[b]].task;
    }
    void hand_over(std::size_t from, std::size_t to) {
        const std::uint32_t partner = to_there_[from];
        to_there_[from] = npos;
        to_there_[to] = partner;
        to_here_[partner] = static_cast<std::uint32_t>(to);
    }

    // The pair before the stretch takes its last call.
    std::optional<Moved> up() {
        begin_ = after_pair_before();
        if (begin_ == 0 || end_ <= begin_ || !alike(begin_ - 1, end_ - 1)) return std::nullopt;
        const Moved moved{begin_ - 1, end_ - 1};
        hand_over(moved.from, moved.to);
        --begin_, --end_;
        return moved;
    }
    // The pair after the stretch takes its first call.
    std::optional<Moved> down() {
        end_ = pair_after();
        if (end_ == to_there_.size() || end_ <= begin_ || !alike(begin_, end_)) return std::nullopt;
        const Moved moved{end_, begin_};
        hand_over(moved.from, moved.to);
        ++begin_, ++end_;
        return moved;
    }

    const Compared &here_, &there_;
    Partners &to_there_, &to_here_;
    std::size_t begin_ = 0, end_ = 0; // the stretch
};
} // namespace

void slide_to_losses(KeptPairs &pairs, const Compared &left, const Compared &right) {
    if (!right.tree.losses.empty()) Slider(left, right, pairs.left_to_right, pairs.right_to_left).run();
    if (!left.tree.losses.empty()) Slider(right, left, pairs.right_to_left, pairs.left_to_right).run();
}

} // namespace skbscope::trace
