// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/agent/agent_run.h"

#include "app/lab/lab_files.h"
#include "app/lab/request.h"
#include "app/lab/run_facts.h"

namespace skbscope::app {

using namespace std::chrono_literals;

tl::expected<AgentWay, RunError> hostWay() {
    auto agent = findAgent();
    if (!agent) return tl::unexpected(agent.error());
    return AgentWay{"host", {agent->string(), "--stdio"}, "the agent", {}};
}

tl::expected<void, RunError> startAgent(AgentProcess &agent, const AgentWay &way) {
    auto ok = agent.start(way.command);
    return ok && way.greet ? way.greet(agent) : ok;
}

tl::expected<trace::Side, RunError> AgentRun::run() {
    auto state = runUntilNothingIsMissed(*this, way_.place);
    if (!state) return tl::unexpected(state.error());
    addRunFacts(*state, way_.place, "host");
    return std::move(state->side);
}

tl::expected<bpf::read_state, RunError> AgentRun::pass() {
    bpf::stream_reader stream([this](const bpf::progress_note &n) {
        if (progress_) progress_({n.what, n.done, n.of});
    });
    AgentProcess agent(way_.place, stream, way_.program);
    if (auto ok = startAgent(agent, way_); !ok) return tl::unexpected(ok.error());
    agent.send(wholeRequest({probed_.begin(), probed_.end()}, list_));
    if (auto ok = agent.waitFor([](const bpf::read_state &s) { return s.ended; }, 600s); !ok)
        return tl::unexpected(withPartial(ok.error(), stream.take(), way_.place, "host"));
    return stream.take();
}

tl::expected<void, RunError> AgentRun::attach(const std::set<std::string> &functions) {
    probed_.insert(functions.begin(), functions.end());
    return {};
}

} // namespace skbscope::app
