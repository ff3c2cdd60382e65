// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/services.h"

#include "sim/machine.h"
#include "sim/syscalls.h"

#include <span>

namespace skbscope::app {

namespace {
// RFC 864: the printable characters, each line beginning one further on.
constexpr unsigned firstCharacter = ' ', characterCount = 95, lineLength = 72, linesAtOnce = 7; // at most 512
constexpr int inet = 2, datagram = 2;                                                           // AF_INET, SOCK_DGRAM
} // namespace

const char *serviceName(ServiceKind kind) {
    switch (kind) {
    case ServiceKind::echo:
        return "echo";
    case ServiceKind::discard:
        return "discard";
    case ServiceKind::chargen:
        return "chargen";
    }
    return "?";
}

void Service::start(stack::machine &machine, stack::net *ns) {
    machine.start_process(std::string("udp-") + serviceName(kind_), [this, ns] { serve(ns); });
}

void Service::serve(stack::net *ns) {
    (void)stack::sys_setns(ns);
    const int fd = stack::sys_socket(inet, datagram, 0);
    stack::sockaddr_in any;
    any.sin_port = stack::cpu_to_be16(port_);
    refused_ = fd < 0 ? fd : stack::sys_bind(fd, any);
    while (refused_ == 0)
        serveOne(fd);
}

void Service::serveOne(int fd) {
    stack::sockaddr_in from;
    const ssize_t n = stack::sys_recvfrom(fd, buffer_, 0, &from);
    if (n < 0) return; // an ICMP error of an earlier answer: the next call waits
    ++received_;
    if (kind_ == ServiceKind::discard) return;
    const std::size_t length = kind_ == ServiceKind::echo ? static_cast<std::size_t>(n) : characters();
    if (stack::sys_sendto(fd, std::span(buffer_).first(length), 0, &from) >= 0) ++sent_;
}

std::size_t Service::characters() {
    std::size_t at = 0;
    for (unsigned line = 0; line < linesAtOnce - 1; ++line, ++line_) {
        for (unsigned i = 0; i < lineLength; ++i)
            buffer_[at++] = static_cast<std::uint8_t>(firstCharacter + (line_ + i) % characterCount);
        buffer_[at++] = '\r';
        buffer_[at++] = '\n';
    }
    return at;
}

} // namespace skbscope::app
