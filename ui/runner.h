// SPDX-License-Identifier: GPL-2.0-or-later
// How the window gets something new to show: runs, watches on a real kernel, the model on a device. Whoever can do that
// implements this; the window knows none of it. Texts are lines for the user.
#pragma once

#include "trace/trace.h"
#include "ui/live.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace skbscope::ui {

enum class RunSides : std::uint8_t { both, model, kernel };

struct RunRequest {
    std::string scenario; // a bundled one's name, or a file's path
    RunSides sides = RunSides::both;
    std::string kernel; // KernelOffer::id
    std::string host;   // of an offer that wants one
    unsigned cpus = 1;  // of the model, and of a kernel that can have several
    bool operator==(const RunRequest &) const = default;
};

// A kernel that a scenario can run on, also where that is not possible now.
struct KernelOffer {
    std::string id;           // "lab"; stable
    std::string title;        // "The lab"
    std::string what;         // what it is, in half a line
    std::string whyNot;       // it is not possible on this machine, and what to do; empty: it is
    bool wantsHost = false;   // RunRequest::host
    bool recorded = false;    // nothing runs: ScenarioCheck::notRecorded says whether there is something to show
    bool severalCpus = false; // RunRequest::cpus may be more than 1
};

// What a scenario file turned out to be.
struct ScenarioCheck {
    std::string problem; // file, line, key, what is wrong, what to do; empty: the rest counts
    std::string name, title;
    std::string notRecorded; // why there is no recording of it; empty: there is one
    std::string modelAlone;  // why no kernel can run it; empty: one can
};

struct RunState {
    bool over = false;
    std::string doing;         // "attaching probes"
    unsigned done = 0, of = 0; // of == 0: nobody knows of how many
    bool operator==(const RunState &) const = default;
};

struct RunOutcome {
    std::optional<trace::Trace> trace; // none: `problem` says why, or it was cancelled
    std::string problem;               // also with a trace: why that is not all
    bool cancelled = false;
};

class RunTask {
public:
    virtual ~RunTask() = default; // cancels, and waits for the end: soon
    // From the window's thread; never waits.
    [[nodiscard]] virtual RunState state() = 0;
    virtual void cancel() = 0; // state() tells the end, soon
    // Once it is over, once.
    [[nodiscard]] virtual RunOutcome take() = 0;

protected:
    RunTask() = default;
    RunTask(const RunTask &) = default;
    RunTask &operator=(const RunTask &) = default;
};

struct Problem {
    std::string field; // the member of the request it is about; empty: none alone
    std::string what;
};

// The model's stack on a real device. Texts as the user wrote them.
struct AttachRequest {
    std::string device, netns, address, peer, gateway;
    std::string mode = "gro"; // no-napi, napi, gro
    std::string cpus = "1", queues = "1";
};

struct WatchRequest {
    std::string filter, device, host; // host: empty: this one
    bool drops = false;               // alone
};

struct NetDevice {
    std::string name;
    std::string kind;   // "tap", "veth", "loopback", else the driver's name
    std::string state;  // "up, 10.9.0.1/24"
    std::string whyNot; // the model cannot be put on it, and what to do; empty: it can
};

class Runner {
public:
    virtual ~Runner() = default;
    // These may take a moment: from threads of the window's own, also at the same time.
    [[nodiscard]] virtual std::vector<KernelOffer> kernels() = 0;
    [[nodiscard]] virtual ScenarioCheck check(const std::string &scenario) = 0;
    [[nodiscard]] virtual std::vector<NetDevice> devices() = 0;
    [[nodiscard]] virtual std::vector<Problem> check(const AttachRequest &request) = 0;
    [[nodiscard]] virtual std::vector<Problem> check(const WatchRequest &request) = 0;

    // From the window's thread; they return at once, and what they return does the work on a thread of its own. The
    // sources end with the object, soon, if stop() was not enough.
    [[nodiscard]] virtual std::unique_ptr<RunTask> start(const RunRequest &request) = 0;
    [[nodiscard]] virtual std::unique_ptr<LiveSource> attach(const AttachRequest &request) = 0;
    [[nodiscard]] virtual std::unique_ptr<LiveSource> watch(const WatchRequest &request) = 0;

protected:
    Runner() = default;
    Runner(const Runner &) = default;
    Runner &operator=(const Runner &) = default;
};

} // namespace skbscope::ui
