// SPDX-License-Identifier: GPL-2.0-or-later
// What this machine has for watching a kernel: read from the machine, nothing guessed.
#pragma once

#include <string>
#include <vector>

namespace skbscope::app {

struct MachineFact {
    std::string what;   // "BTF"
    bool there = false; // usable for us
    std::string detail; // what was found, or what is missing and how to get it
};

struct FactGroup {
    std::string title; // "this host's kernel"
    std::vector<MachineFact> facts;
};

[[nodiscard]] FactGroup hostFacts();     // --kernel host
[[nodiscard]] FactGroup labFacts();      // --kernel lab
[[nodiscard]] FactGroup recordedFacts(); // --kernel recorded

} // namespace skbscope::app
