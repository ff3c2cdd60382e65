// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/request_stream.h"

#include "bpf/agent/agent_error.h"

#include <poll.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {
constexpr std::size_t waiting_max = 64; // frames; a request of ours has five
}

std::optional<request_frame> request_stream::next() {
    while (waiting_.empty() && !stopped_)
        read_some();
    if (waiting_.empty()) return {};
    request_frame f = std::move(waiting_.front());
    waiting_.pop_front();
    return f;
}

bool request_stream::stopped() {
    for (pollfd p{fd_, POLLIN, 0}; !stopped_ && poll(&p, 1, 0) > 0;)
        read_some();
    return stopped_;
}

void request_stream::read_some() {
    char part[65536];
    const ssize_t n = read(fd_, part, sizeof part);
    if (n < 0 && errno == EINTR) return;
    if (n < 0) throw agent_failure("request", errno_text());
    if (n == 0) {
        stopped_ = true;
        return;
    }
    parser_.feed({part, static_cast<std::size_t>(n)});
    sort_frames();
}

void request_stream::sort_frames() {
    while (!stopped_) {
        const auto frame = parser_.next();
        if (!frame) throw agent_failure("request", frame.error().message(), 2);
        if (!*frame) return;
        if ((*frame)->type == SKBSCOPE_FRAME_STOP) {
            stopped_ = true;
            return;
        }
        if (waiting_.size() == waiting_max) throw agent_failure("request", "too many frames wait to be done", 2);
        waiting_.push_back({(*frame)->type, std::string((*frame)->payload)});
    }
}

} // namespace skbscope::bpf
