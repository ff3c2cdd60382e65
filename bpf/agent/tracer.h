// SPDX-License-Identifier: GPL-2.0-or-later
// What a run needs of whatever traces it.
#pragma once

#include <cstdint>
#include <span>

namespace skbscope::bpf {

class tracer {
public:
    virtual ~tracer() = default;
    // Tasks whose own calls are traced.
    virtual void trace_tasks(std::span<const std::uint32_t> tasks) = 0;
    // A mark of the run, among the records of this task. `switch_to`: 0 tracing stays as it is, 1 off, 2 on. `kind` 0:
    // no mark, the switch alone.
    virtual void mark(unsigned kind, std::uint32_t step, std::uint32_t line, std::int64_t result,
                      unsigned switch_to) const = 0;

protected:
    tracer() = default;
    tracer(const tracer &) = default;
    tracer &operator=(const tracer &) = default;
};

} // namespace skbscope::bpf
