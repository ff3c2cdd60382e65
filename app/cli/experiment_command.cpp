// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope experiment livelock|bottom-halves
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/progress_line.h"
#include "app/experiment/sweep.h"
#include "app/gui/picture.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <fstream>
#include <iostream>

namespace skbscope::app {

namespace {

using namespace experiment;

struct ExperimentArguments {
    SweepOptions sweep;
    std::vector<std::string> costs; // NAME=NS
    double measureMs = 0, warmUpMs = 0, moderationUs = 0;
    std::string svg, png, csv, json;
};

// --cost NAME=NS, several times.
OrFailure<void> setCost(const std::string &text, LoadOptions &load) {
    const auto equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const Costs &costs = defaultCosts();
    for (std::size_t i = 0; i < costCount; ++i) {
        if (costs[i].name != name) continue;
        std::uint64_t ns = 0;
        const char *begin = text.data() + std::min(text.size(), equals + 1), *end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(begin, end, ns);
        if (equals == std::string::npos || begin == end || stop != end || error != std::errc() || ns > 1'000'000'000)
            return failed(exitBadInput, "--cost " + text + ": NAME=NS is wanted, with NS from 0 to 1000000000");
        load.costNs[i] = ns;
        return {};
    }
    std::string names;
    for (const Cost &c : costs)
        names += (names.empty() ? "" : ", ") + std::string(c.name);
    return failed(exitBadInput, "--cost " + text + ": no such cost; there are " + names);
}

OrFailure<void> writeText(const std::string &file, const std::string &text) {
    if (file == "-") {
        std::cout << text << std::flush;
        return {};
    }
    std::ofstream out(file, std::ios::binary);
    out << text << std::flush;
    if (!out) return failed(exitBadInput, file + ": cannot be written; check the path and its permissions");
    return {};
}

// Before the work, not after it.
OrFailure<void> checkOutputs(const ExperimentArguments &a) {
    if (!a.png.empty() && !canWritePng()) return writePng({}, a.png);
    for (const std::string *file : {&a.svg, &a.png, &a.csv, &a.json}) {
        if (file->empty() || *file == "-") continue;
        if (!std::ofstream(*file, std::ios::app))
            return failed(exitBadInput, *file + ": cannot be written; check the path and its permissions");
    }
    return {};
}

OrFailure<void> writeResults(const ExperimentArguments &a, const Sweep &sweep) {
    const Drawing drawing = drawChart(chartOf(sweep));
    const std::pair<const std::string *, std::function<std::string()>> texts[] = {
        {&a.svg, [&] { return toSvg(drawing); }}, {&a.csv, [&] { return csvOf(sweep); }}, {&a.json, [&] {
                                                                                               return jsonOf(sweep);
                                                                                           }}};
    for (const auto &[file, text] : texts)
        if (!file->empty())
            if (const OrFailure<void> ok = writeText(*file, text()); !ok) return ok;
    if (!a.png.empty()) return writePng(drawing, a.png);
    return {};
}

int runExperiment(ExperimentArguments a, Sweep (*run)(const SweepOptions &, const SweepProgress &)) {
    for (const std::string &cost : a.costs)
        if (const OrFailure<void> ok = setCost(cost, a.sweep.load); !ok) return report(ok.error());
    if (const OrFailure<void> ok = checkOutputs(a); !ok) return report(ok.error());
    a.sweep.load.measureNs = static_cast<std::uint64_t>(a.measureMs * 1e6);
    a.sweep.load.moderationNs = static_cast<std::uint64_t>(a.moderationUs * 1e3);
    a.sweep.load.warmUpNs = static_cast<std::uint64_t>(a.warmUpMs * 1e6);
    const Sweep sweep = [&] {
        ProgressLine line;
        return run(a.sweep, [&line](unsigned done, unsigned of) { line.show({"running the model", done, of}); });
    }();
    const bool toStdout = a.csv == "-" || a.json == "-" || a.svg == "-";
    if (!toStdout) std::cout << textOf(sweep);
    if (const OrFailure<void> ok = writeResults(a, sweep); !ok) return report(ok.error());
    return exitOk;
}

std::string costHelp() {
    std::string help = "Costs, in ns of virtual time, and their defaults (--cost NAME=NS):\n";
    for (const Cost &c : defaultCosts()) {
        std::string line = "  " + std::string(c.name);
        line.resize(20, ' ');
        std::string ns = std::to_string(c.ns);
        line += std::string(6 - std::min<std::size_t>(6, ns.size()), ' ') + ns + "  " + std::string(c.what);
        help += line + "\n";
    }
    return help;
}

void addCommon(CLI::App *c, const std::shared_ptr<ExperimentArguments> &a) {
    LoadOptions &l = a->sweep.load;
    a->measureMs = static_cast<double>(l.measureNs) / 1e6;
    a->warmUpMs = static_cast<double>(l.warmUpNs) / 1e6;
    c->add_option("--payload", l.payload, "Bytes of a datagram")
        ->check(CLI::Range(1U, 1472U))
        ->type_name("BYTES")
        ->capture_default_str();
    c->add_option("--ring", l.ring, "Descriptors of a card's receive ring, a power of two")
        ->check(CLI::IsMember({8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096}))
        ->type_name("N")
        ->capture_default_str();
    c->add_option("--measure", a->measureMs, "Virtual time that is measured at each point")
        ->check(CLI::Range(1.0, 10'000.0))
        ->type_name("MS")
        ->capture_default_str();
    c->add_option("--warm-up", a->warmUpMs, "Virtual time before that")
        ->check(CLI::Range(1.0, 10'000.0))
        ->type_name("MS")
        ->capture_default_str();
    c->add_option("--cost", a->costs, "Change the cost model; again for more")
        ->type_name("NAME=NS")
        ->allow_extra_args(false);
    c->add_option("--seed", l.seed, "Of what is random in the model")->type_name("N")->capture_default_str();
    c->add_option("--svg", a->svg, "The picture")->type_name("FILE");
    c->add_option("--png", a->png, "The picture")->type_name("FILE");
    c->add_option("--csv", a->csv, "Every point; - is standard output")->type_name("FILE");
    c->add_option("--json", a->json, "Every point; - is standard output")->type_name("FILE");
    c->footer(costHelp());
}

void addLivelock(CLI::App &experiment, Command &command) {
    auto a = std::make_shared<ExperimentArguments>();
    a->sweep = livelockDefaults();
    CLI::App *c = experiment.add_subcommand("livelock", "Delivered against offered load: an interrupt a packet, NAPI "
                                                        "(in softirqs, in a thread), with GRO, with RPS");
    const std::map<std::string, Mode> modes = {{"no-napi", Mode::noNapi},
                                               {"napi", Mode::napi},
                                               {"napi-threaded", Mode::napiThread},
                                               {"napi-gro", Mode::napiGro},
                                               {"napi-rps", Mode::napiRps}};
    c->add_option("--modes", a->sweep.modes, "no-napi, napi, napi-threaded, napi-gro, napi-rps; all five by default")
        ->transform(CLI::CheckedTransformer(modes))
        ->delimiter(',')
        ->type_name("MODE,...");
    c->add_option("--max-load", a->sweep.most, "The highest load, in packets a second")
        ->check(CLI::Range(1000.0, 20'000'000.0))
        ->type_name("PPS")
        ->capture_default_str();
    c->add_option("--steps", a->sweep.steps, "Points from 0 to there")
        ->check(CLI::Range(1U, 200U))
        ->type_name("N")
        ->capture_default_str();
    c->add_option("--cpus", a->sweep.cpus, "Of napi-rps; the others run on one")
        ->check(CLI::Range(1U, 16U))
        ->type_name("N")
        ->capture_default_str();
    c->add_option("--flows", a->sweep.load.flows, "Each with a socket and a reader of its own")
        ->check(CLI::Range(1U, 256U))
        ->type_name("N")
        ->capture_default_str();
    a->moderationUs = static_cast<double>(a->sweep.load.moderationNs) / 1e3;
    c->add_option("--moderation", a->moderationUs, "With NAPI: least time between two interrupts of the card; 0: none")
        ->check(CLI::Range(0.0, 10'000.0))
        ->type_name("US")
        ->capture_default_str();
    addCommon(c, a);
    c->callback([a, &command] { command = [a] { return runExperiment(*a, runLivelock); }; });
}

void addBottomHalves(CLI::App &experiment, Command &command) {
    auto a = std::make_shared<ExperimentArguments>();
    a->sweep = bottomHalvesDefaults();
    CLI::App *c =
        experiment.add_subcommand("bottom-halves", "Bottom halves, one at a time on the whole machine, against "
                                                   "softirqs on 1 to 8 CPUs, a card each");
    c->add_option("--load", a->sweep.most, "Of each CPU's card, in packets a second")
        ->check(CLI::Range(1000.0, 20'000'000.0))
        ->type_name("PPS")
        ->capture_default_str();
    c->add_option("--cpus", a->sweep.cpus, "1 to so many")
        ->check(CLI::Range(1U, 16U))
        ->type_name("N")
        ->capture_default_str();
    c->add_option("--flows", a->sweep.load.flows, "Of each CPU, each with a socket and a reader of its own")
        ->check(CLI::Range(1U, 16U))
        ->type_name("N")
        ->capture_default_str();
    addCommon(c, a);
    c->callback([a, &command] { command = [a] { return runExperiment(*a, runBottomHalves); }; });
}

} // namespace

void addExperimentCommand(CLI::App &app, Command &command) {
    CLI::App *c = app.add_subcommand("experiment", "Run the model under load, with a cost for each piece of work, and "
                                                   "draw what it delivers");
    c->require_subcommand(1);
    addLivelock(*c, command);
    addBottomHalves(*c, command);
}

} // namespace skbscope::app
