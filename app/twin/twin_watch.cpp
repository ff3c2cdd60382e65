// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/twin/twin_watch.h"

#include "bpf/frame.h"

#include <poll.h>

namespace skbscope::app {

using namespace std::chrono_literals;

tl::expected<void, RunError> TwinWatch::start(const std::vector<std::string> &namespaces) {
    std::string lines;
    for (const std::string &name : namespaces)
        lines += name + "\n";
    if (auto ok = agent_.start(way_.command); !ok) return ok;
    agent_.send(bpf::make_frame(SKBSCOPE_FRAME_REQUEST, R"({"serial":1})"));
    agent_.send(bpf::make_frame(SKBSCOPE_FRAME_SNAPSHOT_OF, lines));
    agent_.send(bpf::make_frame(SKBSCOPE_FRAME_CALLS, lines));
    return agent_.waitFor([](const bpf::read_state &s) { return s.ready; }, 60s);
}

tl::expected<void, RunError> TwinWatch::watch(AgentProcess::Clock::time_point until, int wake) {
    while (AgentProcess::Clock::now() < until) {
        if (auto ok = agent_.readSome(until, wake); !ok) return ok;
        pollfd woken{wake, POLLIN, 0};
        if (wake >= 0 && poll(&woken, 1, 0) > 0) return {};
    }
    return {};
}

tl::expected<TwinSeen, RunError> TwinWatch::stop() {
    agent_.send(bpf::make_frame(SKBSCOPE_FRAME_STOP, {}));
    if (auto ok = agent_.waitFor([](const bpf::read_state &s) { return s.ended; }, 60s); !ok)
        return tl::unexpected(ok.error());
    bpf::read_state state = stream_.take();
    return TwinSeen{std::move(state.snapshot), std::move(state.calls), state.lost};
}

} // namespace skbscope::app
