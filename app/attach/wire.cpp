// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/wire.h"

#include "app/attach/alarm.h"

#include <algorithm>
#include <array>
#include <poll.h>

namespace skbscope::app {

tl::expected<bool, RunError> Wire::wait(int wake, std::uint64_t deadline) {
    constexpr std::uint64_t second = 1'000'000'000; // ns
    const std::uint64_t now = monotonicNanoseconds(), left = deadline <= now ? 0 : std::min(deadline - now, second);
    std::array<pollfd, 2> fds{pollfd{descriptor(), POLLIN, 0}, pollfd{wake, POLLIN, 0}};
    const timespec limit{static_cast<time_t>(left / second), static_cast<long>(left % second)};
    (void)ppoll(fds.data(), fds.size(), &limit, nullptr);
    if ((fds[0].revents & (POLLERR | POLLHUP)) != 0)
        if (auto there = stillThere(); !there) return tl::unexpected(there.error());
    return fds[1].revents != 0;
}

std::uint64_t Wire::now() const {
    return monotonicNanoseconds();
}

bool Wire::isReadable(int wake) {
    pollfd one{wake, POLLIN, 0};
    return poll(&one, 1, 0) > 0;
}

} // namespace skbscope::app
