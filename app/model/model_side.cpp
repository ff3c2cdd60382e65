// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/model/model_side.h"

#include "app/version.h"
#include "linux/skbuff.h"
#include "sim/extra_functions.h"
#include "trace/head_sizes.h"
#include "trace/recorder.h"

namespace skbscope::app {

namespace {

// Functions that the catalogue does not hold are numbered by the process that meets them first; in a trace they are
// numbered in the order of their events, so that the same run gives the same bytes.
void nameExtraFunctions(trace::Side &side, std::span<trace::Event> events) {
    const std::size_t known = trace::Catalogue::builtin().size();
    for (trace::Event &e : events) {
        if (e.fn == trace::no_function || e.fn < known) continue;
        e.fn = side.intern_function(stack::extra_function_name(e.fn - known));
    }
}

} // namespace

void addToSide(trace::Side &side, const trace::Recorder &recorder, const TaskNames &tasks,
               std::vector<trace::Event> events) {
    side.hosts = recorder.hosts();
    side.devices = recorder.devices();
    side.queues = recorder.queues();
    for (const auto &[task, name] : tasks)
        side.tasks[task] = name;
    nameExtraFunctions(side, events);
    if (side.events.empty())
        side.events = std::move(events);
    else
        side.events.insert(side.events.end(), events.begin(), events.end());
}

trace::Side modelSide(const trace::Recorder &recorder, const ModelOptions &options, const TaskNames &tasks) {
    trace::Side side;
    side.info.kind = trace::SideKind::model;
    side.info.clock = trace::Clock::virtual_ns;
    side.info.release = mirroredRelease;
    side.info.build = std::string("skbscope ") + version;
    side.info.transport = "model";
    side.info.facts["seed"] = std::to_string(options.seed);
    side.info.facts["cpus"] = std::to_string(options.cpus);
    side.info.facts[trace::struct_size_fact] = std::to_string(stack::SKB_STRUCT_SIZE);
    side.info.facts[trace::shared_info_size_fact] = std::to_string(sizeof(stack::skb_shared_info));
    addToSide(side, recorder, tasks, recorder.merged());
    return side;
}

} // namespace skbscope::app
