// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/ui/bundled.h"

#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/trace_file.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace skbscope::ui::test {

namespace {
std::vector<std::string> &skipped() {
    static std::vector<std::string> names;
    return names;
}

std::vector<std::filesystem::path> filesIn(const std::string &folder) {
    std::vector<std::filesystem::path> out;
    for (const auto &entry : std::filesystem::directory_iterator(std::string(SKBSCOPE_SOURCE_DIR) + folder))
        out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<BundledTrace> readAll() {
    std::vector<BundledTrace> out;
    for (const auto &path : filesIn("/assets/traces")) {
        auto trace = trace::read_trace(path.string());
        EXPECT_TRUE(trace) << path;
        if (trace) out.push_back({path.filename().string(), TraceDocument::build(std::move(*trace))});
    }
    for (const auto &path : filesIn("/assets/scenarios")) {
        const auto scenario = app::loadScenario(path);
        EXPECT_TRUE(scenario) << path;
        if (!scenario) continue;
        auto side = app::runModel(scenario->ops);
        if (!side) {
            skipped().push_back(scenario->name);
            continue;
        }
        trace::Trace trace;
        trace.scenario_name = scenario->name;
        trace.sides.push_back(std::move(*side));
        out.push_back({path.filename().string(), TraceDocument::build(std::move(trace))});
    }
    return out;
}
} // namespace

const std::vector<BundledTrace> &bundledTraces() {
    static const std::vector<BundledTrace> all = readAll();
    return all;
}

const std::vector<std::string> &notRun() {
    (void)bundledTraces();
    return skipped();
}

} // namespace skbscope::ui::test
