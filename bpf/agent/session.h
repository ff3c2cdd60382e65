// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent remembers from request to request: the kernel's functions and the probes that are on them.
#pragma once

#include "bpf/agent/kernel_index.h"
#include "bpf/agent/live_source.h"
#include "bpf/agent/network.h"
#include "bpf/agent/probe_set.h"
#include "bpf/agent/session_host.h"
#include "bpf/agent/sink.h"
#include "bpf/agent/stack_rung.h"
#include "bpf/frame.h"
#include "bpf/live_request.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace skbscope::bpf {

class unprobed_watch;

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
    void know(std::string_view catalogue);
    void attach(std::string_view names);
    void survey(std::string_view catalogue);
    void run(std::string_view oplist);
    void climb_down(const agent_failure &why);
    void hello_of_run(network &net) const;
    [[nodiscard]] static std::vector<std::string> missed(const unprobed_watch &watch, std::uint32_t task);
    void snapshot(std::string_view namespaces) const;
    void watch_calls(std::string_view namespaces) const;
    void seal();
    void prepare_live(std::string_view request);
    void watch();
    [[nodiscard]] std::unique_ptr<live_source> live_programs();
    void send_rows(const std::vector<inspect_row> &all) const;

    sink out_;
    session_host host_;
    bool sealed_ = false; // no probe can be attached any more
    std::int64_t serial_ = -1;
    std::map<std::string, int, std::less<>> catalogue_;
    std::map<std::string, std::string> buffers_; // facts
    std::optional<live_request> live_;
    std::optional<probe_filter> filter_; // of live_, as the probes take it
    std::unique_ptr<kernel_index> index_;
    std::unique_ptr<probe_set> probes_;
    std::unique_ptr<stack_rung> stacks_; // where the kernel refuses the others
};

} // namespace skbscope::bpf
