// SPDX-License-Identifier: GPL-2.0-or-later
// Which task of one run is which of another: numbers differ from run to run.
#include "trace/compare_tasks.h"
#include "trace/renames.h"

#include <algorithm>
#include <map>

namespace skbscope::trace {

namespace {

// What a task calls, and how often, of what fidelity counts.
using Calls = std::map<std::string_view, std::uint32_t>;

struct Known {
    Thread thread;
    std::string_view name; // empty: not told
    Calls calls;
};

// In the order in which they appear.
std::vector<Known> known(const Side &side, const CallTree &tree, const std::vector<Thread> &threads) {
    std::vector<Known> out;
    std::map<Thread, std::size_t> at;
    for (std::size_t i = 0; i < tree.calls.size(); ++i) {
        const Call &c = tree.calls[i];
        const Thread thread = threads[i];
        const auto [found, is_new] = at.try_emplace(thread, out.size());
        if (is_new) {
            const auto name = side.tasks.find(thread.task);
            out.push_back({thread, name == side.tasks.end() ? std::string_view() : name->second, {}});
        }
        if (is_kept(side.function(c.fn))) ++out[found->second].calls[catalogue_name(side.function_name(c.fn))];
    }
    return out;
}

std::uint32_t in_common(const Calls &a, const Calls &b) {
    std::uint32_t n = 0;
    for (const auto &[name, count] : a)
        if (const auto other = b.find(name); other != b.end()) n += std::min(count, other->second);
    return n;
}

class Pairing {
public:
    Pairing(std::vector<Known> left, std::vector<Known> right)
        : left_(std::move(left)), right_(std::move(right)), partner_(left_.size(), npos), taken_(right_.size()) {}

    std::vector<ThreadPair> run() {
        pair_where([](const Known &l, const Known &r) {
            return l.thread.task == 0 || r.thread.task == 0 ? l.thread == r.thread
                                                            : !l.name.empty() && l.name == r.name;
        });
        while (pair_most_alike()) {
        }
        return take();
    }

private:
    template <class Same> void pair_where(Same same) {
        for (std::uint32_t l = 0; l < left_.size(); ++l)
            for (std::uint32_t r = 0; r < right_.size() && partner_[l] == npos; ++r)
                if (!taken_[r] && same(left_[l], right_[r])) join(l, r);
    }

    // CPUs are never anything else.
    bool pair_most_alike() {
        std::uint32_t most = 0, left = npos, right = npos;
        for (std::uint32_t l = 0; l < left_.size(); ++l)
            for (std::uint32_t r = 0; r < right_.size(); ++r) {
                const bool free = partner_[l] == npos && !taken_[r];
                if (!free || left_[l].thread.task == 0 || right_[r].thread.task == 0) continue;
                const std::uint32_t n = in_common(left_[l].calls, right_[r].calls);
                if (n > most) most = n, left = l, right = r;
            }
        if (most != 0) join(left, right);
        return most != 0;
    }

    void join(std::uint32_t l, std::uint32_t r) {
        partner_[l] = r;
        taken_[r] = true;
    }

    // The left's in their order, then those that only the right has; CPUs last.
    std::vector<ThreadPair> take() {
        std::vector<ThreadPair> out;
        for (std::uint32_t l = 0; l < left_.size(); ++l)
            out.push_back(
                {left_[l].thread, partner_[l] == npos ? std::optional<Thread>() : right_[partner_[l]].thread});
        for (std::uint32_t r = 0; r < right_.size(); ++r)
            if (!taken_[r]) out.push_back({{}, right_[r].thread});
        // Not the one of std::ranges: clang 14 cannot read what it returns.
        (void)std::stable_partition(out.begin(), out.end(),
                                    [](const ThreadPair &p) { return (p.left ? p.left : p.right)->task != 0; });
        return out;
    }

    std::vector<Known> left_, right_;
    std::vector<std::uint32_t> partner_; // right, by left
    std::vector<bool> taken_;            // by right
};

} // namespace

std::vector<ThreadPair> pair_threads(const Side &left, const CallTree &left_tree,
                                     const std::vector<Thread> &left_threads, const Side &right,
                                     const CallTree &right_tree, const std::vector<Thread> &right_threads) {
    return Pairing(known(left, left_tree, left_threads), known(right, right_tree, right_threads)).run();
}

} // namespace skbscope::trace
