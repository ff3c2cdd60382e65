// SPDX-License-Identifier: GPL-2.0-or-later
// The list of differences, without a window: each difference once, by its reason, filtered, and through the one
// selection.
#include "tests/ui/fixture.h"
#include "trace/ratio_text.h"
#include "ui/models/markup.h"
#include "ui/models/session.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;
using Role = DifferencesModel::Role;

// The tests' own trace with values changed, so that each kind stands in it: a caller without a reason too.
trace::Trace differing() {
    trace::Trace t = ui::test::udpVeth();
    trace::Side &kernel = *t.side(SideKind::kernel);
    const trace::CallTree tree = trace::build_call_tree(kernel);
    for (const trace::Call &call : tree.calls)
        if (kernel.function_name(call.fn) == "ip_rcv") kernel.events[call.leave].leave.ret = -22;
    return t;
}

class Differences : public testing::Test {
protected:
    Differences() { s.open(TraceDocument::build(differing())); }
    DifferencesModel &list() { return s.differences; }
    QString at(int line, Role role) { return list().data(list().index(line), role).toString(); }
    bool isHead(int line) { return list().data(list().index(line), Role::HeadRole).toBool(); }
    int entries() {
        int n = 0;
        for (int i = 0; i < list().rowCount(); ++i)
            n += isHead(i) ? 0 : 1;
        return n;
    }
    int lineOf(const QString &title) {
        for (int i = 0; i < list().rowCount(); ++i)
            if (at(i, Role::TitleRole) == title) return i;
        return -1;
    }
    Session s;
};

TEST_F(Differences, AreCollectedWhenTheListOpensAndLetGoWhenItCloses) {
    EXPECT_EQ(list().rowCount(), 0);
    EXPECT_TRUE(list().kinds().isEmpty());
    list().setOpen(true);
    EXPECT_GT(entries(), 5);
    list().setOpen(false);
    EXPECT_EQ(list().rowCount(), 0);
}

TEST_F(Differences, KeepTheRulesOfItemModels) {
    const QAbstractItemModelTester tester(&list(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    list().setOpen(true);
    for (int i = 0; i < list().rowCount(); i += 3)
        list().choose(i); // heads fold, differences are gone to
    list().toggleFold(list().rowCount() - 1);
    list().setQuery(QStringLiteral("ip_"));
    for (const QVariant &kind : list().kinds())
        list().toggleKind(kind.toMap()[QStringLiteral("mark")].toInt());
    EXPECT_EQ(list().rowCount(), 0);
    list().setUnexplainedOnly(true);
    s.open(TraceDocument::build(ui::test::udpVethModelOnly()));
    EXPECT_TRUE(list().nothing().contains(QStringLiteral("one side only")));
    s.open(TraceDocument::build({}));
    EXPECT_EQ(list().rowCount(), 0);
}

TEST_F(Differences, StandUnderTheirReasonTheUnexplainedFirst) {
    list().setOpen(true);
    ASSERT_GT(list().unexplained(), 0);
    EXPECT_TRUE(isHead(0));
    EXPECT_EQ(at(0, Role::TitleRole), QStringLiteral("Unexplained"));
    const int rcv = lineOf(QStringLiteral("ip_rcv"));
    ASSERT_GT(rcv, 0);
    EXPECT_EQ(list().headOf(rcv), 0);
    EXPECT_EQ(at(rcv, Role::MarkWordsRole), QStringLiteral("unexplained"));
    EXPECT_TRUE(at(rcv, Role::SentenceRole).contains(QStringLiteral("model 0, kernel -EINVAL: no reason is known")))
        << at(rcv, Role::SentenceRole).toStdString();
    EXPECT_TRUE(at(rcv, Role::PlaceRole).contains(QStringLiteral("softirq NET_RX")));
    const int inlined = lineOf(QStringLiteral("Inlined at this call"));
    ASSERT_GT(inlined, 0);
    EXPECT_TRUE(isHead(inlined));
    EXPECT_EQ(at(inlined + 1, Role::MarkWordsRole), QStringLiteral("inlined"));
    EXPECT_FALSE(at(inlined + 1, Role::EvidenceRole).isEmpty());
}

TEST_F(Differences, AFoldedReasonHidesItsOwnAlone) {
    list().setOpen(true);
    const int all = list().rowCount(), inside = list().unexplained();
    list().toggleFold(1); // an entry: its head
    EXPECT_EQ(list().rowCount(), all - inside);
    EXPECT_TRUE(isHead(1));
    list().choose(0);
    EXPECT_EQ(list().rowCount(), all);
}

TEST_F(Differences, AreFilteredByTextByMarkAndToTheUnexplained) {
    list().setOpen(true);
    const int all = entries();
    list().setQuery(QStringLiteral("IP_RCV einval"));
    EXPECT_EQ(entries(), 1);
    EXPECT_EQ(list().found(), QStringLiteral("1 of %1 differences").arg(all));
    list().setQuery(QStringLiteral("no such thing"));
    EXPECT_EQ(list().rowCount(), 0);
    EXPECT_EQ(list().nothing(), QStringLiteral("No difference is like that."));
    list().setQuery({});
    list().setUnexplainedOnly(true);
    EXPECT_EQ(entries(), list().unexplained());
    list().setUnexplainedOnly(false);
    int inlined = 0;
    for (const QVariant &kind : list().kinds())
        if (kind.toMap()[QStringLiteral("words")] == QStringLiteral("inlined"))
            inlined = kind.toMap()[QStringLiteral("count")].toInt();
    ASSERT_GT(inlined, 0);
    list().toggleKind(int(trace::RowMark::inlined));
    EXPECT_EQ(entries(), all - inlined);
    list().toggleKind(int(trace::RowMark::inlined));
    EXPECT_EQ(entries(), all);
}

TEST_F(Differences, ChoosingOneIsAStepOfTheOneSelection) {
    list().setOpen(true);
    const int rcv = lineOf(QStringLiteral("ip_rcv"));
    list().choose(rcv);
    const TraceDocument &d = *s.selection.document();
    EXPECT_EQ(d.rows()[d.steps()[s.selection.step()].row].name, QStringLiteral("ip_rcv"));
    EXPECT_EQ(s.function.name(), QStringLiteral("ip_rcv"));
    EXPECT_TRUE(list().data(list().index(rcv), Role::HereRole).toBool());
    EXPECT_TRUE(at(rcv, Role::TextRole).endsWith(QStringLiteral(", current")));
    EXPECT_EQ(list().currentLine(), rcv);
    s.selection.setStep(0);
    EXPECT_FALSE(list().data(list().index(rcv), Role::HereRole).toBool());
}

TEST_F(Differences, TheHeadSaysTheComparisonsOwnFigures) {
    const trace::Comparison &c = *s.selection.document()->comparison();
    const QString head = plainText(list().headline());
    EXPECT_TRUE(
        head.startsWith(QStringLiteral("Fidelity: calls ") + QString::fromStdString(trace::ratio_text(c.calls.f1))));
    const QString more = c.calls.ours > c.calls.excused + c.calls.matched
                             ? QStringLiteral(", %1 model only").arg(c.calls.ours - c.calls.excused - c.calls.matched)
                             : QString();
    EXPECT_TRUE(
        head.contains(QStringLiteral(" (%1 of %2 match%3").arg(c.calls.matched).arg(c.calls.reference).arg(more)))
        << head.toStdString();
    EXPECT_TRUE(head.endsWith(QStringLiteral("Unexplained: %1").arg(c.unexplained))) << head.toStdString();
    EXPECT_EQ(trace::ratio_text(0.9996), "0.999"); // what is not whole is not shown as whole
    EXPECT_EQ(trace::ratio_text(1.0), "1.000");
}
} // namespace
