// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/machine.h"

namespace skbscope::app {

// nokaslr, no IPv6 and instructions for time: the same run gives the same calls. The clock is the TSC from the start,
// which under -icount counts instructions.
std::string Machine::kernelArguments() const {
    return "console=ttyS0 quiet panic=-1 nokaslr ipv6.disable=1 tsc=reliable";
}

// Anything that needs a network card or, when it is deterministic, a second CPU or the real date is left out.
std::vector<std::string> Machine::arguments() const {
    std::vector<std::string> all = {"-nodefaults",
                                    "-no-user-config",
                                    "-display",
                                    "none",
                                    "-no-reboot",
                                    "-nic",
                                    "none",
                                    "-accel",
                                    "tcg",
                                    "-m",
                                    std::to_string(memoryMb),
                                    "-smp",
                                    std::to_string(cpus)};
    const auto add = [&all](std::initializer_list<const char *> more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    if (kvm) all[8] = "kvm";
    if (kvm) add({"-cpu", "host"});
    if (deterministic) add({"-icount", "shift=1,sleep=off", "-rtc", "base=2026-01-01T00:00:00,clock=vm"});
    return all;
}

std::string Machine::describe() const {
    std::string text = kernelArguments();
    for (const std::string &a : arguments())
        text += " " + a;
    if (shell) text += " (shell)";
    return text;
}

std::string Machine::determinism() const {
    if (deterministic) return "yes: one CPU, instructions for time";
    return "no: " + (cpus > 1 ? std::to_string(cpus) + " CPUs in " : std::string()) +
           "real time; two runs may differ in order and in timers, compare them task by task";
}

} // namespace skbscope::app
