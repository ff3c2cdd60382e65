// SPDX-License-Identifier: GPL-2.0-or-later
#include "by_task.h"

#include "trace/tree_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

struct Line {
    std::string row, function;
    unsigned long depth;
};

bool ofATick(const std::vector<Line> &calls, std::size_t i) {
    const Line &call = calls[i];
    if (call.function == "__raise_softirq_irqoff") return call.depth == 0;
    if (call.function == "ksoftirqd_should_run" || call.function == "run_ksoftirqd")
        return true; // what it serves stays
    return call.function == "handle_softirqs" && (i + 1 == calls.size() || calls[i + 1].depth <= call.depth);
}

trace::Side sideOf(const std::string &text) {
    auto side = trace::read_tree_text(text, "tree");
    return side ? std::move(*side) : trace::Side();
}

std::string contents(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

std::string inOrderOfTasks(const std::string &text) {
    std::map<std::pair<bool, std::string>, std::vector<Line>> tasks; // what is not idle comes first
    std::istringstream lines(text);
    for (std::string row; std::getline(lines, row);) {
        if (row.empty() || row.front() == '#') continue;
        const std::size_t first = row.find('\t'), second = row.find('\t', first + 1);
        const std::string task = row.substr(0, first);
        const bool idle = task.substr(0, task.find('/')) == "0";
        tasks[{idle, task}].push_back({row, row.substr(second + 1), std::stoul(row.substr(first + 1))});
    }
    std::string out;
    for (const auto &[task, calls] : tasks)
        for (std::size_t i = 0; i < calls.size(); ++i)
            if (!ofATick(calls, i)) out += calls[i].row + "\n";
    return out;
}

trace::CallFidelity scoreByTask(const std::string &ours, const std::string &reference) {
    const trace::Side left = sideOf(inOrderOfTasks(ours)), right = sideOf(inOrderOfTasks(reference));
    return trace::compare(left, trace::build_call_tree(left), right, trace::build_call_tree(right),
                          {.match_fields = false})
        .calls;
}

std::vector<TwoCpus> twoCpuReferences() {
    std::map<std::string, TwoCpus> all;
    for (const auto &entry : fs::directory_iterator(fs::path(SKBSCOPE_SOURCE_DIR) / "tests/app/two-cpus")) {
        if (entry.path().extension() != ".tree") continue; // NAME.RUN.tree
        const std::string name = entry.path().stem().stem().string();
        TwoCpus &t = all[name];
        t.name = name;
        t.scenario = entry.path().parent_path() / (name + ".yaml");
        t.runs.push_back(contents(entry.path()));
    }
    std::vector<TwoCpus> out;
    for (auto &[name, t] : all)
        out.push_back(std::move(t));
    return out;
}

double leastOwnAgreement(const TwoCpus &reference) {
    double least = 1;
    for (const std::string &a : reference.runs)
        for (const std::string &b : reference.runs)
            if (&a != &b) least = std::min(least, scoreByTask(a, b).f1);
    return least;
}

} // namespace skbscope::app
