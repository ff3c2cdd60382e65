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
        if (in_gap() || slide(&Slider::up, &Slider::down)) return;
        slide(&Slider::down, &Slider::up);
    }

    using Move = bool (Slider::*)();
    // False: there is no gap that way, and everything is as it was.
    bool slide(Move move, Move back) {
        unsigned moved = 0;
        while (moved < most_slides && (this->*move)()) {
            ++moved;
            if (in_gap()) return true;
        }
        while (moved-- > 0)
            (this->*back)();
        return false;
    }

    [[nodiscard]] std::uint32_t enter_there(std::size_t kept) const {
        return there_.tree.calls[there_.kept.call[to_there_[kept]]].enter;
    }
    // Between the pairs around it: another stretch may begin where this one has slid to.
    [[nodiscard]] bool in_gap() const {
        std::size_t before = begin_, after = end_;
        while (before > 0 && to_there_[before - 1] == npos)
            --before;
        while (after < to_there_.size() && to_there_[after] == npos)
            ++after;
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
    bool up() {
        if (begin_ == 0 || to_there_[begin_ - 1] == npos || !alike(begin_ - 1, end_ - 1)) return false;
        hand_over(begin_ - 1, end_ - 1);
        --begin_, --end_;
        return true;
    }
    // The pair after the stretch takes its first call.
    bool down() {
        if (end_ == to_there_.size() || to_there_[end_] == npos || !alike(begin_, end_)) return false;
        hand_over(end_, begin_);
        ++begin_, ++end_;
        return true;
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
