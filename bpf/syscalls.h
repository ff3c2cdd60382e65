// SPDX-License-Identifier: GPL-2.0-or-later
// System calls on sockets that the agent saw in a watch. On the stream (stream.h: SYSCALLS) they are records of
// probes/syscall_abi.h in the order of their times, each followed by the payload bytes that were kept.
#pragma once

#include "bpf/probes/syscall_abi.h"

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::bpf {

// A call from its beginning to its end.
struct observed_call {
    skbscope_call begin{}; // as it began; socket, family, type of socket(2) and accept(2) are those of the new socket
    std::string payload;   // the bytes that were kept: begin.kept
    bool ended = false;    // it returned while the watch lasted
    std::uint64_t end_time = 0;
    std::int64_t result = 0;
    std::uint16_t port = 0; // the socket's own, afterwards; begin.port is the one before
    std::uint64_t made = 0; // socket(2), accept(2): the new socket; begin.socket of accept(2) is the listener's
    [[nodiscard]] std::string comm() const;
};

// Appends a record as the stream carries it.
void put_call(std::string &to, const skbscope_call &call, std::string_view payload);

// Records to calls, in the order of their beginnings. Frames may end anywhere between records. An END whose BEGIN is
// missing is counted, not kept.
class call_reader {
public:
    // Any bytes are safe input.
    [[nodiscard]] tl::expected<void, std::string> add(std::span<const std::byte> frame);
    [[nodiscard]] std::vector<observed_call> take();
    [[nodiscard]] std::size_t unpaired() const { return unpaired_; }

private:
    void finish(const skbscope_call &end);
    std::vector<observed_call> calls_;
    std::size_t unpaired_ = 0;
};

} // namespace skbscope::bpf
