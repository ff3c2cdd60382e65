// SPDX-License-Identifier: GPL-2.0-or-later
// The agent's end of the stream.
#pragma once

#include "bpf/agent/agent_error.h"
#include "bpf/assemble.h"
#include "bpf/frame.h"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace skbscope::bpf {

class sink {
public:
    explicit sink(int fd) : fd_(fd) {} // not owned
    void send_bytes(skbscope_frame_type type, std::string_view payload) const;
    void send(skbscope_frame_type type, const nlohmann::json &object) const;
    void send_events(std::span<const trace::Event> events) const;
    // `functions`: by fn of the events; `tasks`: what is known of them by now.
    void send_names(const run_names &names, const std::vector<std::string> &functions,
                    const std::map<std::uint32_t, std::string> &tasks) const;
    void progress(std::string_view what, unsigned done = 0, unsigned of = 0) const;
    void note(std::string_view text) const;
    void error(const agent_failure &failure) const;

private:
    int fd_;
};

} // namespace skbscope::bpf
