// SPDX-License-Identifier: GPL-2.0-or-later
// A wish that long work ends soon: said from any thread, heard wherever the work waits. Work obeys the wish of the
// thread it is done on; on other threads, and where nobody set one, it is never cancelled.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/unique_fd.h"

#include <atomic>

namespace skbscope::app {

class Cancellation {
public:
    Cancellation();
    Cancellation(const Cancellation &) = delete;
    Cancellation &operator=(const Cancellation &) = delete;
    void cancel(); // from any thread
    [[nodiscard]] bool isWanted() const { return wanted_; }

    // From now on the work of this thread obeys `cancellation` (not owned; must outlive that work).
    static void obey(const Cancellation *cancellation);
    // Of this thread's work.
    [[nodiscard]] static bool wanted();
    [[nodiscard]] static int descriptor(); // readable once it is wanted, for poll(); -1, which poll() skips: never
    [[nodiscard]] static RunError error(); // what cancelled work returns

private:
    UniqueFd fd_;
    std::atomic<bool> wanted_ = false;
};

} // namespace skbscope::app
