// SPDX-License-Identifier: GPL-2.0-or-later
// Long work says on stderr what it is doing, where stderr is a terminal: one line that is overwritten, gone at the end.
#pragma once

#include "app/lab/kernel_run.h"

#include <chrono>

namespace skbscope::app {

class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine(); // wipes the line
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(const Progress &progress);
    void clear(); // something else is about to be written

private:
    bool terminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point start_;
};

} // namespace skbscope::app
