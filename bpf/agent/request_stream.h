// SPDX-License-Identifier: GPL-2.0-or-later
// Requests as they arrive on a descriptor. Every byte is hostile: frames are checked, and so is how many may wait.
#pragma once

#include "bpf/frame.h"

#include <deque>
#include <optional>
#include <string>

namespace skbscope::bpf {

struct request_frame {
    std::uint16_t type;
    std::string payload;
};

class request_stream {
public:
    explicit request_stream(int fd) : fd_(fd) {} // not owned
    // The next frame; waits for it. nullopt: STOP, or the end of input. Throws agent_failure.
    [[nodiscard]] std::optional<request_frame> next();
    // Looks at what is there, without waiting: is a STOP among it, or the end of input? Throws agent_failure.
    [[nodiscard]] bool stopped();
    [[nodiscard]] int descriptor() const { return fd_; }

private:
    void read_some();
    void sort_frames();

    int fd_;
    frame_parser parser_;
    std::deque<request_frame> waiting_;
    bool stopped_ = false;
};

} // namespace skbscope::bpf
