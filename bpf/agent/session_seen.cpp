// SPDX-License-Identifier: GPL-2.0-or-later
// What a session tells of namespaces that it did not make: how they look, and what is called in them.
#include "bpf/agent/agent_error.h"
#include "bpf/agent/session.h"
#include "bpf/agent/syscall_watch.h"

#include <nlohmann/json.hpp>
#include <poll.h>
#include <sstream>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

constexpr int pause_ms = 50;
constexpr std::size_t piece = SKBSCOPE_FRAME_MAX / 4;

std::vector<named_namespace> namespaces_of(std::string_view text) {
    std::vector<named_namespace> out;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) out.push_back(named_namespace::open(line));
    return out.empty() ? named_namespace::all() : std::move(out);
}

} // namespace

void session::snapshot(std::string_view namespaces) const {
    out_.progress("reading the network namespaces");
    for (const snapshot_namespace &ns : take_snapshot(namespaces_of(namespaces))) {
        const std::string text = to_json(ns);
        if (text.size() > SKBSCOPE_FRAME_MAX)
            throw agent_failure("network namespace " + ns.name, "has more in it than a snapshot can carry");
        out_.send_bytes(SKBSCOPE_FRAME_SNAPSHOT, text);
    }
}

void session::watch_calls(std::string_view namespaces) const {
    syscall_watch watch(namespaces_of(namespaces));
    const auto send = [&] {
        for (const std::string &part : watch.take(piece))
            out_.send_bytes(SKBSCOPE_FRAME_SYSCALLS, part);
    };
    out_.send(SKBSCOPE_FRAME_READY, json{{"serial", serial_}});
    while (!host_.stopped()) {
        pollfd asked{host_.input, POLLIN, 0};
        (void)poll(&asked, 1, pause_ms);
        send();
    }
    watch.stop();
    send();
    out_.send(SKBSCOPE_FRAME_END, json{{"events", 0}, {"lost", watch.lost()}});
}

} // namespace skbscope::bpf
