// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent remembers from request to request: the kernel's functions and the probes that are on them.
#pragma once

#include "bpf/agent/kernel_index.h"
#include "bpf/agent/probe_set.h"
#include "bpf/agent/session_host.h"
#include "bpf/agent/sink.h"
#include "bpf/frame.h"

#include <map>
#include <memory>
#include <string>

namespace skbscope::bpf {

class session {
public:
    session(sink out, session_host host) : out_(out), host_(std::move(host)) {}
    // Does what a whole request's frames say, unless its serial is that of the last one. Throws agent_failure.
    void serve(std::string_view request);
    // Does what one frame of a request says. Throws agent_failure.
    void handle(std::uint16_t type, std::string_view payload);

private:
    void begin(std::string_view request);
    void hello(std::map<std::string, std::string> facts = {}) const;
    void learn(std::string_view catalogue);
    void attach(std::string_view names);
    void run(std::string_view oplist);
    void send_names(const run_names &names, std::uint32_t task) const;
    void send_events(const std::vector<trace::Event> &events) const;
    void send_rows(std::size_t from) const;

    sink out_;
    session_host host_;
    std::int64_t serial_ = -1;
    std::map<std::string, int, std::less<>> catalogue_;
    std::unique_ptr<kernel_index> index_;
    std::unique_ptr<probe_set> probes_;
};

} // namespace skbscope::bpf
