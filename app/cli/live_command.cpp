// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live [PCAP-FILTER]: a real kernel, watched while packets pass.
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/lab_arguments.h"
#include "app/cli/live_arguments.h"
#include "app/cli/progress_line.h"
#include "app/export/jsonl.h"
#include "app/gui/gui.h"
#include "app/live/live_text.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <unistd.h>

namespace skbscope::app {

namespace {

// What came, on stdout, as it comes.
class Show {
public:
    explicit Show(const LiveArguments &a)
        : jsonl_(a.jsonl || a.format == Format::jsonl), terminal_(a.view.terminal()),
          text_(std::cout, Style(terminal_.colour, terminal_.ascii), terminal_.width) {}

    void operator()(const trace::Side &side, std::span<const trace::Event> events) {
        if (!jsonl_) return text_.print(side, events);
        if (!std::exchange(headed_, true)) writeJsonlHead(std::cout, side);
        writeJsonlEvents(std::cout, side, events);
        std::cout.flush();
    }

private:
    bool jsonl_, headed_ = false;
    TerminalSettings terminal_;
    LiveText text_;
};

void tellBegun(const LiveArguments &a, const bpf::read_state &state) {
    for (const std::string &note : state.notes)
        std::cerr << "skbscope: " << note << "\n";
    const bool ends = a.duration > 0 || a.count > 0 || !a.scenario.empty();
    std::cerr << "skbscope: watching " << watchedOf(a) << "; " << (ends ? "" : "end with ") << "Ctrl-C"
              << (ends ? " ends it before its time" : "") << std::endl;
}

tl::expected<LiveResult, RunError> watch(const LiveArguments &a, const LiveOptions &options, Interrupt &interrupt,
                                         LiveCalls calls) {
    std::optional<ProgressLine> line(std::in_place);
    calls.progress = [&line, also = calls.progress](const Progress &p) {
        if (line) line->show(p);
        if (also) also(p);
    };
    calls.begun = [&a, &line, also = calls.begun](const bpf::read_state &state) {
        line.reset(); // gone before the first event is shown
        tellBegun(a, state);
        if (also) also(state);
    };
    calls.interrupts = [&interrupt] { return interrupt.count(); };
    calls.wake = interrupt.descriptor();
    return watchLive(options, calls);
}

int inTerminal(const LiveArguments &a, const LiveOptions &options) {
    Show show(a);
    Interrupt interrupt;
    LiveCalls calls;
    calls.show = std::ref(show);
    return finishLive(a, options, watch(a, options, interrupt, calls));
}

int live(const LiveArguments &a, int argc, char **argv) {
    if (a.gui && geteuid() == 0 && !a.allowRoot) // now, not when the agent runs
        return report({exitNotPossible, "--gui: the window does not run as root; keep the trace with -o, or give "
                                        "--allow-root"});
    if (a.gui && !hasGui()) return report({exitNotPossible, "--gui: this build has no window"});
    const OrFailure<LiveOptions> options = liveOptionsOf(a);
    if (!options) return report(options.error());
    if (!a.twin && !a.gui) return inTerminal(a, *options);
    Interrupt interrupt; // before there are other threads
    const auto run = [&](LiveCalls calls) { return watch(a, *options, interrupt, std::move(calls)); };
    return a.twin ? liveTwin(a, run) : liveWindow(a, *options, run, interrupt, argc, argv);
}

} // namespace

std::string watchedOf(const LiveArguments &a) {
    return a.filter.empty() ? "all packets" : expressionOf(a);
}

int finishLive(const LiveArguments &a, const LiveOptions &options, tl::expected<LiveResult, RunError> result) {
    if (!result) return report({static_cast<ExitCode>(result.error().code), result.error().message()});
    tellEnd(*result);
    trace::Trace trace;
    trace.sides.push_back(std::move(result->state.side));
    if (options.keep && !a.out.empty())
        if (const auto kept = keepTrace(trace, a.out, trace::SideKind::kernel); !kept) return report(kept.error());
    if (result->broke) return report({static_cast<ExitCode>(result->broke->code), result->broke->message()});
    return exitOk;
}

void tellEnd(const LiveResult &r) {
    const bpf::read_state &s = r.state;
    std::cerr << "skbscope: " << r.events << " events of " << r.packets << " packets; ";
    if (!s.ended) {
        std::cerr << "the stream ended early: how much was lost is not known\n";
        return;
    }
    std::cerr << s.made << " records made, " << s.received << " received, " << s.lost << " lost\n";
    for (const auto &[reason, n] : s.losses)
        if (n != 0) std::cerr << "skbscope: lost: " << reason << ": " << n << "\n";
    if (!s.unknowable.empty()) std::cerr << "skbscope: not known: " << s.unknowable << "\n";
}

void addLiveCommand(CLI::App &app, Command &command, int argc, char **argv) {
    const std::map<std::string, Format> formats = {{"text", Format::text}, {"jsonl", Format::jsonl}};
    auto a = std::make_shared<LiveArguments>();
    CLI::App *c = app.add_subcommand("live", "Watch a real kernel while packets pass");
    c->add_option("PCAP-FILTER", a->filter, "Which packets, as for tcpdump: 'udp port 7000'. None: all");
    c->add_option("--netns,--namespace", a->netns,
                  "Packets in this network namespace alone (a name of `ip netns`, or host)")
        ->type_name("NAME");
    c->add_option("--device", a->device, "Packets that pass this device alone")->type_name("NAME");
    c->add_option("--function", a->functions, "Calls whose name matches PATTERN alone: udp_*,ip_rcv")
        ->type_name("PATTERN")
        ->delimiter(',');
    c->add_flag("--drops", a->drops, "Drops alone");
    c->add_option("--kernel", a->kernel, "host (the default), lab, ssh:HOST")->type_name("WHICH");
    c->add_option("--scenario", a->scenario, "In the lab: a scenario that makes the traffic")->type_name("SCENARIO");
    c->add_option("--format", a->format, "text or jsonl")
        ->transform(CLI::CheckedTransformer(formats))
        ->type_name("FORMAT");
    c->add_flag("--jsonl", a->jsonl, "The same as --format jsonl");
    c->add_option("-o", a->out, "Keep the trace in FILE (.skbt; .tree, .state and .jsonl as text)")->type_name("FILE");
    c->add_flag("--gui", a->gui, "Show it in the window, while it comes");
    c->add_flag("--allow-root", a->allowRoot, "Open the window although this is root");
    c->add_option("--duration", a->duration, "End after SECONDS")->check(CLI::PositiveNumber)->type_name("SECONDS");
    c->add_option("--count", a->count, "End after N packets")->check(CLI::PositiveNumber)->type_name("N");
    c->add_option("--ring", a->ring,
                  "Room in the kernel for records that nobody has read yet, in bytes: a power of two")
        ->type_name("BYTES");
    c->add_option("--follow", a->follow, "How many packets can be followed at one time")->type_name("N");
    c->add_flag("--twin", a->twin, "Make the model do what programs were seen to do, and compare");
    c->add_option("--save", a->save, "With --twin: keep the scenario; skbscope run takes it")->type_name("FILE.yaml");
    addLabOptions(*c, a->lab);
    a->view.addColour(*c);
    c->callback([a, c, &command, argc, argv] {
        a->labChosen = anyLabOption(*c);
        command = [=] { return live(*a, argc, argv); };
    });
}

} // namespace skbscope::app
