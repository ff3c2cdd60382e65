// SPDX-License-Identifier: GPL-2.0-or-later
// The picture and the tables: every point is there, the cost model is stated, the colours are the theme's.
#include "app/experiment/sweep.h"

#include <fstream>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace skbscope::app::experiment {
namespace {

using testing::HasSubstr;

Sweep made_up() {
    Sweep s{"livelock", livelockDefaults(), {}};
    for (const Mode mode : s.options.modes)
        for (unsigned i = 1; i <= 3; ++i) {
            LoadResult r;
            r.offered = i * 100e3;
            r.delivered = i * 50e3 + static_cast<unsigned>(mode) * 1e3;
            s.points.push_back({mode, 1, r});
        }
    return s;
}

std::size_t count(const std::string &text, const std::string &what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++n;
    return n;
}

TEST(Chart, EverySeriesHasALineMarksAndAName) {
    const std::string svg = toSvg(drawChart(chartOf(made_up())));
    for (const char *name :
         {"an interrupt a packet", "NAPI<", "NAPI and GRO", "NAPI and RPS, 4 CPUs", "NAPI in a thread"})
        EXPECT_THAT(svg, HasSubstr(name));
    EXPECT_EQ(count(svg, "<circle"), 4U) << "three points and the one beside the name";
    EXPECT_EQ(count(svg, "<polygon"), 16U) << "the other four series";
    EXPECT_THAT(svg, HasSubstr("interrupt 1000"));
    EXPECT_THAT(svg, HasSubstr("delivered-packet 600"));
}

TEST(Chart, WordsAreEscaped) {
    Drawing d;
    d.items.emplace_back(Words{{0, 0}, "a < b & c", 12, Tone::ink, Anchor::start, false, false});
    EXPECT_THAT(toSvg(d), HasSubstr("a &lt; b &amp; c"));
}

TEST(Chart, ColoursAreTheThemes) {
    std::ifstream in(SKBSCOPE_SOURCE_DIR "/ui/theme/theme.json");
    const auto theme = nlohmann::json::parse(in);
    Drawing d;
    for (unsigned i = 0; i < 8; ++i)
        d.items.emplace_back(Polyline{{{0, 0}, {1, 1}}, static_cast<Tone>(i), 1, {}});
    const std::string svg = toSvg(d);
    for (const char *ink : {"panel", "ink", "ink2", "line", "aMark", "nMark", "tMark", "lMark"})
        EXPECT_THAT(svg, HasSubstr("stroke=\"" + theme["light"][ink].get<std::string>() + "\"")) << ink;
}

TEST(Tables, EveryPointWithTheCostModel) {
    const Sweep sweep = made_up();
    const std::string csv = csvOf(sweep);
    EXPECT_THAT(csv, HasSubstr("# Cost model, ns: interrupt 1000, isr-packet 600"));
    EXPECT_THAT(csv, HasSubstr("mode,cpus,offered_pps,delivered_pps,missed"));
    EXPECT_THAT(csv, HasSubstr("\nnapi-gro,1,300000,152000,0"));
    const auto json = nlohmann::json::parse(jsonOf(sweep));
    EXPECT_EQ(json["points"].size(), 15U);
    EXPECT_EQ(json["costs_ns"]["stack-packet"], 900);
    EXPECT_EQ(json["points"][4]["mode"], "napi");
    EXPECT_EQ(json["points"][4]["delivered_pps"], 101000.0);
    EXPECT_THAT(textOf(sweep), HasSubstr("NAPI and RPS, 4 CPUs\n"));
}

} // namespace
} // namespace skbscope::app::experiment
