// SPDX-License-Identifier: GPL-2.0-or-later
// Models over a long trace: what they show at once, in a stretch, in slices or when it was gathered.
#include "tests/ui/long_document.h"
#include "ui/models/effects.h"
#include "ui/models/landmarks.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/sentences.h"
#include "ui/models/session.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <gtest/gtest.h>

namespace skbscope::ui {
namespace {
using test::longDocument;

struct LongWindow : testing::Test {
    LongWindow() { s.open(longDocument()); }
    Session s;
    TimelineModel &t = s.timeline;
};

TEST_F(LongWindow, TheTimelineShowsAStretchThatFollows) {
    ASSERT_GT(t.places(), 20'000U);
    EXPECT_FALSE(t.showsAll());
    EXPECT_EQ(t.viewTo() - t.viewFrom(), 2'000U);
    EXPECT_TRUE(t.isInView(0));
    const quint32 middle = quint32(s.selection.stepCount()) / 2;
    for (quint32 step = middle; step < middle + 5'000; step += 250) {
        s.selection.setStep(step);
        EXPECT_TRUE(t.isInView(t.placeOf(t.current()))) << step;
        EXPECT_EQ(t.viewTo() - t.viewFrom(), 2'000U);
    }
    for (const TimelineTag &tag : t.tags())
        EXPECT_TRUE(t.isInView(t.placeOf(tag.row)));
    EXPECT_GT(t.tags().size(), 50U);
    EXPECT_GT(t.phases().size(), 10U);
}

TEST_F(LongWindow, TheTimelineZoomsAroundAPlaceAndPans) {
    s.selection.setStep(quint32(s.selection.stepCount()) / 2);
    const quint32 now = t.placeOf(t.current());
    t.zoom(0.25, now);
    EXPECT_EQ(t.viewTo() - t.viewFrom(), 500U);
    EXPECT_TRUE(t.isInView(now));
    const quint32 from = t.viewFrom();
    t.pan(100);
    EXPECT_EQ(t.viewFrom(), from + 100);
    for (int i = 0; i < 20; ++i)
        t.zoom(0.5, now);
    EXPECT_EQ(t.viewTo() - t.viewFrom(), 20U);
    EXPECT_FALSE(t.canZoomIn());
    t.pan(-1'000'000'000);
    EXPECT_EQ(t.viewFrom(), 0U);
    for (int i = 0; i < 40; ++i)
        t.zoom(2, 0);
    EXPECT_TRUE(t.showsAll());
    EXPECT_LE(t.tags().size(), 501U);
    EXPECT_TRUE(t.phases().empty());
}

// Blocks of calls stand for their calls: no lane is lower than the calls in it.
TEST_F(LongWindow, AllOfItIsAsDeepAsItsCalls) {
    t.showAll();
    const TraceDocument &d = *s.selection.document();
    const SideKind kind = d.firstSide();
    for (const quint32 bins : {7U, 100U, 725U}) {
        const std::vector<TimelineBin> lane = t.lane(kind, bins);
        ASSERT_EQ(lane.size(), bins);
        for (std::size_t i = 0; i < lane.size(); ++i) {
            const quint32 end = i + 1 < lane.size() ? lane[i + 1].row : t.rows();
            quint32 deepest = 0;
            for (quint32 r = lane[i].row; r < end; ++r)
                deepest = std::max(deepest, d.depthOf(r));
            ASSERT_EQ(lane[i].depth, deepest) << bins << " bins, " << i;
        }
    }
}

TEST_F(LongWindow, AFilterAndItsEndKeepTheCurrentCallInView) {
    s.selection.setStep(quint32(s.selection.stepCount()) / 2);
    s.filter.setQuery(QStringLiteral("ip_rcv()"));
    EXPECT_EQ(t.places(), s.filter.visible().size());
    EXPECT_TRUE(t.showsAll()); // hundreds
    s.filter.clear();
    EXPECT_TRUE(t.isInView(t.placeOf(t.current())));
    EXPECT_EQ(t.viewTo() - t.viewFrom(), 2'000U);
}

TEST_F(LongWindow, StepsTellTheListOnlyWhatChanged) {
    const QAbstractItemModelTester tester(&s.calls, QAbstractItemModelTester::FailureReportingMode::Warning);
    int resets = 0;
    QObject::connect(&s.calls, &CallRowsModel::modelReset, [&] { ++resets; });
    const quint32 middle = quint32(s.selection.stepCount()) / 2;
    for (const quint32 step : {0U, 1U, 2U, 50U, middle, middle + 1, middle, 3U, quint32(s.selection.stepCount()) - 1})
        s.selection.setStep(step);
    EXPECT_EQ(resets, 0);
    EXPECT_EQ(std::size_t(s.calls.rowCount()), s.calls.visible().size());
}

TEST_F(LongWindow, LandmarksAreWhereAWalkFindsThem) {
    const TraceDocument &d = *s.selection.document();
    const Landmarks marks(d);
    std::vector<quint32> calls;
    for (quint32 r = 0; r < d.rows().size(); ++r)
        if (d.rows()[r].name == QLatin1String("ip_rcv")) calls.push_back(d.rows()[r].firstStep);
    ASSERT_EQ(calls.size(), 300U);
    const auto found = marks.callsOf(QStringLiteral("ip_rcv"));
    EXPECT_EQ(std::vector<quint32>(found.begin(), found.end()), calls);
    EXPECT_TRUE(marks.callsOf(QStringLiteral("tcp_v4_rcv")).empty());
}

// What a walk over all texts finds.
std::vector<quint32> toldByWalking(const TraceDocument &d, const QString &words) {
    std::vector<quint32> out;
    for (const DocumentRow &row : d.rows()) {
        QStringList texts{row.reasonWords(), contextWords(row.context, row.vector)};
        for (const SideKind kind : bothSides)
            if (const quint32 call = row.call[sideIndex(kind)]; call != npos) {
                const DocumentSide &s = *d.side(kind);
                texts << qs(s.side->function(s.tree.calls[call].fn).role);
                for (const quint32 event : s.effectsOf(call))
                    texts << effectChip(s, event) << plainText(effectClause(s, event));
            }
        if (!texts.filter(words, Qt::CaseInsensitive).isEmpty()) out.push_back(row.index);
    }
    return out;
}

// Slices come by a timer, and timers need an application.
class Application {
    int argc_ = 0;
    std::unique_ptr<QCoreApplication> own_ =
        QCoreApplication::instance() ? nullptr : std::make_unique<QCoreApplication>(argc_, nullptr);
};

void waitFor(const FilterModel &filter) {
    while (filter.isSearching())
        QCoreApplication::processEvents();
}

TEST(LongTrace, WordsAreFoundInAllBundledTracesAsByAWalk) {
    const Application application;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        Session session;
        session.open(t.document);
        for (const char *words :
             {"room for", "NET_RX", "softirq", "random by", "768 bytes", "queue", "tail +=", "no such words"}) {
            const QString query = QString::fromLatin1(words);
            session.filter.setQuery(query);
            waitFor(session.filter);
            std::vector<quint32> found;
            for (quint32 row = 0; row < t.document->rows().size(); ++row)
                if (session.filter.isMatch(row)) found.push_back(row);
            const bool named = !t.document->functionNames().filter(query, Qt::CaseInsensitive).isEmpty();
            if (named) continue;
            EXPECT_EQ(found, toldByWalking(*t.document, query)) << t.name << ": " << words;
        }
    }
}

TEST(LongTrace, WordsAreSearchedInSlicesThatTypingOnCancels) {
    const Application application;
    const auto document = longDocument();
    Session session;
    session.open(document);
    session.filter.setQuery(QStringLiteral("room for the"));
    ASSERT_TRUE(session.filter.isSearching()) << "the trace is too short for this test";
    const int atOnce = session.filter.matches();
    EXPECT_GT(atOnce, 0);
    EXPECT_TRUE(session.filter.words().contains(QLatin1String("so far"))) << session.filter.words().toStdString();
    session.filter.setQuery(QStringLiteral("room for the Ethernet"));
    QCoreApplication::processEvents();
    waitFor(session.filter);
    const std::vector<quint32> wanted = toldByWalking(*document, QStringLiteral("room for the Ethernet"));
    EXPECT_GT(int(wanted.size()), atOnce);
    std::vector<quint32> shown = session.filter.visible();
    std::erase(shown, session.filter.guest());
    EXPECT_EQ(shown, wanted);
    EXPECT_EQ(session.filter.matches(), int(wanted.size()));
    session.filter.setQuery(QStringLiteral("no such words"));
    EXPECT_FALSE(session.filter.isWrong()); // nobody knows yet
    session.filter.clear();
    EXPECT_FALSE(session.filter.isSearching());
}

// What the overview shows of a long trace is gathered on another thread; then it is what is made at once.
TEST(LongTrace, TheMapOfAllHostsIsGatheredAsideAndIsTheSame) {
    const Application application;
    const auto document = longDocument();
    const SideKind kind = document->firstSide();
    Session session;
    session.open(document);
    session.selection.setStep(quint32(document->steps().size()) / 2);
    session.map.setZoom(MapModel::overviewZoom);
    ASSERT_FALSE(session.map.overview().gathering.isEmpty()) << "the trace is too short for this test";
    EXPECT_TRUE(session.map.overview().hosts.empty());
    EXPECT_EQ(session.map.rowCount(), 1); // it says so
    session.selection.setStep(session.selection.step() + 3);
    while (!session.map.overview().gathering.isEmpty())
        QCoreApplication::processEvents();
    const quint32 step = session.selection.step();
    const Overview &shown = session.map.overview();
    const Overview made = OverviewIndex(*document->side(kind)).at(*document, step, momentAt(*document, step, kind));
    ASSERT_EQ(shown.hosts.size(), made.hosts.size());
    ASSERT_FALSE(shown.hosts.empty());
    for (std::size_t i = 0; i < made.hosts.size(); ++i) {
        EXPECT_EQ(shown.hosts[i].name, made.hosts[i].name);
        EXPECT_EQ(shown.hosts[i].devices, made.hosts[i].devices);
        EXPECT_EQ(shown.hosts[i].queues.size(), made.hosts[i].queues.size());
    }
    EXPECT_EQ(shown.tokens.size(), made.tokens.size());
    EXPECT_EQ(shown.cpus.size(), made.cpus.size());
    EXPECT_EQ(shown.living, made.living);
}

// Who opens another trace meanwhile is not shown the hosts of the first.
TEST(LongTrace, AMapThatWasBeingGatheredIsForgottenWithItsTrace) {
    const Application application;
    Session session;
    session.open(longDocument());
    session.map.setZoom(MapModel::layerZoom);
    ASSERT_FALSE(session.map.layer().gathering.isEmpty());
    session.map.setZoom(MapModel::overviewZoom);
    session.open(test::bundledTraces().front().document);
    EXPECT_TRUE(session.map.overview().gathering.isEmpty()); // short: at once
    const int rows = session.map.rowCount();
    session.open(longDocument());
    session.open(test::bundledTraces().front().document);
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    EXPECT_EQ(session.map.rowCount(), rows);
}
} // namespace
} // namespace skbscope::ui
