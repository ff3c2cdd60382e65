// SPDX-License-Identifier: GPL-2.0-or-later
// Which rows without a partner may be missing because events are: those whose neighbours in time, in the task they run
// in, have a loss between them on the other side, on a CPU that one of them ran on.
#include "trace/compare_tasks.h"

#include <map>

namespace skbscope::trace {

namespace {
// The events of the other side between the matched row before and the one after. Both ends are enter events.
struct Window {
    std::uint32_t begin = 0, end = npos;
    std::set<std::uint8_t> cpus; // those of both ends; where there is neither, any
};

class Search {
public:
    Search(const std::vector<Row> &rows, const Compared &here, const Compared &there, bool left)
        : rows_(rows), here_(here), there_(there), left_(left) {}

    void run(std::vector<Reason> &out) {
        std::vector<Window> windows(rows_.size());
        std::map<Thread, std::uint32_t> neighbour; // call on the other side
        for (std::size_t i = 0; i < rows_.size(); ++i)
            visit(windows, i, neighbour, &Search::begin_at);
        neighbour.clear();
        for (std::size_t i = rows_.size(); i-- > 0;)
            visit(windows, i, neighbour, &Search::end_at);
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (lone(rows_[i])) out[i] = reason(windows[i]);
    }

private:
    using Bound = void (Search::*)(Window &, std::uint32_t) const;

    [[nodiscard]] std::uint32_t own(const Row &row) const { return left_ ? row.left : row.right; }
    [[nodiscard]] std::uint32_t other(const Row &row) const { return left_ ? row.right : row.left; }
    [[nodiscard]] bool lone(const Row &row) const { return own(row) != npos && other(row) == npos; }

    void visit(std::vector<Window> &windows, std::size_t i, std::map<Thread, std::uint32_t> &neighbour,
               Bound bound) const {
        const Row &row = rows_[i];
        if (own(row) == npos) return;
        const Thread thread = thread_of(here_.enter(own(row)));
        if (other(row) != npos) {
            neighbour[thread] = other(row);
            return;
        }
        const auto found = neighbour.find(thread);
        (this->*bound)(windows[i], found == neighbour.end() ? npos : found->second);
    }

    void begin_at(Window &w, std::uint32_t call) const {
        if (call == npos) return;
        w.begin = there_.tree.calls[call].enter + 1;
        w.cpus.insert(there_.enter(call).cpu);
    }
    void end_at(Window &w, std::uint32_t call) const {
        if (call == npos) return;
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
};
} // namespace

std::vector<Reason> lost_rows(const std::vector<Row> &rows, const Compared &left, const Compared &right) {
    std::vector<Reason> out(rows.size());
    if (!right.tree.losses.empty()) Search(rows, left, right, true).run(out);
    if (!left.tree.losses.empty()) Search(rows, right, left, false).run(out);
    return out;
}

} // namespace skbscope::trace
