// SPDX-License-Identifier: GPL-2.0-or-later
// Each step operation as the system calls it stands for: these and no others, in this order.
#pragma once

#include "bpf/agent/network.h"
#include "bpf/op_list.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace skbscope::bpf {

class steps {
public:
    explicit steps(network &net);
    // What the operation's system call returned; a negative errno when it failed.
    std::int64_t run(const op &o, std::string_view data);

private:
    [[nodiscard]] int &fd(const op &o) { return fds_[o.sock]; }
    [[nodiscard]] const char *payload(std::string_view data) const {
        return data.empty() ? buffer_.data() : data.data();
    }
    std::int64_t open_socket(const op &o);
    std::int64_t open_packet(const op &o);
    std::int64_t open_tap(const op &o);
    std::int64_t send_ping(const op &o);
    std::int64_t socket_call(const op &o, std::string_view data);

    network &net_;
    std::array<int, SKBSCOPE_SOCKETS_MAX> fds_;
    std::vector<char> buffer_; // a to z repeated
};

} // namespace skbscope::bpf
