// SPDX-License-Identifier: GPL-2.0-or-later
// Which rows without a partner may be missing because events are: those whose neighbours in time, in the task they run
// in, have a loss between them on the other side, on a CPU that one of them ran on.
#include "trace/compare_tasks.h"

#include <map>

namespace skbscope::trace {

namespace {
// The events of the other side between the matched row before and the one after. Both ends are enter events.
struct Window {
    std::uint32_t row = npos;
    std::uint32_t begin = 0, end = npos;
    std::set<std::uint8_t> cpus; // those of both ends; where there is neither, any
};

class Search {
public:
    Search(const std::vector<Row> &rows, const Compared &here, const Compared &there, bool left)
        : rows_(rows), here_(here), there_(there), left_(left) {}

    void run(RowReasons &out) {
        for (std::uint32_t i = 0; i < rows_.size(); ++i)
            if (lone(rows_[i])) windows_.emplace_back().row = i;
        std::map<Thread, std::uint32_t> neighbour; // call on the other side
        auto next = windows_.begin();
        for (const Row &row : rows_)
            if (visit(row, neighbour, next == windows_.end() ? nullptr : &*next, &Search::begin_at)) ++next;
        neighbour.clear();
        auto last = windows_.rbegin();
        for (std::size_t i = rows_.size(); i-- > 0;)
            if (visit(rows_[i], neighbour, last == windows_.rend() ? nullptr : &*last, &Search::end_at)) ++last;
        for (const Window &w : windows_)
            if (Reason why = reason(w); why.code != ReasonCode::none) out.emplace(w.row, std::move(why));
    }

private:
    using Bound = void (Search::*)(Window &, std::uint32_t) const;

    [[nodiscard]] std::uint32_t own(const Row &row) const { return left_ ? row.left : row.right; }
    [[nodiscard]] std::uint32_t other(const Row &row) const { return left_ ? row.right : row.left; }
    [[nodiscard]] bool lone(const Row &row) const { return own(row) != npos && other(row) == npos; }

    // Is it one without a partner, whose window `w` then is?
    bool visit(const Row &row, std::map<Thread, std::uint32_t> &neighbour, Window *w, Bound bound) const {
        if (own(row) == npos) return false;
        const Thread thread = thread_of(here_.enter(own(row)));
        if (other(row) != npos) {
            neighbour[thread] = other(row);
            return false;
        }
        const auto found = neighbour.find(thread);
        if (found != neighbour.end()) (this->*bound)(*w, found->second);
        return true;
    }

    void begin_at(Window &w, std::uint32_t call) const {
        w.begin = there_.tree.calls[call].enter + 1;
        w.cpus.insert(there_.enter(call).cpu);
    }
    void end_at(Window &w, std::uint32_t call) const {
        w.end = there_.tree.calls[call].enter;
        w.cpus.insert(there_.enter(call).cpu);
    }

    [[nodiscard]] Reason reason(const Window &w) const {
        const std::uint32_t loss = there_.losses.find(w.begin, w.end, w.cpus);
        return loss == npos ? Reason{} : there_.losses.reason(loss);
    }

    const std::vector<Row> &rows_;
    const Compared &here_, &there_;
    bool left_;
    std::vector<Window> windows_; // of the rows without a partner, in their order
};
} // namespace

RowReasons lost_rows(const std::vector<Row> &rows, const Compared &left, const Compared &right) {
    RowReasons out;
    if (!right.tree.losses.empty()) Search(rows, left, right, true).run(out);
    if (!left.tree.losses.empty()) Search(rows, right, left, false).run(out);
    return out;
}

} // namespace skbscope::trace
