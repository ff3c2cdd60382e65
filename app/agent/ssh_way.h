// SPDX-License-Identifier: GPL-2.0-or-later
// The way to an agent on another machine: one ssh connection, through which an agent is found there or copied, started,
// and talked to. Nothing of ours stays there.
#pragma once

#include "app/agent/agent_run.h"

namespace skbscope::app {

// `host` as ssh takes it: box, user@box, ssh://user@box:port. What ssh would take for an option is refused.
// The program is `ssh`, or what $SKBSCOPE_SSH names.
[[nodiscard]] tl::expected<AgentWay, RunError> sshWay(const std::string &host);

// The command for the other machine's shell: POSIX sh, the same for every host. It says `found`, or `wanted SIZE` and
// takes that many bytes, or `refused WHY`; each on a line that begins with remoteMark. Then it becomes the agent.
[[nodiscard]] std::string remoteCommand(std::size_t agentSize);
inline constexpr std::string_view remoteMark = "skbscope-agent: ";

} // namespace skbscope::app
