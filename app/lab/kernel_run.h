// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario on a real kernel: boots the lab or reaches the host's agent, hands it the operation list, and gives back
// the kernel's side of the trace. Blocking; needs no privilege of its own (only the agent does).
#pragma once

#include "app/lab/lab_options.h"
#include "bpf/op_list.h"
#include "trace/trace.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::app {

struct KernelTarget {
    enum class Kind : std::uint8_t { lab, host, ssh };
    Kind kind = Kind::lab;
    std::string sshHost;   // Kind::ssh: as ssh takes it
    LabOptions labOptions; // Kind::lab
    // Functions that the run will probably call, such as those that the model called: they get their probes before the
    // first pass. What is wrong or missing here costs time, nothing else.
    std::vector<std::string> likely;

    [[nodiscard]] static KernelTarget lab() { return {}; }
    [[nodiscard]] static KernelTarget host() { return {Kind::host, {}, {}, {}}; }
    [[nodiscard]] static KernelTarget ssh(std::string where) { return {Kind::ssh, std::move(where), {}, {}}; }
};

// Values are the exit codes of the command line.
enum class RunErrorCode : std::uint8_t { badInput = 2, notPossibleHere = 3 };

struct RunError {
    RunErrorCode code = RunErrorCode::notPossibleHere;
    std::string place; // "lab", "qemu-system-x86_64", "scenario line 12", ...
    std::string what;  // what is wrong, and what to do about it: one line
    // What had come when the run broke off, whole up to there, a LOSS record at its end; null: nothing had.
    std::shared_ptr<const trace::Side> partial = nullptr;
    [[nodiscard]] std::string message() const { return place + ": " + what; }
};

struct Progress {
    std::string what;          // "booting the lab", "attaching probes", ...
    unsigned done = 0, of = 0; // of == 0: nobody knows of how many; done: events so far
};
using ProgressSink = std::function<void(const Progress &)>; // called from the calling thread; may be empty

// Runs `list` (check() need not have passed) and returns the kernel's side, or why not.
[[nodiscard]] tl::expected<trace::Side, RunError> runOnKernel(const bpf::op_list &list, const KernelTarget &target,
                                                              const ProgressSink &progress = {});

} // namespace skbscope::app
