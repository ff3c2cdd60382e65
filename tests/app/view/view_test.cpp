// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/loader.h"
#include "app/terminal/text.h"
#include "app/view/step_marks.h"
#include "app/view/summary.h"
#include "app/view/view.h"
#include "golden.h"
#include "sample_sides.h"
#include "side_builder.h"

#include <gmock/gmock.h>
#include <sstream>

namespace skbscope::app {
namespace {

using testing::HasSubstr;
using testing::Not;

const Scenario &scenario() {
    static const Scenario s = *parseScenario(sampleScenario, "sample.yaml");
    return s;
}

std::string both(const ViewOptions &options, const TerminalSettings &terminal) {
    std::ostringstream out;
    printComparison(out, sampleModel(), sampleKernel(), {"sample", "A short story"}, &scenario().ops, options,
                    terminal);
    return out.str();
}

std::string one(const trace::Side &side, const TerminalSettings &terminal) {
    std::ostringstream out;
    printSide(out, side, {"sample", "A short story"}, &scenario().ops, {}, terminal);
    return out.str();
}

TerminalSettings plain(std::size_t width) {
    return {.colour = false, .ascii = false, .width = width};
}

std::vector<std::string> linesOf(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

TEST(View, TwoSidesAt160) {
    expectGolden("both-160.txt", both({}, plain(160)));
}
TEST(View, TwoSidesAt100) {
    expectGolden("both-100.txt", both({}, plain(100)));
}
TEST(View, InColour) {
    expectGolden("both-100-colour.txt", both({}, {.colour = true, .ascii = false, .width = 100}));
}
TEST(View, WithoutUtf8) {
    const std::string text = both({}, {.colour = false, .ascii = true, .width = 100});
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; })) << text;
    expectGolden("both-100-ascii.txt", text);
}
TEST(View, ModelAlone) {
    expectGolden("model-100.txt", one(sampleModel(), plain(100)));
}
TEST(View, KernelAlone) {
    expectGolden("kernel-100.txt", one(sampleKernel(), plain(100)));
}

// Colour adds nothing but colour, and no line is wider than the terminal.
TEST(View, ColourAloneTellsNothing) {
    std::string coloured = both({}, {.colour = true, .ascii = false, .width = 100}), stripped;
    for (std::size_t i = 0; i < coloured.size(); ++i) {
        if (coloured[i] == '\x1b') {
            i = coloured.find('m', i);
            continue;
        }
        stripped += coloured[i];
    }
    const auto trimmed = [](const std::string &text) {
        std::string out;
        for (std::string line : linesOf(text)) {
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + "\n";
        }
        return out;
    };
    EXPECT_EQ(trimmed(stripped), both({}, plain(100)));
}

TEST(View, FitsTheWidth) {
    for (const std::size_t width : {60U, 77U, 100U, 160U, 233U})
        for (const std::string &line : linesOf(both({}, plain(width))))
            EXPECT_LE(columnsOf(line), width) << line;
}

// Folding keeps the worst mark inside and says how many calls are hidden.
TEST(View, DepthFolds) {
    const std::string text = both({.depth = 2, .only = {}}, plain(100));
    EXPECT_THAT(text, HasSubstr("ip_send_skb +12"));
    EXPECT_THAT(text, HasSubstr("! "));
    EXPECT_THAT(text, Not(HasSubstr("veth_xmit")));
    EXPECT_THAT(text, HasSubstr("unexplained  1")); // the figures are those of the whole trace
}

TEST(View, OnlyMatchingNames) {
    const std::string text = both({.depth = trace::npos, .only = {"ip_*", "*sendto"}}, plain(100));
    EXPECT_THAT(text, HasSubstr("__sys_sendto"));
    EXPECT_THAT(text, HasSubstr("ip_output"));
    EXPECT_THAT(text, Not(HasSubstr("udp_sendmsg")));
}

TEST(View, OnlyOnePacket) {
    const std::string text = both({.depth = trace::npos, .only = {}, .packet = 1}, plain(100));
    EXPECT_THAT(text, HasSubstr("ip_rcv"));
    EXPECT_THAT(text, Not(HasSubstr("__sys_recvfrom ")));
}

// What a call returns is told where it is an error or where the sides differ.
TEST(View, ReturnValues) {
    const auto story = [](trace::SideKind kind, std::int64_t ret) {
        SideBuilder b(kind);
        b.task(7, "t").enter("udp_sendmsg").enter("ip_rcv").leave(ret).leave(-90);
        return b.take();
    };
    std::ostringstream out;
    printComparison(out, story(trace::SideKind::model, 0), story(trace::SideKind::kernel, -22), {}, nullptr, {},
                    plain(120));
    EXPECT_THAT(out.str(), HasSubstr("‹→ -EMSGSIZE›"));
    EXPECT_THAT(out.str(), HasSubstr("returns: 0"));
    EXPECT_THAT(out.str(), HasSubstr("-EINVAL   no reason known: a bug in one of us"));
    std::ostringstream one;
    printSide(one, story(trace::SideKind::kernel, -22), {}, nullptr, {}, plain(120));
    EXPECT_THAT(one.str(), HasSubstr("‹→ -EINVAL›"));
}

// What was deduced never poses as seen: it is marked, and has no sk_buff even where the record claims one.
TEST(View, InferredCallsAreMarked) {
    SideBuilder b(trace::SideKind::kernel);
    b.task(7, "t").packet(1, datagram(16, 40)).enter("ip_rcv").enter("ip_rcv_core").leave().leave();
    trace::Side side = b.take();
    side.events[0].state = static_cast<std::uint8_t>((side.events[0].state & ~SKBSCOPE_STATE_PROV_MASK) |
                                                     SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT);
    std::ostringstream out;
    printSide(out, side, {}, nullptr, {}, plain(120));
    EXPECT_THAT(out.str(), HasSubstr("~ip_rcv\n"));
    EXPECT_THAT(out.str(), Not(HasSubstr("~ip_rcv_core")));
    EXPECT_THAT(out.str(), HasSubstr("len 40")); // first seen where it was read
    EXPECT_EQ(out.str().find("len 40"), out.str().rfind("len 40"));
}

TEST(View, LostEventsHaveALine) {
    SideBuilder b(trace::SideKind::kernel);
    b.task(7, "t").enter("ip_rcv").loss(40).enter("ip_rcv_core").leave().leave();
    trace::Side kernel = b.take();
    kernel.events[1].loss.reason = SKBSCOPE_LOSS_RING_FULL;
    std::ostringstream out;
    printSide(out, kernel, {}, nullptr, {.depth = 0, .only = {"nothing"}}, plain(100));
    EXPECT_THAT(out.str(), HasSubstr("╌╌╌ ⌇ 40 events lost here: ring full   kernel, CPU 0 ╌"));
}

// A recorded kernel never poses as a live one.
TEST(View, RecordedIsSaidLoudly) {
    trace::Side kernel = sampleKernel();
    kernel.info.recorded = true;
    std::ostringstream out;
    printComparison(out, sampleModel(), kernel, {}, nullptr, {}, plain(120));
    EXPECT_THAT(out.str(), HasSubstr("Kernel 6.1.0-99-test, RECORDED 2025-01-02"));
    EXPECT_THAT(out.str(), HasSubstr("RECORDED: this kernel did not run now"));
    EXPECT_THAT(both({}, plain(120)), Not(HasSubstr("RECORDED")));
}

// Names from a trace file are hostile.
TEST(View, ControlCharactersInNames) {
    SideBuilder b(trace::SideKind::kernel);
    b.task(7, "evil\x1b[2J").at("h\x1b", "d\n").packet(1, datagram(16, 40)).enter("fn\x1b[31m").leave();
    std::ostringstream out;
    printSide(out, b.side(), {"n\x1b", "t"}, nullptr, {}, plain(120));
    EXPECT_EQ(out.str().find('\x1b'), std::string::npos);
    EXPECT_THAT(out.str(), HasSubstr("fn\\x1b[31m"));
}

TEST(View, EmptySide) {
    trace::Side empty;
    std::ostringstream out;
    printSide(out, empty, {}, nullptr, {}, plain(100));
    printComparison(out, empty, empty, {}, nullptr, {}, plain(100));
    EXPECT_THAT(out.str(), HasSubstr("0 in 0 events"));
}

TEST(View, NestedCallsDeeperThanTheColumn) {
    SideBuilder b(trace::SideKind::model);
    for (int i = 0; i < 80; ++i)
        b.enter("a_rather_long_function_name_" + std::to_string(i));
    for (int i = 0; i < 80; ++i)
        b.leave();
    std::ostringstream out;
    printComparison(out, b.side(), b.side(), {}, nullptr, {}, plain(80));
    for (const std::string &line : linesOf(out.str()))
        EXPECT_LE(columnsOf(line), 80U) << line;
    EXPECT_THAT(out.str(), HasSubstr("…"));
}

TEST(StepMarksOf, ResultsAndWindow) {
    const trace::Side side = sampleModel();
    const StepMarks marks(side);
    EXPECT_EQ(marks.result(3), 12);
    EXPECT_EQ(marks.result(4), -11);
    EXPECT_FALSE(marks.result(99));
    EXPECT_TRUE(marks.traced(3));
    EXPECT_FALSE(marks.traced(2));
    EXPECT_EQ(marks.line(4), 11U);
    EXPECT_EQ(resultText(-11), "EAGAIN (Resource temporarily unavailable)");
    EXPECT_EQ(stepText(scenario().ops, 3), "sendto s 10.9.0.2:7000, 12 bytes");
}

TEST(Losses, CountedAndUnknown) {
    const trace::Side kernel = sampleKernel();
    const Losses l = lossesOf(kernel, trace::build_call_tree(kernel));
    EXPECT_EQ(l.events, 3U);
    EXPECT_FALSE(l.unknown);
    trace::Side hole = sampleModel();
    hole.events.erase(hole.events.begin() + 10); // a sequence number is missing
    EXPECT_TRUE(lossesOf(hole, trace::build_call_tree(hole)).unknown);
}

// Sides that differ in too many calls are aligned in pieces: then the summary says that it may not be the best way.
TEST(View, SaysWhereAnotherAlignmentMayBeBetter) {
    const trace::Side model = sampleModel(), kernel = sampleKernel();
    const trace::CallTree left = trace::build_call_tree(model), right = trace::build_call_tree(kernel);
    const SideNotes leftNotes(model, left), rightNotes(kernel, right);
    trace::Comparison c = trace::compare(model, left, kernel, right);
    const auto summary = [&] {
        std::string out;
        for (const std::string &line : comparisonSummary(c, leftNotes, rightNotes, Style(false, false), 100))
            out += line + '\n';
        return out;
    };
    EXPECT_THAT(summary(), Not(HasSubstr("alignment")));
    c.exact = false;
    EXPECT_THAT(summary(), HasSubstr("alignment"));
}

} // namespace
} // namespace skbscope::app
