// SPDX-License-Identifier: GPL-2.0-or-later
// docs/functions.md says where each function that the course names is, and which scenario shows it: so it must.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace skbscope::app {
namespace {

namespace fs = std::filesystem;
const fs::path root = SKBSCOPE_SOURCE_DIR;

struct Row {
    std::string name, here, kernel, test, scenario;
};

std::vector<Row> rows() {
    std::ifstream in(root / "docs/functions.md");
    const std::regex form(R"(\| `(\w+)` \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|)");
    std::vector<Row> out;
    std::smatch m;
    for (std::string line; std::getline(in, line);)
        if (std::regex_match(line, m, form)) out.push_back({m[1], m[2], m[3], m[4], m[5]});
    return out;
}

std::string textOf(const fs::path &file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

bool names(const fs::path &file, const std::string &name) {
    const std::string text = textOf(file);
    return std::regex_search(text, std::regex("\\b" + name + "\\b"));
}

std::set<std::string> calledIn(const std::string &scenario) {
    fs::path file = root / "assets/scenarios" / (scenario + ".yaml");
    if (!fs::exists(file)) file = root / "tests/app/mutations" / (scenario + ".yaml");
    const auto s = loadScenario(file);
    EXPECT_TRUE(s) << s.error().message();
    if (!s) return {};
    const auto side = runModel(s->ops, {.seed = 1, .cpus = 1});
    EXPECT_TRUE(side) << side.error().message();
    std::set<std::string> out;
    if (!side) return out;
    for (const trace::Event &e : side->events)
        if (trace::is_enter(e)) out.emplace(side->function_name(e.fn));
    return out;
}

TEST(NamedFunctions, AreWhereTheTableSays) {
    const std::vector<Row> table = rows();
    EXPECT_GT(table.size(), 150U);
    std::set<std::string> seen;
    for (const Row &r : table) {
        EXPECT_TRUE(seen.insert(r.name).second) << r.name << " twice";
        EXPECT_TRUE(names(root / r.here, r.name)) << r.name << " is not in " << r.here;
        if (!r.test.ends_with("named_functions_test.cpp")) {
            EXPECT_TRUE(names(root / r.test, r.name)) << r.name << " is not in " << r.test;
        } else {
            EXPECT_NE(r.scenario, "-") << r.name << ": neither a test nor a scenario";
        }
    }
}

TEST(NamedFunctions, AreCalledInTheScenarioThatShowsThem) {
    std::map<std::string, std::set<std::string>> called;
    for (const Row &r : rows()) {
        if (r.scenario == "-") continue;
        if (!called.contains(r.scenario)) called[r.scenario] = calledIn(r.scenario);
        EXPECT_TRUE(called[r.scenario].contains(r.name)) << r.name << " is not called in " << r.scenario;
    }
    EXPECT_GT(called.size(), 10U);
}

} // namespace
} // namespace skbscope::app
