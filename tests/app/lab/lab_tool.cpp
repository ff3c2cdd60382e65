// SPDX-License-Identifier: GPL-2.0-or-later
// lab_tool SCENARIO.yaml PREFIX: runs it in the lab, writes PREFIX.tree and PREFIX.state, says how long everything
// took.
#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"
#include "trace/call_tree.h"
#include "trace/state.h"

#include <chrono>
#include <fstream>
#include <iostream>

using namespace skbscope;

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    const auto scenario = app::loadScenario(argv[1]);
    if (!scenario) {
        std::cerr << scenario.error().message() << "\n";
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto progress = [&begin](const app::Progress &p) {
        const std::chrono::duration<double> t = std::chrono::steady_clock::now() - begin;
        std::cerr << t.count() << " s  " << p.what;
        if (p.of != 0) std::cerr << " " << p.done << "/" << p.of;
        std::cerr << "\n";
    };
    const auto side = app::runOnKernel(scenario->ops.list(), app::KernelTarget::lab(), progress);
    if (!side) {
        std::cerr << side.error().message() << "\n";
        return static_cast<int>(side.error().code);
    }
    const auto tree = trace::build_call_tree(*side);
    std::ofstream(std::string(argv[2]) + ".tree") << trace::to_tree_text(*side, tree);
    std::ofstream(std::string(argv[2]) + ".state") << trace::to_state_text(*side, tree);
    for (const auto &[fact, value] : side->info.facts)
        std::cerr << fact << ": " << value << "\n";
    progress({"done: " + std::to_string(side->events.size()) + " events, " + std::to_string(tree.calls.size()) +
                  " calls, " + std::to_string(tree.unpaired) + " unpaired, lost " + side->info.facts.at("lab.lost"),
              0, 0});
    return 0;
}
