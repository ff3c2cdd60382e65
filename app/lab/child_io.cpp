// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/child_io.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skbscope::app {

tl::expected<SocketPair, RunError> makeSocketPair() {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", std::strerror(errno)});
    fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    return SocketPair{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

bool drainInto(const UniqueFd &fd, std::string &text, std::size_t max) {
    char part[65536];
    for (;;) {
        const ssize_t n = read(fd.get(), part, sizeof part);
        if (n < 0) return errno == EAGAIN || errno == EINTR;
        if (n == 0) return false;
        text.append(part, static_cast<std::size_t>(n));
        if (text.size() > max) text.erase(0, text.size() - max);
    }
}

std::string lastLine(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    const std::size_t at = text.rfind('\n');
    std::string line(at == text.npos ? text : text.substr(at + 1));
    for (char &c : line)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return line.substr(0, 300);
}

} // namespace skbscope::app
