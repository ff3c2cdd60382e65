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

// This thread's child whose program's name begins so; 0 when there is none.
inline pid_t childOfOurs(const std::string &program) {
    std::ifstream children("/proc/self/task/" + std::to_string(gettid()) + "/children");
    for (pid_t child = 0; children >> child;) {
        std::string name;
        std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
        if (name.starts_with(program)) return child;
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

// Kills the program, a child of this process, as soon as any event of the run has come.
inline KilledRun killInMidRun(const app::KernelTarget &target, const std::string &program) {
    KilledRun run;
    run.side = app::runOnKernel(datagramsForLong().ops.list(), target, [&](const app::Progress &p) {
        if (run.killed || p.what != "running the scenario" || p.done == 0) return;
        const pid_t child = childOfOurs(program);
        run.killed = child != 0 && kill(child, SIGKILL) == 0;
    });
    return run;
}

inline std::size_t callsOf(const trace::Side &side, const std::string &function) {
    std::size_t n = 0;
    for (const trace::Event &e : side.events)
        n += trace::is_enter(e) && side.function_name(e.fn) == function ? 1 : 0;
    return n;
}

// At least a datagram had come and gone, and the trace says that it ends early.
inline bool isWholeUpToThere(const trace::Side &part) {
    return callsOf(part, "__sys_sendto") >= 1 && callsOf(part, "__sys_recvfrom") >= 1 &&
           callsOf(part, "__sys_sendto") < 300 && part.events.back().kind == SKBSCOPE_EV_LOSS;
}

} // namespace skbscope::test
