// SPDX-License-Identifier: GPL-2.0-or-later
#include "broken_stream.h"

#include "bpf/frame.h"
#include "trace/event.h"

#include <array>
#include <fstream>

namespace skbscope::test {

namespace fs = std::filesystem;

namespace {

trace::Event event(std::uint64_t time, skbscope_event_kind kind, std::uint16_t function) {
    trace::Event e{};
    e.time = time;
    e.seq = static_cast<std::uint32_t>(time);
    e.kind = kind;
    e.fn = function;
    e.task = 9;
    e.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
    return e;
}

} // namespace

std::string brokenStream() {
    const std::array events = {event(1, SKBSCOPE_EV_ENTER, 0), event(2, SKBSCOPE_EV_ENTER, 1),
                               event(3, SKBSCOPE_EV_LEAVE, 1)};
    return bpf::make_frame(SKBSCOPE_FRAME_HELLO, R"({"release":"6.1.0-99-test","clock":"real-ns"})") +
           bpf::make_frame(SKBSCOPE_FRAME_NAMES,
                           R"({"functions":["__sys_sendto","sockfd_lookup_light"],"hosts":[""],"devices":[""],)"
                           R"("tasks":[{"id":9,"name":"skbscope"}]})") +
           bpf::make_frame(SKBSCOPE_FRAME_EVENTS, {reinterpret_cast<const char *>(events.data()), sizeof events});
}

fs::path brokenAgent(const fs::path &directory) {
    std::ofstream(directory / "stream", std::ios::binary) << brokenStream();
    const fs::path program = directory / "agent";
    std::ofstream(program) << "#!/bin/sh\ncat '" << (directory / "stream").string() << "'\nexit 7\n";
    fs::permissions(program, fs::perms::owner_all);
    return program;
}

} // namespace skbscope::test
