// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/agent/survey.h"

#include "app/agent/agent_process.h"
#include "app/agent/agent_run.h"
#include "app/lab/request.h"

namespace skbscope::app {

using namespace std::chrono_literals;

tl::expected<Survey, RunError> surveyHost() {
    auto way = hostWay();
    if (!way) return tl::unexpected(way.error());
    bpf::stream_reader stream;
    AgentProcess agent(way->place, stream);
    if (auto ok = agent.start(way->command); !ok) return tl::unexpected(ok.error());
    agent.send(surveyRequest());
    if (auto ok = agent.waitFor([](const bpf::read_state &s) { return s.ready; }, 60s); !ok)
        return tl::unexpected(ok.error());
    bpf::read_state state = stream.take();
    return Survey{std::move(state.machine), std::move(state.inspect), std::move(state.notes)};
}

// An agent looks at its privileges before anything else, and ends with the object before it comes to that.
tl::expected<void, RunError> mayWatchHost() {
    auto way = hostWay();
    if (!way) return tl::unexpected(way.error());
    bool begins = false;
    bpf::stream_reader stream([&begins](const bpf::progress_note &) { begins = true; });
    AgentProcess agent(way->place, stream);
    if (auto ok = agent.start(way->command); !ok) return ok;
    agent.send(wholeRequest({}, {}));
    return agent.waitFor([&begins](const bpf::read_state &s) { return begins || s.hello; }, 20s);
}

} // namespace skbscope::app
