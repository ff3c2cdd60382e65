// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario's steps as a side recorded them: where each begins among the events, and what it returned.
#pragma once

#include "app/scenario/oplist.h"
#include "trace/trace.h"

#include <map>
#include <optional>

namespace skbscope::app {

class StepMarks {
public:
    explicit StepMarks(const trace::Side &side);

    [[nodiscard]] std::optional<std::uint32_t> stepAt(std::uint32_t event) const; // the step an event belongs to
    [[nodiscard]] std::optional<std::int64_t> result(std::uint32_t step) const;
    [[nodiscard]] std::uint32_t line(std::uint32_t step) const; // 0 = not known
    [[nodiscard]] bool traced(std::uint32_t step) const;        // it began while tracing was on
    [[nodiscard]] bool empty() const { return begins_.empty(); }
    [[nodiscard]] std::uint32_t last() const; // the highest step index; not empty()

private:
    struct Step {
        std::uint32_t line = 0;
        bool traced = false;
        std::optional<std::int64_t> result;
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> begins_; // event, step; ascending
    std::map<std::uint32_t, Step> steps_;
};

// "12", or "EAGAIN (Resource temporarily unavailable)".
[[nodiscard]] std::string resultText(std::int64_t result);
// What a step does, in words: its operations that are not the switch to another host.
[[nodiscard]] std::string stepText(const OpList &ops, std::uint32_t step);

} // namespace skbscope::app
