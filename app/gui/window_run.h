// SPDX-License-Identifier: GPL-2.0-or-later
// One run for the window, on a thread of its own.
#pragma once

#include "app/lab/cancellation.h"
#include "ui/runner.h"

#include <mutex>
#include <thread>

namespace skbscope::app {

class WindowRun final : public ui::RunTask {
public:
    explicit WindowRun(ui::RunRequest request);
    ~WindowRun() override;
    WindowRun(const WindowRun &) = delete;
    WindowRun &operator=(const WindowRun &) = delete;

    [[nodiscard]] ui::RunState state() override;
    void cancel() override { cancellation_.cancel(); }
    [[nodiscard]] ui::RunOutcome take() override;

private:
    [[nodiscard]] ui::RunOutcome run();
    void say(const Progress &p);

    const ui::RunRequest request_;
    Cancellation cancellation_;
    std::mutex mutex_; // of the next two
    ui::RunState state_;
    ui::RunOutcome outcome_;
    std::thread thread_;
};

} // namespace skbscope::app
