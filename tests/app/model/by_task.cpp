// SPDX-License-Identifier: GPL-2.0-or-later
#include "by_task.h"

#include "trace/tree_text.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

trace::Side sideOf(const std::string &text) {
    auto side = trace::read_tree_text(text, "tree");
    return side ? std::move(*side) : trace::Side();
}

std::string contents(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

trace::Comparison compareByTask(const std::string &ours, const std::string &reference) {
    return compareByTask(sideOf(ours), reference);
}

trace::Comparison compareByTask(const trace::Side &left, const std::string &reference) {
    const trace::Side right = sideOf(reference);
    return trace::compare(left, trace::build_call_tree(left), right, trace::build_call_tree(right),
                          {.match_fields = false, .tasks = trace::TaskOrder::apart});
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
            if (&a != &b) least = std::min(least, compareByTask(a, b).calls.f1);
    return least;
}

} // namespace skbscope::app
