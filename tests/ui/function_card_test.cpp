// SPDX-License-Identifier: GPL-2.0-or-later
// The function's card, and events that were lost.
#include "tests/ui/models_fixture.h"
#include "ui/models/call_window.h"
#include "ui/models/losses.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using ui::test::Models;

QString cardRow(const FunctionModel &card, const char *heading) {
    for (int i = 0; i < card.rowCount(); ++i)
        if (card.data(card.index(i), PaneModel::IdRole) == QLatin1String(heading))
            return card.data(card.index(i)).toString();
    return {};
}

// The kernel's time is in the unit of its clock and apart from the model's cost, which is none, and an inferred call
// has neither time nor state.
TEST(FunctionCard, SaysWhatACallReturnedAndTook) {
    trace::Trace t = ui::test::udpVeth();
    trace::Side &kernel = *t.side(SideKind::kernel);
    const trace::CallTree tree = trace::build_call_tree(kernel);
    const auto call = [&](const char *name) {
        return std::find_if(tree.calls.begin(), tree.calls.end(),
                            [&](const trace::Call &c) { return kernel.function_name(c.fn) == name; });
    };
    kernel.events[call("ip_rcv")->leave].leave.ret = -22;
    trace::Event &inferred = kernel.events[call("ip_rcv_core")->enter];
    inferred.state = static_cast<std::uint8_t>((inferred.state & ~SKBSCOPE_STATE_PROV_MASK) |
                                               SKBSCOPE_PROV_INFERRED << SKBSCOPE_STATE_PROV_SHIFT);
    for (const trace::Clock clock : {trace::Clock::real_ns, trace::Clock::instructions}) {
        kernel.info.clock = clock;
        Session s;
        s.open(TraceDocument::build(t));
        const auto at = [&](const char *name) {
            const auto &rows = s.selection.document()->rows();
            const auto row =
                std::find_if(rows.begin(), rows.end(), [&](const DocumentRow &r) { return r.name == name; });
            s.selection.setStep((*row).firstStep);
            return quint32(row - rows.begin());
        };
        const bool instructions = clock == trace::Clock::instructions;
        const quint32 rcv = at("ip_rcv");
        EXPECT_EQ(cardRow(s.function, "Returns").toStdString(), "`0` (model), `-EINVAL` (kernel)");
        EXPECT_TRUE(s.function.kernelTime().endsWith(instructions ? " instructions, tracing included"
                                                                  : " ns, tracing included"));
        EXPECT_EQ(s.function.modelCost().toStdString(), "no cost: the model's clock stands still");
        EXPECT_EQ(s.calls.timeUnit().toStdString(), instructions ? "k instr." : "µs");
        EXPECT_FALSE(s.calls.cells(rcv).time.isEmpty());
        EXPECT_EQ(*s.calls.cells(rcv).mark, trace::RowMark::unexplained);
        const quint32 core = at("ip_rcv_core");
        EXPECT_TRUE(s.calls.cells(core).inferred);
        EXPECT_TRUE(s.calls.cells(core).tip.contains("inferred from a stack"));
        EXPECT_EQ(s.calls.cells(core).time, QString());
        EXPECT_EQ(s.function.kernelTime().toStdString(), "not measured");
        EXPECT_TRUE(cardRow(s.function, "Known from").contains("inferred"));
        at("skb_pull_inline"); // the model's alone
        EXPECT_EQ(s.function.kernelTime().toStdString(), "the kernel shows no such call");
    }
}

// Missing events are a line of their own, folded or not, and no side is said to have called less.
TEST(Losses, StandInTheListWhereTheyHappened) {
    trace::Trace t = ui::test::udpVeth();
    trace::Side &kernel = *t.side(SideKind::kernel);
    const auto at = kernel.events.begin() + std::ptrdiff_t(kernel.events.size() / 2);
    trace::Event loss = *at;
    loss.kind = SKBSCOPE_EV_LOSS;
    loss.fn = trace::no_function;
    loss.loss = {40, SKBSCOPE_LOSS_RING_FULL, {}};
    kernel.events.insert(kernel.events.erase(at, at + 40), loss);
    Session s;
    s.open(TraceDocument::build(t));
    const TraceDocument &d = *s.selection.document();
    const std::vector<LossNote> losses = lossNotes(d);
    ASSERT_FALSE(losses.empty());
    EXPECT_EQ(lostText(d).toStdString(), "40 or more"); // and a hole besides
    EXPECT_TRUE(std::any_of(losses.begin(), losses.end(), [](const LossNote &note) {
        return note.text == QLatin1String("40 events lost here: ring full");
    }));
    EXPECT_EQ(s.unexplained(), 0);
    s.selection.setStep(d.rows()[std::min<quint32>(losses[0].row, quint32(d.rows().size()) - 1)].firstStep);
    for (const bool folded : {false, true}) {
        folded ? s.calls.foldAll() : s.calls.unfoldAll();
        const CallWindow window = callWindow(s.calls, {4000, 18.9, 21, 0});
        const auto lines = std::count_if(window.lines.begin(), window.lines.end(),
                                         [](const CallLine &line) { return line.kind == CallLine::loss; });
        EXPECT_EQ(lines, qsizetype(losses.size())) << (folded ? "folded" : "unfolded");
    }
}
} // namespace
