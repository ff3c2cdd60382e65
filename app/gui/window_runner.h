// SPDX-License-Identifier: GPL-2.0-or-later
// What the window can start: the same runs, watches and attachments as the command line, refused in the same words.
#pragma once

#include "ui/runner.h"

#include <chrono>
#include <mutex>

namespace skbscope::app {

class WindowRunner final : public ui::Runner {
public:
    // What the agent may do here is asked anew.
    [[nodiscard]] std::vector<ui::KernelOffer> kernels() override;
    [[nodiscard]] ui::ScenarioCheck check(const std::string &scenario) override;
    [[nodiscard]] std::vector<ui::NetDevice> devices() override;
    [[nodiscard]] std::vector<ui::Problem> check(const ui::AttachRequest &request) override;
    [[nodiscard]] std::vector<ui::Problem> check(const ui::WatchRequest &request) override;
    [[nodiscard]] std::unique_ptr<ui::RunTask> start(const ui::RunRequest &request) override;
    [[nodiscard]] std::unique_ptr<ui::LiveSource> attach(const ui::AttachRequest &request) override;
    [[nodiscard]] std::unique_ptr<ui::LiveSource> watch(const ui::WatchRequest &request) override;

private:
    // While one types it is not asked at each key.
    [[nodiscard]] std::string whyNotHost(bool anew);
    std::mutex mutex_; // of the next two
    std::string whyNotHost_;
    std::chrono::steady_clock::time_point asked_;
};

} // namespace skbscope::app
