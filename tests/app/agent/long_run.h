// SPDX-License-Identifier: GPL-2.0-or-later
// A run that takes long enough to be killed in its middle.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/scenario/loader.h"

#include <csignal>
#include <fstream>
#include <string>
#include <unistd.h>

namespace skbscope::test {

// This thread's child that runs this program; 0 when there is none.
inline pid_t childOfOurs(const std::string &program) {
    std::ifstream children("/proc/self/task/" + std::to_string(gettid()) + "/children");
    for (pid_t child = 0; children >> child;) {
        std::string name;
        std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
        if (name == program.substr(0, 15)) return child; // as long as the kernel keeps it
    }
    return 0;
}

// Half a minute of datagrams over loopback, ten a second.
inline app::Scenario datagramsForLong() {
    std::string text = "name: long\n"
                       "title: A datagram ten times a second\n"
                       "hosts: [a]\n"
                       "steps:\n"
                       "  - { host: a, do: socket, as: r, type: udp }\n"
                       "  - { do: bind, socket: r, address: \"127.0.0.1:7000\" }\n"
                       "  - { host: a, do: socket, as: s, type: udp }\n"
                       "  - { trace: on }\n";
    for (int i = 0; i < 300; ++i)
        text += "  - { do: sendto, socket: s, to: \"127.0.0.1:7000\", length: 12 }\n"
                "  - { do: recv, socket: r, length: 100 }\n"
                "  - { do: sleep, ms: 100 }\n";
    text += "  - { trace: off }\n";
    auto scenario = app::parseScenario(text, "long.yaml");
    if (!scenario) throw std::runtime_error(scenario.error().message());
    return std::move(*scenario);
}

struct KilledRun {
    bool killed = false;
    tl::expected<trace::Side, app::RunError> side;
};

// More than one datagram makes where all functions have probes, less than all make where two have.
inline constexpr unsigned someEvents = 600;

// Kills the program, a child of this process, as soon as so many events of the run have come.
inline KilledRun killInMidRun(app::KernelTarget target, const std::string &program, int signal = SIGKILL) {
    KilledRun run;
    target.likely = {"__sys_sendto", "__sys_recvfrom"}; // have probes in the first pass already
    run.side = app::runOnKernel(datagramsForLong().ops.list(), target, [&](const app::Progress &p) {
        if (run.killed || p.what != "running the scenario" || p.done < someEvents) return;
        const pid_t child = childOfOurs(program);
        run.killed = child != 0 && kill(child, signal) == 0;
    });
    return run;
}

inline std::size_t callsOf(const trace::Side &side, const std::string &function) {
    std::size_t n = 0;
    for (const trace::Event &e : side.events)
        if (trace::is_enter(e) && side.function_name(e.fn) == function) ++n;
    return n;
}

// At least a datagram had come and gone, not all had, and the trace says that it ends early. Empty: so it is.
inline std::string notWholeUpToThere(const trace::Side &part) {
    const std::size_t sent = callsOf(part, "__sys_sendto"), received = callsOf(part, "__sys_recvfrom");
    if (sent == 0 || received == 0 || sent == 300)
        return std::to_string(sent) + " calls of __sys_sendto and " + std::to_string(received) +
               " of __sys_recvfrom in " + std::to_string(part.events.size()) + " events";
    return part.events.back().kind == SKBSCOPE_EV_LOSS ? "" : "it does not say that it was cut";
}

} // namespace skbscope::test
