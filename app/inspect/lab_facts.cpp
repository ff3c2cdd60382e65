// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/assets.h"
#include "app/inspect/machine_facts.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <unistd.h>

namespace skbscope::app {

namespace {

namespace fs = std::filesystem;

fs::path programInPath(const std::string &name) {
    const char *path = std::getenv("PATH");
    std::istringstream dirs(path ? path : "");
    for (std::string dir; std::getline(dirs, dir, ':');)
        if (access((fs::path(dir) / name).c_str(), X_OK) == 0) return fs::path(dir) / name;
    return {};
}

MachineFact program(const char *name, const char *package) {
    const fs::path found = programInPath(name);
    if (!found.empty()) return {name, true, found.string()};
    return {name, false, std::string("not in PATH; apt-get install ") + package};
}

MachineFact kvm() {
    if (access("/dev/kvm", R_OK | W_OK) == 0) return {"KVM", true, "/dev/kvm (the deterministic clock needs none)"};
    return {"KVM", true, std::string("not usable (") + std::strerror(errno) + "): the lab runs without it"};
}

} // namespace

FactGroup labFacts() {
    return {"the lab: a stock 6.1 kernel in QEMU (--kernel lab)",
            {program("qemu-system-x86_64", "qemu-system-x86"), kvm()}};
}

FactGroup recordedFacts() {
    FactGroup group{"recorded kernel traces (--kernel recorded)", {}};
    if (assetDirectory().empty()) {
        group.facts.push_back({"assets", false, "not found beside the program; set SKBSCOPE_ASSETS"});
        return group;
    }
    for (const std::string &name : bundledScenarios()) {
        std::error_code ec;
        const bool there = fs::exists(recordedTrace(name), ec);
        group.facts.push_back(
            {name, there, there ? recordedTrace(name).string() : "not recorded; tools/record-traces.sh does it"});
    }
    return group;
}

} // namespace skbscope::app
