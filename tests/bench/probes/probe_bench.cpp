// SPDX-License-Identifier: GPL-2.0-or-later
// Run in the lab by tools/bench-probes.sh and tools/bench-attach.sh:
//   probe_bench traffic PACKETS PER_SECOND                  the load alone, whatever watches it
//   probe_bench ours PACKETS PER_SECOND FUNCTION...         the load with the agent's probes on these functions, and
//                                                           the agent's reader at work beside it
//   probe_bench attach CATALOGUE FUNCTIONS                  what it takes to put probes on all functions of a file
#include "bpf/agent/agent_error.h"
#include "bpf/agent/kernel_index.h"
#include "bpf/agent/probe_set.h"
#include "traffic.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace skbscope;

namespace {

bench::Load loadOf(char **argv) {
    return {static_cast<unsigned>(std::atoi(argv[2])), static_cast<unsigned>(std::atoi(argv[3]))};
}

// The child is the traced task; it goes once it is allowed to.
pid_t startLoad(const bench::Load &load, const bpf::probe_set &probes, int go) {
    const pid_t child = fork();
    if (child != 0) return child;
    char start = 0;
    if (read(go, &start, 1) != 1) _exit(3);
    const auto measured = bench::sendAndReceive(load, [&probes](bool begin) {
        probes.mark(begin ? SKBSCOPE_EV_TRACE_ON : SKBSCOPE_EV_TRACE_OFF, 0, 0, 0, begin ? 2 : 1);
    });
    bench::print(load, measured);
    _exit(0);
}

std::uint64_t lostBy(const bpf::probe_set &probes) {
    std::uint64_t lost = 0;
    for (const skbscope_probe_cpu &cpu : probes.cpus())
        lost += cpu.lost;
    return lost;
}

struct Seen {
    std::uint64_t records = 0, bytes = 0;
};

// What a reader that keeps everything does: a copy of each record.
void drain(bpf::probe_set &probes, Seen &seen, std::vector<std::byte> &kept) {
    probes.drain([&](std::span<const std::byte> record) {
        if (kept.size() + record.size() > kept.capacity()) kept.clear();
        kept.insert(kept.end(), record.begin(), record.end());
        seen.bytes += record.size();
        ++seen.records;
    });
}

int ours(const bench::Load &load, std::span<char *> functions) {
    std::map<std::string, int, std::less<>> catalogue;
    for (const char *f : functions)
        catalogue[f] = 0;
    for (const char *example : {"kfree_skb_reason", "sock_queue_rcv_skb_reason", "udp_sendmsg"})
        catalogue.emplace(example, -1); // the generic programs are loaded on these first
    bpf::kernel_index index(catalogue);
    bpf::probe_set probes(index);
    for (const char *f : functions)
        if (!probes.attach(f)) std::fprintf(stderr, "probe_bench: %s: no probe\n", f);
    int go[2];
    if (pipe(go) != 0) return 3;
    const pid_t child = startLoad(load, probes, go[0]);
    const std::uint32_t tasks[] = {static_cast<std::uint32_t>(child)};
    probes.trace_tasks(tasks);
    Seen seen;
    std::vector<std::byte> kept;
    kept.reserve(64U << 20);
    (void)!write(go[1], "g", 1);
    for (int status = 0; waitpid(child, &status, WNOHANG) == 0; usleep(500))
        drain(probes, seen, kept);
    drain(probes, seen, kept);
    std::printf("records %llu bytes %llu lost %llu\n", static_cast<unsigned long long>(seen.records),
                static_cast<unsigned long long>(seen.bytes), static_cast<unsigned long long>(lostBy(probes)));
    return 0;
}

// One line each: "name" or "name<TAB>index of the sk_buff argument", as the agent gets a catalogue.
std::map<std::string, int, std::less<>> functionsIn(const char *file) {
    std::map<std::string, int, std::less<>> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const std::size_t tab = line.find('\t');
        out[line.substr(0, tab)] = tab == line.npos ? -1 : std::atoi(line.c_str() + tab + 1);
    }
    return out;
}

// The kernel's switch that lets ftrace note what is to be patched and patch all at once, as the lab's agent has it
// (bpf::patching_at_once works in its process alone).
void switchFtrace(const char *value) {
    std::ofstream("/proc/sys/kernel/ftrace_enabled") << value;
}

// A row a phase: elapsed nanoseconds (two are an instruction in the lab).
int attachAll(const char *catalogueFile, const char *functionsFile) {
    std::uint64_t from = bench::now(CLOCK_MONOTONIC);
    const auto row = [&from](const char *phase) {
        const std::uint64_t now = bench::now(CLOCK_MONOTONIC);
        std::printf("phase %s %llu\n", phase, static_cast<unsigned long long>(now - from));
        from = now;
    };
    const auto catalogue = functionsIn(catalogueFile), functions = functionsIn(functionsFile);
    bpf::kernel_index index(catalogue);
    row("functions-read");
    bpf::probe_set probes(index);
    row("generic-programs");
    switchFtrace("0");
    std::size_t probed = 0;
    for (const auto &[name, unused] : functions)
        probed += probes.attach(name);
    row("programs-and-links");
    switchFtrace("1");
    row("patching");
    std::map<std::string, unsigned> means;
    for (const bpf::inspect_row &r : probes.rows())
        ++means[r.by];
    std::printf("functions %zu probed %zu", functions.size(), probed);
    for (const auto &[name, count] : means)
        std::printf(" %s %u", name.c_str(), count);
    std::printf("\n");
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    const std::string_view what = argc > 3 ? argv[1] : "";
    try {
        if (what == "attach") return attachAll(argv[2], argv[3]);
        if (what == "ours") return ours(loadOf(argv), std::span(argv + 4, argv + argc));
    } catch (const bpf::agent_failure &e) {
        std::fprintf(stderr, "probe_bench: %s: %s\n", e.place.c_str(), e.what());
        return 3;
    }
    if (what != "traffic") return 2;
    bench::print(loadOf(argv), bench::sendAndReceive(loadOf(argv)));
    return 0;
}
