// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope twin: what programs on this host do with their sockets, done again by the model.
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/interrupt.h"
#include "app/cli/twin_output.h"
#include "app/twin/twin.h"
#include "app/twin/twin_watch.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

namespace skbscope::app {

namespace {

struct TwinArguments {
    std::vector<std::string> namespaces;
    double duration = 0; // s; 0: until interrupted
    std::string save;
    std::uint64_t seed = 1;
};

Failure failureOf(const RunError &e) {
    return {static_cast<ExitCode>(e.code), e.message()};
}

tl::expected<TwinSeen, RunError> see(const TwinArguments &a) {
    auto way = hostWay();
    if (!way) return tl::unexpected(way.error());
    TwinWatch watch(std::move(*way));
    if (auto ok = watch.start(a.namespaces); !ok) return tl::unexpected(ok.error());
    const Interrupt interrupt;
    std::cerr << "watching system calls on sockets; " << (a.duration > 0 ? "" : "end with Ctrl-C") << std::endl;
    using namespace std::chrono;
    const auto time = a.duration > 0 ? duration_cast<milliseconds>(duration<double>(a.duration)) : hours(24 * 365);
    if (auto ok = watch.watch(AgentProcess::Clock::now() + time, interrupt.descriptor()); !ok)
        return tl::unexpected(ok.error());
    return watch.stop();
}

} // namespace

OrFailure<void> saveTwin(const std::string &file, const std::string &text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.flush();
    if (!out) return failed(exitBadInput, file + ": cannot be written; check the path and its permissions");
    return {};
}

void showTwin(const Twin &twin, std::size_t calls, std::uint64_t lost) {
    for (const skbscope_op &op : twin.scenario.ops.ops())
        if (op.kind > SKBSCOPE_OP_SETNS) std::cout << "  " << describe(twin.scenario.ops, op) << "\n";
    std::cout << "system calls seen " << calls << ", lost " << lost << "\n";
    for (const std::string &remark : twin.remarks)
        std::cout << "left out or otherwise: " << remark << "\n";
    for (const std::string &other : twin.otherResults)
        std::cout << "differs: " << other << "\n";
    if (twin.otherResults.empty()) std::cout << "the model answers every call as the kernel did\n";
}

namespace {

int run(const TwinArguments &a) {
    auto seen = see(a);
    if (!seen) return report(failureOf(seen.error()));
    TwinInput in;
    in.name = "twin";
    in.title = "What was seen on this host";
    in.seed = a.seed;
    const std::size_t calls = seen->calls.size();
    in.snapshot = std::move(seen->snapshot);
    in.calls = std::move(seen->calls);
    const auto twin = makeTwin(std::move(in));
    if (!twin) return report(failureOf(twin.error()));
    if (!a.save.empty())
        if (const auto ok = saveTwin(a.save, twin->scenario.text); !ok) return report(ok.error());
    showTwin(*twin, calls, seen->lost);
    return twin->otherResults.empty() ? exitOk : exitDifferences;
}

} // namespace

void addTwinCommand(CLI::App &app, Command &command) {
    auto a = std::make_shared<TwinArguments>();
    CLI::App *c = app.add_subcommand(
        "twin", "Watch what programs do with their sockets, do it again on the model, and compare the answers");
    c->add_option("--netns", a->namespaces,
                  "A namespace to watch: a name of ip netns, pid:1234, or host; all by default")
        ->type_name("NAME");
    c->add_option("--duration", a->duration, "Seconds; until Ctrl-C by default")->check(CLI::PositiveNumber);
    c->add_option("--save", a->save, "Keep the scenario; skbscope run takes it")->type_name("FILE.yaml");
    c->add_option("--seed", a->seed, "Of what is random in the model")->type_name("N");
    c->callback([a, &command] { command = [a] { return run(*a); }; });
}

} // namespace skbscope::app
