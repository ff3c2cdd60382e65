// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/sink.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {
// Kernel text can hold any byte; JSON cannot.
std::string dump(const json &object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}
} // namespace

void sink::send_bytes(skbscope_frame_type type, std::string_view payload) const {
    const std::string bytes = make_frame(type, payload);
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t n = write(fd_, bytes.data() + sent, bytes.size() - sent);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(3); // nobody is left to tell
        sent += static_cast<std::size_t>(n);
    }
}

void sink::send(skbscope_frame_type type, const json &object) const {
    send_bytes(type, dump(object));
}

void sink::send_events(std::span<const trace::Event> events) const {
    constexpr std::size_t batch = SKBSCOPE_FRAME_MAX / sizeof(trace::Event) / 2;
    for (std::size_t i = 0; i < events.size(); i += batch) {
        const auto part = events.subspan(i, std::min(batch, events.size() - i));
        send_bytes(SKBSCOPE_FRAME_EVENTS,
                   std::string_view(reinterpret_cast<const char *>(part.data()), part.size_bytes()));
    }
}

void sink::send_names(const run_names &names, const std::vector<std::string> &functions,
                      const std::map<std::uint32_t, std::string> &tasks) const {
    json list = json::array();
    for (const auto &[id, name] : tasks)
        list.push_back(json{{"id", id}, {"name", name}});
    send(SKBSCOPE_FRAME_NAMES, json{{"functions", functions},
                                    {"hosts", names.hosts},
                                    {"devices", names.devices},
                                    {"queues", names.queues},
                                    {"tasks", list}});
}

void sink::progress(std::string_view what, unsigned done, unsigned of) const {
    send(SKBSCOPE_FRAME_PROGRESS, json{{"what", what}, {"done", done}, {"of", of}});
}

void sink::note(std::string_view text) const {
    send(SKBSCOPE_FRAME_NOTE, json{{"text", text}});
}

void sink::error(const agent_failure &failure) const {
    send(SKBSCOPE_FRAME_ERROR, json{{"place", failure.place}, {"what", failure.what()}, {"code", failure.code}});
}

} // namespace skbscope::bpf
