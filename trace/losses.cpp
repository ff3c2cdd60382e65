// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/losses.h"

#include "trace/loss.h"

#include <algorithm>

namespace skbscope::trace {

std::uint32_t Losses::find(std::uint32_t begin, std::uint32_t end, const std::set<std::uint8_t> &cpus) const {
    // A stream that was cut takes all CPUs with it.
    const auto counts = [&](const Event &e) {
        const bool cut = e.kind == SKBSCOPE_EV_LOSS && e.loss.reason == SKBSCOPE_LOSS_STREAM_CUT;
        return cut || cpus.empty() || cpus.contains(e.cpu);
    };
    const std::vector<std::uint32_t> &all = tree_.losses;
    for (auto at = std::lower_bound(all.begin(), all.end(), begin); at != all.end() && *at <= end; ++at)
        if (counts(side_.events[*at])) return *at;
    return npos;
}

Reason Losses::reason(std::uint32_t loss) const {
    const Event &e = side_.events[loss];
    const bool record = e.kind == SKBSCOPE_EV_LOSS;
    return {ReasonCode::lost, "unknown (lost): " + loss_text(e),
            std::string(side_name(side_.info.kind)) + " event " + std::to_string(loss) +
                (record ? ": loss record" : ": hole in the sequence") + " on CPU " + std::to_string(e.cpu)};
}

Reason Losses::nesting_unknown(std::uint32_t call, std::uint32_t caller) const {
    if (tree_.losses.empty()) return {};
    const std::uint32_t from = caller != npos ? caller : root_before(call);
    const std::uint32_t begin = from == npos ? 0 : tree_.calls[from].enter + 1, end = tree_.calls[call].enter;
    const std::uint32_t loss = find(begin, end, {side_.events[end].cpu});
    return loss == npos ? Reason{} : reason(loss);
}

// The outermost call of the same task that was entered last before the one this call stands in.
std::uint32_t Losses::root_before(std::uint32_t call) const {
    std::uint32_t root = call;
    while (tree_.calls[root].parent != npos)
        root = tree_.calls[root].parent;
    const auto self = std::lower_bound(tree_.roots.begin(), tree_.roots.end(), root);
    const auto same_task = [&](std::uint32_t other) { return tree_.calls[other].task == tree_.calls[root].task; };
    const auto found = std::find_if(std::reverse_iterator(self), tree_.roots.rend(), same_task);
    return found == tree_.roots.rend() ? npos : *found;
}

} // namespace skbscope::trace
