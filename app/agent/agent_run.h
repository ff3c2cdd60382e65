// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario on a kernel that an agent is started on: this host's, or another machine's. In passes (passes.h), each by
// an agent of its own.
#pragma once

#include "app/agent/agent_process.h"
#include "app/lab/passes.h"

namespace skbscope::app {

// How an agent is started, and what the way to it is called.
struct AgentWay {
    std::string place; // "host", "ssh:box"
    std::vector<std::string> command;
    std::string program = "the agent"; // what the command is, for messages
    // What is to be said and heard before the stream; empty: nothing.
    std::function<tl::expected<void, RunError>(AgentProcess &)> greet;
};

// Starts the command and greets: after that, the agent's stream comes.
[[nodiscard]] tl::expected<void, RunError> startAgent(AgentProcess &agent, const AgentWay &way);

// Finds the agent beside the program ($SKBSCOPE_AGENT overrides).
[[nodiscard]] tl::expected<AgentWay, RunError> hostWay();

class AgentRun final : public KernelPasses {
public:
    AgentRun(AgentWay way, const bpf::op_list &list, const ProgressSink &progress)
        : way_(std::move(way)), list_(list), progress_(progress) {}
    [[nodiscard]] tl::expected<trace::Side, RunError> run();

    [[nodiscard]] tl::expected<bpf::read_state, RunError> pass() override;
    [[nodiscard]] tl::expected<void, RunError> attach(const std::set<std::string> &functions) override;
    [[nodiscard]] const std::set<std::string> &probed() const override { return probed_; }

private:
    AgentWay way_;
    const bpf::op_list &list_;
    const ProgressSink &progress_;
    std::set<std::string> probed_;
};

} // namespace skbscope::app
