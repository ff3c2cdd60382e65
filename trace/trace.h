// SPDX-License-Identifier: GPL-2.0-or-later
// A trace in memory: one scenario or watch, seen from one side (a kernel, or the model) or from both.
#pragma once

#include "trace/catalogue.h"
#include "trace/event.h"

#include <map>
#include <string>
#include <vector>

namespace skbscope::trace {

enum class SideKind : std::uint8_t { model, kernel };
[[nodiscard]] const char *side_name(SideKind kind); // "model", "kernel"

// What `time` counts. Never shown beside one another as if they were the same thing.
enum class Clock : std::uint8_t {
    virtual_ns,   // the model's clock; records within one instant are 1 apart
    instructions, // a lab under -icount: the tracer's own instructions are in it
    real_ns,      // a kernel's monotonic clock
};

struct SideInfo {
    SideKind kind = SideKind::model;
    Clock clock = Clock::virtual_ns;
    std::string release;   // "6.1.0-51-cloud-amd64"; model: the release it mirrors
    std::string build;     // `uname -v`, names the exact build; model: skbscope's version
    std::string transport; // "model", "lab", "host", "ssh:HOST"
    std::string date;      // ISO 8601 UTC of the recording; empty for the model, whose trace does not depend on it
    bool recorded = false; // it was shipped or loaded from a file: shown as recorded, never as live
    std::map<std::string, std::string> facts; // sysctls, hooks, configuration that a reason may cite as evidence
};

struct Side {
    SideInfo info;
    std::vector<Event> events; // ordered by time; extension records directly after what they extend
    std::vector<std::string> hosts{""}, devices{""}, queues{""}; // index = id in the events; 0 = none
    std::map<TaskId, std::string> tasks;                         // task -> comm; 0 = "idle"
    // Names of functions the catalogue does not hold; id = Catalogue::builtin().size() + index.
    std::vector<std::string> extra_functions;

    // Views into the catalogue or, for extra functions, into this side: valid until it changes.
    [[nodiscard]] std::string_view function_name(FunctionId id) const; // "?" if out of range
    [[nodiscard]] Function function(FunctionId id) const;              // known == false for extra functions
    // Finds in the catalogue, else adds to extra_functions. Compiler suffixes are dropped (base_name). no_function when
    // there are more names than ids.
    FunctionId intern_function(std::string_view name, std::string_view file = {});
};

struct Trace {
    std::string scenario_name; // "udp-veth"; empty for a watch
    std::string scenario_text; // the YAML, as read
    std::vector<Side> sides;   // at most one of each kind
    bool cut = false;          // the file ended early or was damaged: what is here is whole up to there
    std::string cut_note;      // where and why, for the user

    [[nodiscard]] const Side *side(SideKind kind) const;
    [[nodiscard]] Side *side(SideKind kind);
};

} // namespace skbscope::trace
