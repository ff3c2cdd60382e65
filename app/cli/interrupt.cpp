// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/interrupt.h"

#include <sys/signalfd.h>
#include <unistd.h>

namespace skbscope::app {

Interrupt::Interrupt() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, &before_);
    fd_ = UniqueFd(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Interrupt::~Interrupt() {
    sigprocmask(SIG_SETMASK, &before_, nullptr);
}

unsigned Interrupt::count() {
    signalfd_siginfo one{};
    while (read(fd_.get(), &one, sizeof one) == sizeof one)
        ++count_;
    return count_;
}

} // namespace skbscope::app
