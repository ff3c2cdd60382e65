// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/cancellation.h"

#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace skbscope::app {

namespace {
thread_local const Cancellation *obeyed = nullptr;
}

Cancellation::Cancellation() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Cancellation::cancel() {
    wanted_ = true;
    const std::uint64_t one = 1;
    (void)!write(fd_.get(), &one, sizeof one);
}

void Cancellation::obey(const Cancellation *cancellation) {
    obeyed = cancellation;
}

bool Cancellation::wanted() {
    return obeyed != nullptr && obeyed->isWanted();
}

int Cancellation::descriptor() {
    return obeyed != nullptr ? obeyed->fd_.get() : -1;
}

RunError Cancellation::error() {
    return {RunErrorCode::notPossibleHere, "run", "cancelled"};
}

} // namespace skbscope::app
