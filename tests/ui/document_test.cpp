// SPDX-License-Identifier: GPL-2.0-or-later
// Rows, steps and strides over them.
#include "tests/ui/fixture.h"
#include "ui/models/stepper.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope::ui;
using skbscope::trace::RowMark;

class Document : public testing::Test {
protected:
    std::shared_ptr<const TraceDocument> d = TraceDocument::build(test::udpVeth());

    quint32 row(const char *name, int nth = 0) const {
        for (quint32 i = 0; i < d->rows().size(); ++i)
            if (d->rows()[i].name == QLatin1String(name) && nth-- == 0) return i;
        ADD_FAILURE() << "no row " << name;
        return 0;
    }
    quint32 step(const char *name) const { return d->rows()[row(name)].firstStep; }
    std::string nameAt(std::optional<quint32> s) const {
        return s ? d->rows()[d->steps()[*s].row].name.toStdString() : "nowhere";
    }
    std::string go(quint32 from, Stride stride, Direction direction) const {
        return nameAt(stepFrom(*d, from, stride, direction));
    }
};

TEST_F(Document, UnionHoldsEveryCallOfBothSides) {
    EXPECT_EQ(d->side(SideKind::kernel)->tree.calls.size(), 145U);
    EXPECT_EQ(d->rows().size(), 150U);
    EXPECT_EQ(d->comparison()->calls.matched, 145U);
    EXPECT_EQ(d->comparison()->unexplained, 0U);
    for (const SideKind kind : bothSides)
        for (quint32 call = 0; call < d->side(kind)->tree.calls.size(); ++call)
            EXPECT_EQ(d->callOf(d->side(kind)->rowOf(call), kind), call);
}

TEST_F(Document, ParentsStandBeforeChildrenAndCountThem) {
    for (quint32 i = 0; i < d->rows().size(); ++i)
        if (d->rows()[i].parent != npos) {
            EXPECT_LT(d->rows()[i].parent, i);
            EXPECT_EQ(d->rows()[i].depth, d->rows()[d->rows()[i].parent].depth + 1);
        }
    EXPECT_EQ(d->rows()[row("ip_rcv_core")].inside, 2U); // skb_orphan, sock_wfree
    EXPECT_TRUE(d->isInside(row("sock_wfree"), row("ip_rcv")));
    EXPECT_FALSE(d->isInside(row("ip_rcv"), row("sock_wfree")));
}

TEST_F(Document, FoldedMarkIsTheWorstInside) {
    const DocumentRow &send = d->rows()[row("udp_sendmsg")];
    EXPECT_EQ(send.mark, RowMark::match);
    EXPECT_EQ(send.worst, RowMark::differs); // source port and IP id below
    EXPECT_EQ(d->rows()[send.worstRow].reasonWords().toStdString().find("random by design") != std::string::npos, true);
}

TEST_F(Document, TheBuffersOwnFunctionsTakeTheirCallersLayer) {
    EXPECT_EQ(d->rows()[row("skb_pull_inline")].layer, skbscope::trace::Layer::link);
    EXPECT_EQ(d->rows()[row("skb_put")].layer, skbscope::trace::Layer::network);
}

TEST_F(Document, AnEffectAfterAReturnIsAStepOfItsOwn) {
    // __alloc_skb's sk_buff is there after __build_skb_around returned
    int late = 0;
    for (const Step &s : d->steps())
        if (s.late) {
            ++late;
            EXPECT_EQ(d->rows()[s.row].name, QStringLiteral("__alloc_skb"));
        }
    EXPECT_EQ(late, 1);
    EXPECT_EQ(d->steps().size(), d->rows().size() + 1);
}

TEST_F(Document, EveryStepEndsWhereTheNextBegins) {
    for (const SideKind kind : bothSides) {
        quint32 last = npos;
        for (const Step &s : d->steps()) {
            const StepSide &side = s.sides[sideIndex(kind)];
            if (!side.own) {
                EXPECT_EQ(side.event, last); // the state stays
                continue;
            }
            EXPECT_EQ(side.begin, last == npos ? side.begin : last + 1);
            last = side.event;
        }
        EXPECT_EQ(last + 1, d->side(kind)->side->events.size());
    }
}

TEST_F(Document, StridesForward) {
    EXPECT_EQ(go(step("ip_rcv_core"), Stride::into, Direction::forward), "skb_orphan");
    EXPECT_EQ(go(step("ip_rcv_core"), Stride::over, Direction::forward), "ip_rcv_finish");
    EXPECT_EQ(go(step("ip_rcv_core"), Stride::out, Direction::forward), "dst_release"); // past ip_rcv and all above it
    EXPECT_EQ(go(step("sock_wfree"), Stride::over, Direction::forward), "ip_rcv_finish");
    EXPECT_EQ(go(step("__sys_sendto"), Stride::over, Direction::forward), "__sys_recvfrom");
}

TEST_F(Document, StridesBack) {
    EXPECT_EQ(go(step("ip_rcv_finish"), Stride::into, Direction::back), "sock_wfree");
    EXPECT_EQ(go(step("ip_rcv_finish"), Stride::over, Direction::back), "ip_rcv_core");
    EXPECT_EQ(go(step("ip_rcv_finish"), Stride::out, Direction::back), "ip_rcv");
    EXPECT_EQ(go(step("__sys_recvfrom"), Stride::out, Direction::back), "__sys_sendto");
}

TEST_F(Document, StridesFromALateStepGoOnInItsFunction) {
    quint32 late = 0;
    while (!d->steps()[late].late)
        ++late;
    EXPECT_EQ(go(late, Stride::into, Direction::forward), "skb_set_owner_w");
    EXPECT_EQ(go(late, Stride::over, Direction::forward), "skb_set_owner_w");
    EXPECT_EQ(go(late, Stride::over, Direction::back), "__build_skb_around");
    EXPECT_EQ(go(late, Stride::out, Direction::back), "__alloc_skb");
}

TEST_F(Document, StridesEndAtTheEnds) {
    const quint32 last = quint32(d->steps().size()) - 1;
    for (const Stride stride : {Stride::into, Stride::over, Stride::out}) {
        EXPECT_FALSE(stepFrom(*d, 0, stride, Direction::back));
        EXPECT_FALSE(stepFrom(*d, last, stride, Direction::forward));
        EXPECT_FALSE(stepFrom(*d, last + 7, stride, Direction::forward));
    }
}

TEST_F(Document, DifferencesAreFoundBothWays) {
    const auto first = differenceFrom(*d, 0, Direction::forward);
    ASSERT_TRUE(first);
    EXPECT_EQ(nameAt(first), "udp_send_skb");
    const auto second = differenceFrom(*d, *first, Direction::forward);
    EXPECT_EQ(nameAt(second), "ip_send_skb");
    EXPECT_EQ(differenceFrom(*d, *second, Direction::back), first);
    EXPECT_FALSE(differenceFrom(*d, *first, Direction::back));
}

TEST(DocumentOfOneSide, HasNoMarks) {
    const auto d = TraceDocument::build(test::udpVethModelOnly());
    EXPECT_EQ(d->comparison(), nullptr);
    EXPECT_EQ(d->firstSide(), SideKind::model);
    EXPECT_EQ(d->rows().size(), 150U);
    for (const DocumentRow &r : d->rows())
        EXPECT_FALSE(r.mark);
}

TEST(DocumentOfNothing, IsEmptyAndSafe) {
    const auto d = TraceDocument::build({});
    EXPECT_TRUE(d->rows().empty());
    EXPECT_TRUE(d->steps().empty());
    EXPECT_FALSE(stepFrom(*d, 0, Stride::into, Direction::forward));
}
} // namespace
