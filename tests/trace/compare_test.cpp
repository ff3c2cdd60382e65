// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/compare.h"

#include "side_builder.h"
#include "trace/catalogue.h"
#include "trace/tree_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace skbscope::trace {
namespace {

using test::SideBuilder;
using testing::HasSubstr;
using testing::StartsWith;

Comparison compare_sides(const Side &left, const Side &right) {
    return compare(left, build_call_tree(left), right, build_call_tree(right));
}

Side tree(const std::string &text, SideKind kind) {
    auto side = read_tree_text(text, "test");
    EXPECT_TRUE(side) << side.error().message();
    side->info.kind = kind;
    return std::move(*side);
}

// The row that has `function` on the left, or on the right.
const Row &row_of(const Comparison &c, const Side &side, bool left, std::string_view function) {
    const CallTree tree = build_call_tree(side);
    for (const Row &row : c.rows) {
        const std::uint32_t call = left ? row.left : row.right;
        if (call != npos && side.function_name(tree.calls[call].fn) == function) return row;
    }
    static const Row none;
    ADD_FAILURE() << "no row has " << function;
    return none;
}

struct Fixture {
    const char *reference, *ours;
    std::uint32_t reference_calls, our_calls, matched, excused;
    const char *figures; // as the oracle's compare.py prints them
};
class CallFigures : public testing::TestWithParam<Fixture> {};

TEST_P(CallFigures, AreThoseOfTheOracle) {
    const Fixture &f = GetParam();
    const Side ours = tree(test::data_file(f.ours), SideKind::model);
    const Side reference = tree(test::data_file(f.reference), SideKind::kernel);
    const CallFidelity c = compare_sides(ours, reference).calls;
    EXPECT_EQ(c.reference, f.reference_calls);
    EXPECT_EQ(c.ours, f.our_calls);
    EXPECT_EQ(c.matched, f.matched);
    EXPECT_EQ(c.excused, f.excused);
    char text[100];
    std::snprintf(text, sizeof text, "recall %.3f precision %.3f nesting %.3f F1 %.3f", c.recall, c.precision,
                  c.nesting, c.f1);
    EXPECT_STREQ(text, f.figures);
}

INSTANTIATE_TEST_SUITE_P(OnFixtures, CallFigures,
                         testing::Values(Fixture{"udp-veth.tree", "udp-veth.tree", 145, 145, 145, 0,
                                                 "recall 1.000 precision 1.000 nesting 1.000 F1 1.000"},
                                         Fixture{"udp-veth.tree", "udp-veth-model.tree", 145, 147, 144, 3,
                                                 "recall 0.993 precision 1.000 nesting 1.000 F1 0.997"},
                                         Fixture{"udp-veth.tree", "udp-veth-random.tree", 145, 143, 136, 6,
                                                 "recall 0.938 precision 0.993 nesting 0.875 F1 0.844"},
                                         Fixture{"udp-veth-random.tree", "udp-veth-model.tree", 143, 147, 135, 3,
                                                 "recall 0.944 precision 0.938 nesting 0.874 F1 0.822"}));

TEST(Compare, TheKernelWithItselfIsOne) {
    const Side side = tree(test::data_file("udp-veth.tree"), SideKind::kernel);
    const Comparison c = compare_sides(side, side);
    EXPECT_EQ(c.calls.f1, 1.0);
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_TRUE(c.exact);
    EXPECT_EQ(c.rows.size(), 145U);
    for (const Row &row : c.rows)
        EXPECT_EQ(row.mark, RowMark::match);
}

TEST(Compare, OfNothingIsNothing) {
    const Comparison c = compare_sides({}, {});
    EXPECT_TRUE(c.rows.empty());
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(c.states.agreement(), 1.0);
}

TEST(Compare, PutsBothTreesIntoOne) {
    const Side left = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n1\t2\tskb_orphan\n1\t3\tsock_wfree\n1\t1\tip_rcv_finish\n"
                           "1\t2\tip_rcv_finish_core\n",
                           SideKind::model);
    const Side right = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n1\t2\t_raw_spin_lock\n1\t2\tsock_wfree\n"
                            "1\t1\tip_rcv_finish_core\n",
                            SideKind::kernel);
    const Comparison c = compare_sides(left, right);
    std::string shape;
    for (const Row &row : c.rows)
        shape += std::to_string(row.depth) + mark_glyph(row.mark) + " ";
    // The lock stands before the helper that encloses the next match, whatever the order of the sides.
    EXPECT_EQ(shape, "0= 1= 2▶ 2◌ 3= 1◌ 2= ");
    EXPECT_EQ(c.unexplained, 0U);
    for (std::uint32_t i = 0; i < c.rows.size(); ++i)
        EXPECT_TRUE(c.rows[i].parent == npos || c.rows[i].parent < i);
}

TEST(Compare, RowsFormOneTree) {
    const Side left = tree(test::data_file("udp-veth-model.tree"), SideKind::model);
    const Side right = tree(test::data_file("udp-veth-random.tree"), SideKind::kernel);
    const Comparison c = compare_sides(left, right);
    const CallTree lt = build_call_tree(left), rt = build_call_tree(right);
    std::set<std::uint32_t> lefts, rights;
    std::uint32_t last_left = 0, last_right = 0;
    for (std::uint32_t i = 0; i < c.rows.size(); ++i) {
        const Row &row = c.rows[i];
        ASSERT_TRUE(row.left != npos || row.right != npos);
        if (row.left != npos) {
            EXPECT_TRUE(lefts.insert(row.left).second);
            EXPECT_GE(row.left, last_left);
            last_left = row.left;
        }
        if (row.right != npos) {
            EXPECT_TRUE(rights.insert(row.right).second);
            EXPECT_GE(row.right, last_right);
            last_right = row.right;
        }
        EXPECT_EQ(row.depth, row.parent == npos ? 0 : c.rows[row.parent].depth + 1);
    }
    EXPECT_EQ(lefts.size(), lt.calls.size());
    EXPECT_EQ(rights.size(), rt.calls.size());
}

TEST(Compare, SaysInlinedOnlyWhereTheKernelShowsThatItIs) {
    const Side model = tree(test::data_file("udp-veth-model.tree"), SideKind::model);
    const Side kernel = tree(test::data_file("udp-veth.tree"), SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    const Row &at_call = row_of(c, model, true, "ip_local_out");
    EXPECT_EQ(at_call.mark, RowMark::inlined);
    EXPECT_EQ(at_call.reason().code, ReasonCode::inlined_at_call);
    EXPECT_THAT(at_call.reason().evidence, StartsWith("calls.tsv: ip_send_skb has no call to ip_local_out"));
    const Row &everywhere = row_of(c, model, true, "skb_orphan");
    EXPECT_EQ(everywhere.mark, RowMark::inlined);
    EXPECT_EQ(everywhere.reason().code, ReasonCode::inlined_in_kernel);
    EXPECT_THAT(everywhere.reason().evidence, HasSubstr("include/linux/skbuff.h:3174"));
    // Two models inline nothing.
    const Side other = tree(test::data_file("udp-veth.tree"), SideKind::model);
    EXPECT_EQ(row_of(compare_sides(model, other), model, true, "skb_orphan").mark, RowMark::unexplained);
}

// raw_rcv() has an indirect call, and raw_rcv_skb() is called through pointers elsewhere; but all that the one calls is
// in the other's machine code.
TEST(Compare, ABodyThatIsThereWholeWasInlinedWhateverPointersThereAre) {
    ASSERT_EQ(Catalogue::builtin().inlined_at("raw_rcv", "raw_rcv_skb"), false);
    const Side model = tree("1\t0\traw_rcv\n1\t1\traw_rcv_skb\n1\t2\tsock_queue_rcv_skb_reason\n", SideKind::model);
    const Side kernel = tree("1\t0\traw_rcv\n1\t1\tsock_queue_rcv_skb_reason\n", SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::inlined);
    EXPECT_EQ(c.rows.at(1).reason().code, ReasonCode::inlined_at_call);
    // one that is called directly was not
    const Side direct = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n", SideKind::model);
    const Side lone = tree("1\t0\tip_rcv\n", SideKind::kernel);
    EXPECT_EQ(compare_sides(direct, lone).rows.at(1).mark, RowMark::unexplained);
}

TEST(Compare, DoesNotCallInlinedWhatLeftNoTrace) {
    const Side model = tree("1\t0\tip_finish_output2\n1\t1\tudp_send_skb\n1\t1\t__dev_queue_xmit\n", SideKind::model);
    const Side kernel = tree("1\t0\tip_finish_output2\n1\t1\t__dev_queue_xmit\n", SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    EXPECT_EQ(c.calls.excused, 1U); // the score knows no better
    EXPECT_EQ(c.rows.at(1).mark, RowMark::unexplained);
}

TEST(Compare, SaysThatOnlyTheRestOfAFunctionIsThere) {
    const Side model =
        tree("1\t0\tip_route_input_noref\n1\t1\tip_route_input_rcu\n1\t2\tip_route_input_slow\n", SideKind::model);
    const Side kernel = tree("1\t0\tip_route_input_noref\n1\t1\tip_route_input_slow\n", SideKind::kernel);
    const Row row = compare_sides(model, kernel).rows.at(1);
    EXPECT_EQ(row.mark, RowMark::inlined);
    EXPECT_EQ(row.reason().code, ReasonCode::inlined_at_call);
    EXPECT_THAT(row.reason().evidence, HasSubstr("ip_route_input_rcu.part"));
    // The kernel calls the rest, and the model does not: that is another matter.
    EXPECT_EQ(compare_sides(tree("1\t0\tip_route_input_noref\n", SideKind::model),
                            tree("1\t0\tip_route_input_noref\n1\t1\tip_route_input_rcu\n", SideKind::kernel))
                  .rows.at(1)
                  .mark,
              RowMark::unexplained);
}

// The promise of the whole: nobody can lose a function without the comparison saying so.
TEST(Compare, CallsAMissingFunctionUnexplained) {
    const std::string text = test::data_file("udp-veth.tree");
    const Side kernel = tree(text, SideKind::kernel);
    std::set<std::string> functions;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        functions.insert(line.substr(line.rfind('\t') + 1));
    unsigned tried = 0;
    for (const std::string &gone : functions) {
        // As if its TRACE_FN were not there: what it calls moves up to its caller.
        Side model = kernel;
        model.info.kind = SideKind::model;
        std::erase_if(model.events, [&](const Event &e) { return model.function_name(e.fn) == gone; });
        for (std::uint32_t i = 0; i < model.events.size(); ++i)
            model.events[i].seq = i;
        if (!not_modelled(gone).empty()) continue;
        ++tried;
        const Comparison c = compare_sides(model, kernel);
        std::uint32_t unexplained = 0, missing = 0;
        for (const Row &row : c.rows) {
            missing += row.left == npos ? 1 : 0;
            unexplained += row.mark == RowMark::unexplained ? 1 : 0;
        }
        EXPECT_GT(missing, 0U) << gone;
        EXPECT_EQ(unexplained, missing) << gone;
        EXPECT_EQ(c.unexplained, missing) << gone;
    }
    EXPECT_GE(tried, 100U);
}

TEST(Compare, CallsAnExtraFunctionUnexplained) {
    Side kernel = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n1\t1\tip_rcv_finish_core\n", SideKind::kernel);
    const Side model =
        tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n1\t1\tip_rcv_core\n1\t1\tip_rcv_finish_core\n", SideKind::model);
    const Comparison c = compare_sides(model, kernel);
    EXPECT_EQ(c.unexplained, 1U);
    EXPECT_EQ(c.rows[2].mark, RowMark::unexplained);
    EXPECT_EQ(c.rows[2].reason().code, ReasonCode::none);
}

TEST(Compare, TellsLostFromNotCalled) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->enter("ip_rcv");
        b->call("ip_rcv_core");
        if (b == &model) {
            b->call("ip_rcv_finish_core");
        } else {
            b->lose(2);
        }
        b->call("ip_local_deliver");
        b->leave("ip_rcv");
    }
    const Comparison c = compare_sides(model.side, kernel.side);
    const Row &row = row_of(c, model.side, true, "ip_rcv_finish_core");
    EXPECT_EQ(row.mark, RowMark::lost);
    EXPECT_EQ(row.reason().code, ReasonCode::lost);
    EXPECT_EQ(row.reason().evidence, "kernel event 3: hole in the sequence on CPU 0");
    EXPECT_EQ(c.unexplained, 0U);
}

TEST(Compare, SeesALossAtTheEnd) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    model.call("ip_rcv").call("udp_rcv");
    kernel.call("ip_rcv");
    kernel.add(SKBSCOPE_EV_LOSS).loss = {40, SKBSCOPE_LOSS_STREAM_CUT, {}};
    const Comparison c = compare_sides(model.side, kernel.side);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::lost);
    EXPECT_EQ(c.rows[1].reason().text, "unknown (lost): 40 events lost here: the stream was cut");
}

TEST(Compare, ALossElsewhereExcusesNothing) {
    SideBuilder model(SideKind::model), kernel(SideKind::kernel);
    for (SideBuilder *b : {&model, &kernel}) {
        b->call("ip_rcv");
        if (b == &model) b->call("udp_rcv");
        b->call("ip_local_deliver");
        if (b == &kernel) b->lose(5);
        b->call("dst_release");
    }
    EXPECT_EQ(compare_sides(model.side, kernel.side).rows.at(1).mark, RowMark::unexplained);
}

TEST(Compare, NamesAConfigurationThatDiffers) {
    Side model = tree("1\t0\tip_rcv\n1\t0\tdst_release\n", SideKind::model);
    Side kernel = tree("1\t0\tip_rcv\n1\t0\tnf_hook_slow\n1\t0\tdst_release\n", SideKind::kernel);
    model.info.facts["netfilter.ipv4.post_routing"] = "";
    EXPECT_EQ(compare_sides(model, kernel).rows.at(1).mark, RowMark::unexplained); // one side alone proves nothing
    kernel.info.facts["netfilter.ipv4.post_routing"] = "apparmor";
    const Row row = compare_sides(model, kernel).rows.at(1);
    EXPECT_EQ(row.mark, RowMark::kernel_only);
    EXPECT_EQ(row.reason().code, ReasonCode::configuration);
    EXPECT_EQ(row.reason().evidence, "netfilter.ipv4.post_routing:  | apparmor");
    model.info.facts["netfilter.ipv4.post_routing"] = "apparmor";
    EXPECT_EQ(compare_sides(model, kernel).rows.at(1).mark, RowMark::unexplained);
}

TEST(Compare, CitesTheProbeThatCouldNotBe) {
    const Side model = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n", SideKind::model);
    Side kernel = tree("1\t0\tip_rcv\n", SideKind::kernel);
    kernel.info.facts["not traced: ip_rcv_core"] = "7 arguments, and kprobes are locked down";
    const Row row = compare_sides(model, kernel).rows.at(1);
    EXPECT_EQ(row.mark, RowMark::model_only);
    EXPECT_EQ(row.reason().code, ReasonCode::not_traceable);
    EXPECT_THAT(row.reason().evidence, HasSubstr("kprobes are locked down"));
}

TEST(Compare, LeavesHelpersOutsideTheScopeAlone) {
    const Side model = tree("1\t0\tip_rcv\n", SideKind::model);
    const Side kernel = tree("1\t0\tip_rcv\n1\t1\t_raw_spin_lock\n1\t0\tirq_exit_rcu\n", SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    for (const std::size_t i : {1U, 2U}) {
        EXPECT_EQ(c.rows.at(i).mark, RowMark::kernel_only);
        EXPECT_EQ(c.rows.at(i).reason().code, ReasonCode::outside_scope);
    }
    EXPECT_EQ(c.unexplained, 0U);
    EXPECT_EQ(c.calls.f1, 1.0);
}

TEST(Compare, MarksACallThatMoved) {
    const Side model =
        tree("1\t0\tip_rcv\n1\t1\tdst_release\n1\t1\tip_rcv_core\n1\t1\tip_rcv_finish_core\n", SideKind::model);
    const Side kernel =
        tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n1\t1\tip_rcv_finish_core\n1\t1\tdst_release\n", SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    ASSERT_EQ(c.rows.size(), 5U);
    EXPECT_EQ(c.rows[1].mark, RowMark::order);
    EXPECT_EQ(c.rows[1].reason().evidence, "kernel call 3, under the same caller");
    EXPECT_EQ(c.rows[4].mark, RowMark::order);
    EXPECT_EQ(c.unexplained, 2U); // that it moved is what differs, not why
}

TEST(Compare, SeesACallUnderTheWrongCaller) {
    const Side model = tree("1\t0\tip_rcv\n1\t0\tip_rcv_core\n", SideKind::model);
    const Side kernel = tree("1\t0\tip_rcv\n1\t1\tip_rcv_core\n", SideKind::kernel);
    const Comparison c = compare_sides(model, kernel);
    EXPECT_EQ(c.rows.at(1).mark, RowMark::unexplained);
    ASSERT_EQ(c.rows[1].fields().size(), 1U);
    EXPECT_EQ(c.rows[1].fields()[0].field, "caller");
    EXPECT_EQ(c.rows[1].fields()[0].left, "none");
    EXPECT_EQ(c.rows[1].fields()[0].right, "ip_rcv");
    EXPECT_EQ(c.unexplained, 1U);
}

TEST(Compare, SortsMarksByHowBadTheyAre) {
    using enum RowMark;
    const RowMark worst_first[] = {unexplained, lost, differs, order, model_only, kernel_only, inlined, match};
    for (std::size_t i = 1; i < std::size(worst_first); ++i)
        EXPECT_GT(mark_severity(worst_first[i - 1]), mark_severity(worst_first[i]));
    EXPECT_STREQ(mark_name(kernel_only), "kernel only");
    EXPECT_STREQ(mark_glyph(unexplained), "!");
    EXPECT_STREQ(reason_name(ReasonCode::not_written), "not written yet");
    EXPECT_STREQ(reason_name(ReasonCode::random_by_design), "random by design");
}

} // namespace
} // namespace skbscope::trace
