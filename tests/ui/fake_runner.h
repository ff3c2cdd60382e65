// SPDX-License-Identifier: GPL-2.0-or-later
// A runner whose runs go as far as the test says.
#pragma once

#include "tests/ui/growing_source.h"
#include "ui/runner.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace skbscope::ui::test {

// What a run and its test share.
struct RunScript {
    std::mutex mutex;
    RunState state;
    RunOutcome outcome;
    std::atomic<int> cancels = 0;
    std::atomic<bool> gone = false; // the run's object is

    void say(std::string doing, unsigned done = 0, unsigned of = 0) {
        const std::lock_guard lock(mutex);
        state = {false, std::move(doing), done, of};
    }
    void end(RunOutcome with) {
        const std::lock_guard lock(mutex);
        outcome = std::move(with);
        state.over = true;
    }
};

class FakeRun : public RunTask {
public:
    explicit FakeRun(std::shared_ptr<RunScript> script) : script_(std::move(script)) {}
    ~FakeRun() override { script_->gone = true; }
    [[nodiscard]] RunState state() override {
        const std::lock_guard lock(script_->mutex);
        return script_->state;
    }
    void cancel() override {
        ++script_->cancels;
        script_->end({{}, {}, true});
    }
    [[nodiscard]] RunOutcome take() override {
        const std::lock_guard lock(script_->mutex);
        return std::move(script_->outcome);
    }

private:
    std::shared_ptr<RunScript> script_;
};

// A source of the window's own: hands on what the test's one has.
class LentSource : public LiveSource {
public:
    LentSource(std::shared_ptr<GrowingSource> source, std::string refusal)
        : source_(std::move(source)), refusal_(std::move(refusal)) {}
    [[nodiscard]] std::string title() const override { return source_->title(); }
    [[nodiscard]] LiveState state() override {
        if (refusal_.empty()) return source_->state();
        LiveState s;
        s.phase = LiveState::Phase::over;
        s.broke = refusal_;
        return s;
    }
    [[nodiscard]] trace::Trace trace() override { return source_->trace(); }
    void stop() override { source_->stop(); }

private:
    std::shared_ptr<GrowingSource> source_;
    std::string refusal_;
};

class FakeRunner : public Runner {
public:
    std::vector<KernelOffer> kernels() override {
        ++looks;
        return {{"lab", "The lab", "a stock Linux 6.1 in QEMU", {}, false, false, true},
                {"host", "This host", "the kernel that runs here", hostProblem, false, false},
                {"recorded", "Recorded", "no kernel runs", {}, false, true},
                {"ssh", "Another machine", "over ssh", {}, true, false}};
    }
    ScenarioCheck check(const std::string &scenario) override {
        if (scenario.find("wrong") != scenario.npos)
            return {scenario + ":3:5: hots: no such key; did you mean 'hosts'?", {}, {}, {}, {}};
        if (scenario.find("card") != scenario.npos)
            return {{}, scenario, "A card", "never recorded", "line 4: nic0 is a simulated card"};
        return {{}, scenario, "Title of " + scenario, scenario == "udp-veth" ? "" : "no recording of it", {}};
    }
    std::vector<NetDevice> devices() override {
        return {{"tap7", "tap", "up, 10.9.0.1/24", {}}, {"lo", "loopback", "up, 127.0.0.1/8", "is no Ethernet device"}};
    }
    std::vector<Problem> check(const AttachRequest &r) override {
        std::vector<Problem> out;
        if (r.device.empty()) out.push_back({"device", "choose one"});
        if (r.address.find('/') == r.address.npos) out.push_back({"address", "the prefix's length is missing"});
        return out;
    }
    std::vector<Problem> check(const WatchRequest &r) override {
        if (r.filter == "udq") return {{"filter", "syntax error"}};
        return {};
    }
    std::unique_ptr<RunTask> start(const RunRequest &request) override {
        requests.push_back(request);
        script = std::make_shared<RunScript>();
        return std::make_unique<FakeRun>(script);
    }
    std::unique_ptr<LiveSource> attach(const AttachRequest &request) override {
        attached.push_back(request);
        return lend();
    }
    std::unique_ptr<LiveSource> watch(const WatchRequest &request) override {
        watched.push_back(request);
        return lend();
    }

    std::string hostProblem = "skbscope-agent: lacks CAP_BPF (load programs); run skbscope as root (sudo)";
    std::string refusal; // of what is attached or watched next
    std::atomic<int> looks = 0;
    std::vector<RunRequest> requests;
    std::vector<AttachRequest> attached;
    std::vector<WatchRequest> watched;
    std::shared_ptr<RunScript> script; // of the last run
    std::shared_ptr<GrowingSource> source;

private:
    std::unique_ptr<LiveSource> lend() {
        source = std::make_shared<GrowingSource>();
        return std::make_unique<LentSource>(source, refusal);
    }
};

} // namespace skbscope::ui::test
