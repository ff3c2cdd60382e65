// SPDX-License-Identifier: GPL-2.0-or-later
// What the host asks of the agent: frames (bpf/stream.h).
#pragma once

#include "bpf/live_request.h"
#include "bpf/op_list.h"

#include <cstdint>
#include <string>
#include <vector>

namespace skbscope::app {

// Every function that the stock kernel can show, a line each, as CATALOGUE wants it.
[[nodiscard]] std::string catalogueText();

// What the agent finds when it begins: learn the catalogue, then wait.
[[nodiscard]] std::string firstRequest();
// Serials tell requests apart; the first one's is 0.
[[nodiscard]] std::string attachRequest(std::uint32_t serial, const std::vector<std::string> &functions);
[[nodiscard]] std::string attachAndRunRequest(std::uint32_t serial, const std::vector<std::string> &functions,
                                              const bpf::op_list &list);
// All that an agent does which knows nothing yet: the catalogue, probes, the run.
[[nodiscard]] std::string wholeRequest(const std::vector<std::string> &functions, const bpf::op_list &list);
// What this machine lets be traced; no probe stays.
[[nodiscard]] std::string surveyRequest();
[[nodiscard]] std::string runRequest(std::uint32_t serial, const bpf::op_list &list);

// `catalogue`: empty for an agent that has learnt it.
[[nodiscard]] std::string liveRequest(std::uint32_t serial, const std::string &catalogue,
                                      const bpf::live_request &request, const std::vector<std::string> &functions);

} // namespace skbscope::app
