// SPDX-License-Identifier: GPL-2.0-or-later
// The small services that every Internet host once had, as processes of the model: echo (RFC 862), discard (RFC 863)
// and chargen (RFC 864), over UDP. They make system calls of the model kernel and know nothing of the rest.
#pragma once

#include "linux/types.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace skbscope::stack {
class machine;
struct net;
} // namespace skbscope::stack

namespace skbscope::app {

enum class ServiceKind : std::uint8_t { echo, discard, chargen };
[[nodiscard]] const char *serviceName(ServiceKind kind);

// Must outlive the machine that runs it: its memory is the process's.
class Service {
public:
    Service(ServiceKind kind, std::uint16_t port) : kind_(kind), port_(port), buffer_(65536) {}
    // On every address of `ns`.
    void start(stack::machine &machine, stack::net *ns);

    [[nodiscard]] ServiceKind kind() const { return kind_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::uint64_t received() const { return received_; }
    [[nodiscard]] std::uint64_t sent() const { return sent_; }
    // 0, or the negative errno with which the model refused the socket or its port.
    [[nodiscard]] int refused() const { return refused_; }

private:
    void serve(stack::net *ns);
    void serveOne(int fd);
    [[nodiscard]] std::size_t characters();

    ServiceKind kind_;
    std::uint16_t port_;
    std::vector<std::uint8_t> buffer_;
    std::uint64_t received_ = 0, sent_ = 0;
    unsigned line_ = 0; // of chargen
    int refused_ = 0;
};

} // namespace skbscope::app
