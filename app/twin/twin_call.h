// SPDX-License-Identifier: GPL-2.0-or-later
// What one system call that was seen was, in the scenario's terms. Internal to app/twin.
#pragma once

#include "bpf/syscalls.h"

#include <optional>

namespace skbscope::app {

enum class CallKind : std::uint8_t {
    socket,
    bind,
    connect,
    listen,
    accept,
    send,
    receive,
    close,
    shutdown,
    option,
    poll,
    nonblock,
    other
};

[[nodiscard]] CallKind kindOf(const bpf::observed_call &call);
[[nodiscard]] const char *callName(std::uint32_t number);           // "sendto"; "?" for one that is not watched
[[nodiscard]] std::string callText(const bpf::observed_call &call); // "sendto of python3 1234"
// Receives, accepts and polls take effect when they return, the rest when it begins.
[[nodiscard]] std::uint64_t effectTime(const bpf::observed_call &call);

struct Ipv4Endpoint {
    std::uint32_t address = 0; // network byte order
    std::uint16_t port = 0;    // host order
};
[[nodiscard]] std::optional<Ipv4Endpoint> endpointOf(const skbscope_call &call);
// a to z repeated, as the language's own payload is.
[[nodiscard]] bool isAlphabet(std::string_view payload);
// The first four bytes of what the call pointed at.
[[nodiscard]] std::int32_t firstInt(std::string_view payload);

} // namespace skbscope::app
