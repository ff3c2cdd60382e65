// SPDX-License-Identifier: GPL-2.0-or-later
// Each bundled recording beside the model's own run of its scenario: the list of differences holds what the comparison
// counts, as the terminal's summary counts it: each once, none left out.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/trace_file.h"
#include "ui/models/differences.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

std::shared_ptr<const TraceDocument> bothSides(const std::filesystem::path &recording) {
    auto trace = trace::read_trace(recording);
    EXPECT_TRUE(trace);
    const auto scenario = app::loadScenario(std::string(SKBSCOPE_SOURCE_DIR) + "/assets/scenarios/" +
                                            recording.stem().string() + ".yaml");
    EXPECT_TRUE(scenario) << recording;
    if (!trace || !scenario) return {};
    auto model = app::runModel(scenario->ops);
    EXPECT_TRUE(model);
    if (!model) return {};
    if (!trace->side(SideKind::model)) trace->sides.insert(trace->sides.begin(), std::move(*model));
    return TraceDocument::build(std::move(*trace));
}

TEST(DifferencesOfBundled, AreWhatTheComparisonCounts) {
    std::size_t compared = 0;
    for (const auto &file : std::filesystem::directory_iterator(SKBSCOPE_SOURCE_DIR "/assets/traces")) {
        SCOPED_TRACE(file.path().string());
        const auto document = bothSides(file.path());
        ASSERT_TRUE(document && document->comparison());
        const TraceDocument &d = *document;
        std::map<trace::ReasonCode, std::size_t> counted, listed;
        for (const trace::Row &row : d.comparison()->rows) {
            if (row.reason().code != trace::ReasonCode::none) ++counted[row.reason().code];
            for (const trace::FieldDifference &f : row.fields())
                if (f.reason.code != trace::ReasonCode::none) ++counted[f.reason.code];
        }
        if (d.comparison()->unexplained > 0) counted[trace::ReasonCode::none] = d.comparison()->unexplained;
        std::set<std::pair<quint32, qint32>> seen;
        for (const DifferenceGroup &group : differencesOf(d)) {
            listed[group.code] = group.all.size();
            for (const Difference &one : group.all) {
                EXPECT_TRUE(seen.emplace(one.row, one.field).second) << "listed twice";
                EXPECT_FALSE(differenceSentence(d, one).isEmpty());
                EXPECT_NE(markOf(d, one), trace::RowMark::match) << d.rows()[one.row].name.toStdString();
            }
        }
        EXPECT_EQ(listed, counted);
        EXPECT_FALSE(listed.empty());
        ++compared;
    }
    EXPECT_GT(compared, 10U);
}
} // namespace
