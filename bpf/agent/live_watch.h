// SPDX-License-Identifier: GPL-2.0-or-later
// A live watch: events go out while they happen, until the asker says stop.
#pragma once

#include "bpf/agent/event_stream.h"
#include "bpf/agent/session_host.h"

#include <functional>

namespace skbscope::bpf {

struct live_calls {
    std::function<void()> begun;       // from now on packets are seen
    std::function<bool()> over;        // asked again and again
    std::function<void()> look_around; // now and then: there may be new names
    event_stream::task_namer task_name;
};

// Returns when the asker stops it, or `over` says so.
void live_watch(live_source &source, run_names &names, const sink &out, const session_host &host, const live_calls &c);

} // namespace skbscope::bpf
