// SPDX-License-Identifier: GPL-2.0-or-later
// What keeps a trace of millions of calls quick must show the same as what walks all of it.
#include "tests/ui/bundled.h"
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
// A side again and again, each time later and with packets of its own.
trace::Trace repeated(const trace::Trace &of, unsigned times) {
    trace::Trace out = of;
    out.sides.resize(1);
    const std::vector<trace::Event> part = out.sides[0].events;
    out.sides[0].events.clear();
    trace::PacketId packets = 0;
    std::map<unsigned, std::uint32_t> seqs;
    for (const trace::Event &e : part)
        packets = std::max(packets, e.packet), seqs[e.cpu] = std::max(seqs[e.cpu], e.seq + 1);
    for (unsigned i = 0; i < times; ++i)
        for (trace::Event e : part) {
            e.time += std::uint64_t(i) * (part.back().time + 1000);
            e.seq += i * seqs[e.cpu];
            if (e.packet != trace::no_packet) e.packet += i * packets;
            if (trace::is_extension(e) && e.kind == SKBSCOPE_EV_EXT_LINEAGE) e.lineage.other_packet += i * packets;
            if (e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF) e.lineage.other_packet += i * packets;
            out.sides[0].events.push_back(e);
        }
    return out;
}

const TraceDocument &bundled(const std::string &name) {
    for (const test::BundledTrace &t : test::bundledTraces())
        if (t.name == name) return *t.document;
    throw std::runtime_error("no bundled " + name);
}

std::shared_ptr<const TraceDocument> longDocument() {
    static const auto document = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 300));
    return document;
}

std::vector<quint32> enteredByWalking(const TraceDocument &d, quint32 step) {
    std::vector<quint32> out;
    std::vector<bool> hidden(d.rows().size());
    for (quint32 row = 0; row < hidden.size(); ++row) {
        const quint32 parent = d.parentOf(row);
        hidden[row] = parent != npos && (hidden[parent] || d.firstStepOf(parent) > step);
        if (!hidden[row]) out.push_back(row);
    }
    return out;
}

TEST(VisibleRows, AreThoseThatAWalkFindsForwardsAndBackwards) {
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const TraceDocument &d = *t.document;
        const quint32 steps = quint32(d.steps().size()), stride = 1 + steps / 400;
        if (steps == 0) continue;
        VisibleRows rows = VisibleRows::entered(d, 0);
        const auto check = [&](quint32 step) {
            if (!rows.follow(d, step)) rows = VisibleRows::entered(d, step);
            const std::vector<quint32> wanted = enteredByWalking(d, step);
            ASSERT_EQ(rows.list(), wanted) << t.name << " step " << step;
            for (quint32 row = 0; row < d.rows().size(); row += 7)
                ASSERT_EQ(rows.placeOf(row),
                          std::size_t(std::lower_bound(wanted.begin(), wanted.end(), row) - wanted.begin()))
                    << t.name << " row " << row;
        };
        for (quint32 step = 0; step < steps; step += stride)
            check(step);
        for (quint32 step = steps; step > stride; step -= stride)
            check(step - 1);
    }
}

TEST(VisibleRows, TellWhatTwoHaveInCommon) {
    const TraceDocument &d = bundled("udp-veth.skbt");
    const quint32 steps = quint32(d.steps().size());
    for (quint32 a = 0; a < steps; a += 17)
        for (quint32 b = 0; b < steps; b += 23) {
            const VisibleRows one = VisibleRows::entered(d, a), other(VisibleRows::entered(d, b).list());
            const auto [head, tail] = one.common(other);
            const std::vector<quint32> x = one.list(), y = other.list();
            ASSERT_LE(head + tail, std::min(x.size(), y.size()));
            ASSERT_TRUE(std::equal(x.begin(), x.begin() + qsizetype(head), y.begin()));
            ASSERT_TRUE(std::equal(x.end() - qsizetype(tail), x.end(), y.end() - qsizetype(tail)));
            std::vector<quint32> ends(x.begin(), x.begin() + qsizetype(head));
            ends.insert(ends.end(), x.end() - qsizetype(tail), x.end());
            ASSERT_EQ(other.ends(head, tail).list(), ends);
        }
}

TEST(LongTrace, StepsAndRowsAreThoseOfItsParts) {
    const auto whole = longDocument();
    const auto part = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 1));
    const quint32 rows = quint32(part->rows().size()), steps = quint32(part->steps().size());
    ASSERT_EQ(whole->rows().size(), std::size_t(rows) * 300);
    ASSERT_EQ(whole->steps().size(), std::size_t(steps) * 300);
    for (quint32 n : {0U, 1U, 150U, 299U}) {
        for (quint32 r = 0; r < rows; ++r) {
            const DocumentRow a = part->rows()[r], b = whole->rows()[n * rows + r];
            EXPECT_EQ(a.name, b.name);
            EXPECT_EQ(a.inside, b.inside);
            EXPECT_EQ(a.layer, b.layer);
            EXPECT_EQ(a.vector, b.vector);
            EXPECT_EQ(a.firstStep + n * steps, b.firstStep);
        }
        for (quint32 i = 0; i < steps; ++i) {
            EXPECT_EQ(part->steps()[i].late, whole->steps()[n * steps + i].late);
            EXPECT_EQ(part->rowAtStep(i) + n * rows, whole->rowAtStep(n * steps + i));
            EXPECT_EQ(whole->rowAtStep(n * steps + i), whole->steps()[n * steps + i].row);
        }
    }
}

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

TEST(LongTrace, APacketsRecordsAreAllOfThem) {
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            if (!s) continue;
            std::map<trace::PacketId, std::vector<quint32>> all;
            for (quint32 i = 0; i < s->side->events.size(); ++i)
                if (s->event(i).packet != trace::no_packet) all[s->event(i).packet].push_back(i);
            for (const auto &[packet, events] : all)
                ASSERT_EQ(s->states.records(packet), events) << t.name << " packet " << packet;
            EXPECT_TRUE(s->states.records(0xfffffff0).empty());
        }
}

// The pasts of more packets than are kept at once: the first one is made again, and is the same.
TEST(LongTrace, APastThatWasGivenUpIsMadeAgain) {
    const auto d = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 600));
    const DocumentSide &s = *d->side(d->firstSide());
    std::size_t records = 0;
    for (const trace::Packet &p : s.packets.packets)
        records += s.states.records(p.id).size();
    ASSERT_GT(records, 100'000U); // that many are kept
    const trace::Packet &first = s.packets.packets.front();
    const trace::PacketState before = s.states.packet_at(first.id, first.last);
    const auto changes = s.states.changes(first.id);
    for (int round = 0; round < 2; ++round)
        for (const trace::Packet &p : s.packets.packets)
            EXPECT_TRUE(s.states.packet_at(p.id, p.last).seen);
    const trace::PacketState after = s.states.packet_at(first.id, first.last);
    EXPECT_EQ(before.bytes, after.bytes);
    EXPECT_EQ(before.snapshot_event, after.snapshot_event);
    const auto again = s.states.changes(first.id);
    EXPECT_TRUE(std::equal(changes.begin(), changes.end(), again.begin(), again.end()));
    EXPECT_FALSE(changes.empty());
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
} // namespace
} // namespace skbscope::ui
