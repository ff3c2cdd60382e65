// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/step_marks.h"

#include <algorithm>
#include <cstring>

namespace skbscope::app {

StepMarks::StepMarks(const trace::Side &side) {
    bool tracing = false;
    for (std::uint32_t i = 0; i < side.events.size(); ++i) {
        const trace::Event &e = side.events[i];
        if (e.kind == SKBSCOPE_EV_TRACE_ON) tracing = true;
        if (e.kind == SKBSCOPE_EV_TRACE_OFF) tracing = false;
        if (e.kind == SKBSCOPE_EV_STEP_BEGIN) {
            begins_.emplace_back(i, e.mark.step);
            steps_[e.mark.step] = {e.mark.line, tracing, {}};
        }
        if (e.kind == SKBSCOPE_EV_STEP_END)
            steps_[e.mark.step].result = std::int64_t{e.mark.result}; // unaligned in the event: copied
    }
}

std::optional<std::uint32_t> StepMarks::stepAt(std::uint32_t event) const {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), event,
                                        [](std::uint32_t e, const auto &begin) { return e < begin.first; });
    if (after == begins_.begin()) return {};
    return std::prev(after)->second;
}

std::optional<std::int64_t> StepMarks::result(std::uint32_t step) const {
    const auto found = steps_.find(step);
    return found == steps_.end() ? std::nullopt : found->second.result;
}

std::uint32_t StepMarks::line(std::uint32_t step) const {
    const auto found = steps_.find(step);
    return found == steps_.end() ? 0 : found->second.line;
}

bool StepMarks::traced(std::uint32_t step) const {
    const auto found = steps_.find(step);
    return found != steps_.end() && found->second.traced;
}

std::uint32_t StepMarks::last() const {
    return steps_.rbegin()->first;
}

std::string resultText(std::int64_t result) {
    if (result >= 0) return std::to_string(result);
    const int error = result < -4095 ? 0 : static_cast<int>(-result);
    const char *name = strerrorname_np(error);
    return (name ? name : std::to_string(result)) + std::string(" (") + std::strerror(error) + ")";
}

std::string stepText(const OpList &ops, std::uint32_t step) {
    std::string out;
    for (const skbscope_op &op : ops.ops())
        if (op.step == step && op.kind != SKBSCOPE_OP_SETNS) out += (out.empty() ? "" : "; ") + describe(ops, op);
    return out;
}

} // namespace skbscope::app
