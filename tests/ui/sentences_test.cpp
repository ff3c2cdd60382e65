// SPDX-License-Identifier: GPL-2.0-or-later
// Properties of the sentences, over every event of every bundled scenario: none is missing, none says a number that the
// data does not hold, and different data give different sentences.
#include "tests/ui/bundled.h"
#include "trace/drop_reasons.h"
#include "trace/seen.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/sentences.h"

#include <QRegularExpression>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

// Calls check(side, event) for every record that is no extension.
template <class Check> void forEachEvent(Check check) {
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides)
            if (const DocumentSide *side = t.document->side(kind)) {
                SCOPED_TRACE(t.name + ' ' + trace::side_name(kind));
                for (quint32 i = 0; i < side->side->events.size(); ++i)
                    if (!trace::is_extension(side->event(i))) check(*side, i);
            }
}

quint32 lastExtension(const DocumentSide &s, quint32 event) {
    while (event + 1 < s.side->events.size() && trace::is_extension(s.event(event + 1)))
        ++event;
    return event;
}

bool changesItsPacket(const DocumentSide &s, quint32 event) {
    if (s.event(event).packet == trace::no_packet) return false;
    const auto all = s.states.changes(s.event(event).packet);
    const auto at = std::lower_bound(all.begin(), all.end(), event);
    return at != all.end() && *at <= lastExtension(s, event);
}

TEST(Sentences, EveryEventThatChangesStateHasOne) {
    std::size_t said = 0, silent = 0;
    forEachEvent([&](const DocumentSide &s, quint32 i) {
        const QString sentence = eventSentence(s, i);
        EXPECT_EQ(hasSentence(s, i), !sentence.isEmpty());
        if (isEffect(s.event(i)) || changesItsPacket(s, i)) {
            EXPECT_FALSE(sentence.isEmpty()) << "event " << i << ", " << trace::kind_name(s.event(i).kind);
            EXPECT_TRUE(sentence.endsWith(QLatin1Char('.'))) << sentence.toStdString();
        }
        ++(sentence.isEmpty() ? silent : said);
    });
    EXPECT_GT(said, 2000U);
    EXPECT_GT(silent, 2000U); // a leave changes nothing
}

// Every number that the event, its extensions and its packet right before and after hold, and what follows from them by
// one step: where a pointer was before it moved by so many bytes.
class Numbers {
public:
    Numbers(const DocumentSide &s, quint32 event) {
        const trace::Event &e = s.event(event);
        allow({e.packet, e.cpu});
        if (const auto n = amountOf(s, event)) amount_ = *n, allow(*n);
        if (trace::shows_packet(e)) snapshot(e.skb, s, e.device);
        if (isQueueEvent(e)) allow({e.queue.length, lengthBefore(e), e.queue.limit, e.queue.bytes});
        if (e.kind >= SKBSCOPE_EV_IRQ_ENTER && e.kind <= SKBSCOPE_EV_TIMER)
            allow({e.context.vector, e.context.other_cpu, e.context.other_task, e.task});
        if (e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF)
            allow({e.lineage.other_packet, e.lineage.index});
        if (e.kind == SKBSCOPE_EV_LOSS) allow(qint64(e.loss.lost));
        for (quint32 i = event + 1; i <= lastExtension(s, event); ++i)
            extension(s.event(i));
        if (e.packet == trace::no_packet || event == 0) return;
        for (const quint32 at : {event - 1, event}) {
            const trace::PacketState p = s.states.packet_at(e.packet, at);
            if (p.seen) snapshot(p.skb, s, p.device);
        }
    }
    bool hold(const QString &number) const { return allowed_.contains(number); }

private:
    void allow(qint64 n) { allowed_.insert(QString::number(n)); }
    void allow(std::initializer_list<qint64> all) {
        for (const qint64 n : all)
            allow(n);
    }
    void snapshot(const trace::Snapshot &k, const DocumentSide &s, quint16 device) {
        for (SkbFieldId f = 0; f < skbFields().size(); ++f) {
            const qint64 value = skbFieldValue(f, {k, device});
            allow({value, value - amount_, value + amount_});
            // "0x0800"
            for (const QString &word : skbFieldText(f, value, *s.side).split(QLatin1Char('x')))
                allowed_.insert(word);
        }
    }
    void extension(const trace::Event &x) {
        if (x.kind == SKBSCOPE_EV_EXT_LINEAGE) allow(x.lineage.other_packet);
        if (x.kind == SKBSCOPE_EV_EXT_BYTES)
            for (int i = 0; i < x.bytes.count; ++i)
                allow(x.bytes.offset + i);
        if (x.kind == SKBSCOPE_EV_EXT_FRAGS)
            for (int i = 0; i < x.frags.count; ++i)
                allow(x.frags.size[i]);
        if (x.kind != SKBSCOPE_EV_EXT_SOCKET) return;
        allow({x.socket.sport, x.socket.rmem, x.socket.wmem});
        for (int shift = 0; shift < 32; shift += 8)
            allow(x.socket.saddr >> shift & 0xff);
    }
    qint64 amount_ = 0;
    std::set<QString> allowed_;
};

// Names carry digits that are no numbers: functions, devices, queues, tasks, hosts.
QString withoutNames(const DocumentSide &s, QString sentence) {
    static const QRegularExpression functions(QStringLiteral("`[^`]*`"));
    sentence.remove(functions);
    for (const auto *names : {&s.side->devices, &s.side->queues, &s.side->hosts})
        for (const std::string &name : *names)
            if (name.size() > 1) sentence.replace(QString::fromStdString(name), QStringLiteral("@"));
    for (const auto &[id, name] : s.side->tasks)
        sentence.replace(QString::fromStdString(name), QStringLiteral("@"));
    return sentence.remove(QStringLiteral("IPv4"));
}

TEST(Sentences, EveryNumberIsTheDatas) {
    static const QRegularExpression number(QStringLiteral("\\d[\\d,]*"));
    std::size_t numbers = 0;
    forEachEvent([&](const DocumentSide &s, quint32 i) {
        const QString sentence = withoutNames(s, eventSentence(s, i));
        if (sentence.isEmpty()) return;
        const Numbers data(s, i);
        for (auto found = number.globalMatch(sentence); found.hasNext();) {
            QString text = found.next().captured();
            EXPECT_TRUE(data.hold(text.remove(QLatin1Char(','))))
                << text.toStdString() << " in " << sentence.toStdString();
            ++numbers;
        }
    });
    EXPECT_GT(numbers, 5000U);
}

// What a deed is about: two of one function that differ in it must not be told alike.
std::string subjectMatter(const DocumentSide &s, quint32 i) {
    const trace::Event &e = s.event(i);
    const auto words = [](std::initializer_list<qint64> values) {
        std::string out;
        for (const qint64 v : values)
            out += std::to_string(v) + ' ';
        return out;
    };
    if (movesPointers(e))
        return words({e.kind, amountOf(s, i).value_or(-1), trace::data_of(e.skb), trace::tail_of(e.skb), e.skb.len});
    if (e.kind == SKBSCOPE_EV_ALLOC || e.kind == SKBSCOPE_EV_CLONE)
        return words({e.kind, e.packet, e.skb.len, e.skb.end});
    if (e.kind == SKBSCOPE_EV_FREE || e.kind == SKBSCOPE_EV_DROP) return words({e.kind, e.packet, e.drop.reason});
    if (e.kind == SKBSCOPE_EV_HEAD_FREE || e.kind == SKBSCOPE_EV_COPY) return words({e.kind, e.packet});
    if (isQueueEvent(e)) return words({e.kind, e.packet, e.queue.queue, e.queue.length});
    if (e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind < SKBSCOPE_EV_CROSSED)
        return words({e.kind, e.packet, e.lineage.other_packet});
    if (e.kind == SKBSCOPE_EV_SOFTIRQ_RAISE) return words({e.kind, e.context.vector, e.cpu});
    return {};
}

TEST(Sentences, DifferentDataAreToldDifferently) {
    std::size_t compared = 0;
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *side = t.document->side(kind);
            if (!side) continue;
            std::map<std::pair<QString, QString>, std::string> told; // who, sentence -> data
            for (quint32 i = 0; i < side->side->events.size(); ++i) {
                const std::string data = subjectMatter(*side, i);
                if (data.empty()) continue;
                const QString sentence = eventSentence(*side, i);
                const auto [at, isNew] = told.emplace(std::pair{subjectOf(*side, i), sentence}, data);
                EXPECT_EQ(at->second, data) << t.name << ": " << sentence.toStdString();
                ++compared;
            }
        }
    EXPECT_GT(compared, 500U);
}

// A snapshot of more than 32 bytes has two records of bytes: read once, told once.
TEST(Sentences, WhatExtendsARecordIsToldWithIt) {
    std::size_t second = 0;
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            for (quint32 i = 1; s && i < s->side->events.size(); ++i) {
                if (!trace::is_extension(s->event(i))) continue;
                EXPECT_FALSE(hasSentence(*s, i)) << t.name << ": " << eventSentence(*s, i).toStdString();
                second += s->event(i).kind == SKBSCOPE_EV_EXT_BYTES && s->event(i - 1).kind == SKBSCOPE_EV_EXT_BYTES;
            }
        }
    EXPECT_GT(second, 100U);
}

// The sentence that the design asks for.
TEST(Sentences, APullSaysFromWhereToWhere) {
    for (const test::BundledTrace &t : test::bundledTraces()) {
        if (t.name != "udp-veth.yaml") continue;
        const DocumentSide &s = *t.document->side(SideKind::model);
        QStringList pulls;
        for (quint32 i = 0; i < s.side->events.size(); ++i)
            if (s.event(i).kind == SKBSCOPE_EV_PULL && amountOf(s, i) == 14) pulls << plainText(eventSentence(s, i));
        ASSERT_FALSE(pulls.empty());
        EXPECT_EQ(pulls[0].toStdString(),
                  "eth_type_trans pulls 14 bytes: data 2 → 16, len 54 → 40 (__skb_pull); the Ethernet "
                  "header has been read, the packet now starts at IPv4.");
    }
}

// Who makes a datagram of several pieces steps back over the room for the further headers: nobody has read them.
TEST(Sentences, RoomThatNobodyWroteWasNotRead) {
    int unwritten = 0;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const DocumentSide *s = t.document->side(SideKind::model);
        for (quint32 i = 0; s && i < s->side->events.size(); ++i) {
            if (s->event(i).kind != SKBSCOPE_EV_PULL || subjectOf(*s, i) != QLatin1String("__ip_make_skb")) continue;
            const QString sentence = plainText(eventSentence(*s, i));
            EXPECT_TRUE(sentence.contains(QLatin1String("the room for the IPv4 header stays in front, unwritten")))
                << t.name << ": " << sentence.toStdString();
            EXPECT_FALSE(sentence.contains(QLatin1String("has been read"))) << sentence.toStdString();
            ++unwritten;
        }
    }
    EXPECT_GE(unwritten, 2);
}

// What hangs on a buffer that was read is freed with the tracepoint of a loss; the window must not tell of one.
TEST(Sentences, AFragListThatWasReadIsNotDropped) {
    int freed = 0, dropped = 0;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const bool fragments = t.name == "udp-fragments.yaml" || t.name == "udp-fragments.skbt";
        if (!fragments && t.name != "udp-port-unreachable.yaml") continue;
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            for (quint32 i = 0; s && i < s->side->events.size(); ++i) {
                if (s->event(i).kind != SKBSCOPE_EV_DROP) continue;
                const bool told = plainText(eventSentence(*s, i)).contains(QLatin1String(" drops packet "));
                EXPECT_EQ(told, !fragments) << t.name << ": " << eventSentence(*s, i).toStdString();
                ++(told ? dropped : freed);
            }
        }
    }
    EXPECT_GE(freed, 4); // two pieces a side and more
    EXPECT_GE(dropped, 1);
}
} // namespace
