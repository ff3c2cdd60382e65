// SPDX-License-Identifier: GPL-2.0-or-later
// On a machine with several CPUs only the calls of one task have an order of their own: each task is compared alone.
#pragma once

#include "trace/compare.h"

#include <filesystem>
#include <vector>

namespace skbscope::app {

// How far two texts of trees agree, task by task; `reference` is the kernel's.
[[nodiscard]] trace::Comparison compareByTask(const std::string &ours, const std::string &reference);
// With `ours` as it was recorded: interrupts are their CPU's there.
[[nodiscard]] trace::Comparison compareByTask(const trace::Side &ours, const std::string &reference);

// A scenario for two CPUs, and what the kernel did in several runs of it.
struct TwoCpus {
    std::string name;
    std::filesystem::path scenario;
    std::vector<std::string> runs; // texts of trees
};
[[nodiscard]] std::vector<TwoCpus> twoCpuReferences(); // tests/app/two-cpus

// The least that one run of the kernel agrees with another.
[[nodiscard]] double leastOwnAgreement(const TwoCpus &reference);

} // namespace skbscope::app
