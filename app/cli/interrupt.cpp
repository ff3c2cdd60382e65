// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/interrupt.h"

#include <cstdint>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace skbscope::app {

Interrupt::Interrupt(Of whom) : whom_(whom) {
    sigset_t signals;
    sigemptyset(&signals);
    if (whom == Of::terminal) {
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        sigprocmask(SIG_BLOCK, &signals, &before_);
    }
    signals_ = UniqueFd(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    raised_ = UniqueFd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    fd_ = UniqueFd(epoll_create1(EPOLL_CLOEXEC));
    for (const UniqueFd *one : {&signals_, &raised_}) {
        epoll_event readable{.events = EPOLLIN, .data = {}};
        (void)epoll_ctl(fd_.get(), EPOLL_CTL_ADD, one->get(), &readable);
    }
}

Interrupt::~Interrupt() {
    (void)count(); // one that nobody has read yet would end the program now
    if (whom_ == Of::terminal) sigprocmask(SIG_SETMASK, &before_, nullptr);
}

unsigned Interrupt::count() {
    signalfd_siginfo one{};
    while (read(signals_.get(), &one, sizeof one) == sizeof one)
        ++count_;
    std::uint64_t raised = 0;
    if (read(raised_.get(), &raised, sizeof raised) == sizeof raised) count_ += static_cast<unsigned>(raised);
    return count_;
}

void Interrupt::raise() const {
    const std::uint64_t one = 1;
    (void)!write(raised_.get(), &one, sizeof one);
}

} // namespace skbscope::app
