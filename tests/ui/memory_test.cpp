// SPDX-License-Identifier: GPL-2.0-or-later
// The memory map of buffers that are more than a line: clones, fragments, chains, GRO; and who holds them. Over the
// model's runs of the bundled scenarios.
#include "tests/ui/bundled.h"
#include "tests/ui/offscreen.h"
#include "ui/models/memory_map_model.h"
#include "ui/models/sentences.h"
#include "ui/scenes/memory_map_scene.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>
#include <set>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

class Memory : public test::Offscreen {
protected:
    static const TraceDocument &runOf(const char *scenario) {
        for (const test::BundledTrace &t : test::bundledTraces())
            if (t.name == std::string(scenario) + ".yaml") return *t.document;
        throw std::runtime_error(scenario);
    }
    // At the first call of `function` that deals with a packet.
    static MemoryMap at(const TraceDocument &d, const char *function) {
        for (quint32 i = 0; i < d.steps().size(); ++i)
            if (d.rows()[d.steps()[i].row].name == QLatin1String(function)) return memoryMapAt(d, i, SideKind::model);
        return {};
    }
};

TEST_F(Memory, AFragListIsChainedAndAccountsForEveryByte) {
    const MemoryMap map = at(runOf("udp-fragments"), "ip_output");
    ASSERT_EQ(map.chain.size(), 2U);
    EXPECT_EQ(map.chain[0].len + map.chain[1].len, map.skb.data_len);
    EXPECT_EQ(companionWords(map).join(QLatin1Char('|')).toStdString(),
              "frag_list of 2,528 bytes: packet 2 (1,480) → packet 3 (1,048)");
    const MemoryMap joined = at(runOf("udp-fragments"), "udp_rcv"); // and put together again on the other side
    ASSERT_EQ(joined.chain.size(), 2U);
    EXPECT_EQ(joined.fragListBytes, joined.skb.data_len);
}

// udp_csum_pull_header() wants the pull; between it and __skb_pull() stand helpers of the sk_buff's own.
TEST_F(Memory, TheOneWhoMovesIsTheOneThatTheSentenceNames) {
    int helped = 0;
    for (const test::BundledTrace &t : test::bundledTraces())
        for (quint32 i = 0; i < t.document->steps().size(); ++i) {
            const DocumentSide *s = t.document->side(SideKind::model);
            if (!s) break;
            const MemoryMap map = memoryMapAt(*t.document, i, SideKind::model);
            if (!map.move || map.move->kind == 0) continue;
            const QString by = subjectOf(*s, map.move->event);
            if (by == map.move->by) continue;
            EXPECT_EQ(map.move->inside.toStdString(), by.toStdString()) << t.name << " step " << i;
            helped += by == QLatin1String("udp_csum_pull_header");
        }
    EXPECT_GT(helped, 10);
}

TEST_F(Memory, GroAddsFragments) {
    const MemoryMap map = at(runOf("card-gro"), "udp_gro_complete_segment");
    EXPECT_EQ(map.frags, (std::vector<quint32>{200, 200}));
    EXPECT_TRUE(map.fragsInferred); // the trace tells data_len, not the sizes
    EXPECT_EQ(map.merged, 2U);
    EXPECT_EQ(map.skb.gso_size, 200);
    EXPECT_TRUE(companionWords(map).contains(QStringLiteral("GRO has merged 2 more frames into it")));
}

TEST_F(Memory, SegmentsOfGroAreCounted) {
    const DisplayList list = memoryMapScene(at(runOf("card-gro"), "udp_gro_complete_segment"), {{720, 200}, 1, {}});
    QStringList words;
    for (const Item &item : list.items)
        if (const auto *label = std::get_if<Label>(&item)) words << label->runs[0].text;
    EXPECT_TRUE(words.contains(QStringLiteral("3 segments")) && words.contains(QStringLiteral("of 200")))
        << words.join(QLatin1Char('|')).toStdString();
}

TEST_F(Memory, ADropIsSaidWhereItHappens) {
    const MemoryMap map = at(runOf("udp-port-unreachable"), "kfree_skb_reason");
    EXPECT_FALSE(map.freed);
    EXPECT_TRUE(map.owner.words.contains(QStringLiteral("which drops it: SKB_DROP_REASON_NO_SOCKET")))
        << map.owner.words.toStdString();
    EXPECT_FALSE(at(runOf("udp-port-unreachable"), "ip_rcv").owner.words.contains(QStringLiteral("drops")));
}

TEST_F(Memory, ClonesShareOneBuffer) {
    const TraceDocument &d = runOf("udp-packet-socket");
    const DocumentSide &s = *d.side(SideKind::model);
    int clones = 0;
    for (quint32 i = 0; i < s.side->events.size(); ++i) {
        const trace::Event &e = s.event(i);
        if (e.kind != SKBSCOPE_EV_CLONE) continue;
        const trace::Event *from = s.extension(i, SKBSCOPE_EV_EXT_LINEAGE);
        ASSERT_TRUE(from);
        const trace::PacketId original = from->lineage.other_packet;
        EXPECT_EQ(s.states.sharing(e.packet, i + 3), (std::vector<trace::PacketId>{original}));
        EXPECT_EQ(s.states.sharing(original, i + 3), (std::vector<trace::PacketId>{e.packet}));
        EXPECT_EQ(e.skb.dataref, 2);
        EXPECT_TRUE(s.states.sharing(original, s.packets.find(e.packet)->first - 1).empty());
        ++clones;
    }
    EXPECT_GT(clones, 0);
}

// Symmetric, never itself, never the dead; in every scenario, at every event that shows a packet.
TEST_F(Memory, SharingIsMutual) {
    std::size_t pairs = 0;
    for (const test::BundledTrace &t : test::bundledTraces())
        for (const SideKind kind : bothSides) {
            const DocumentSide *s = t.document->side(kind);
            if (!s) continue;
            for (quint32 i = 0; i < s->side->events.size(); i += 3) {
                const trace::PacketId packet = s->event(i).packet;
                if (packet == trace::no_packet || s->states.packet_at(packet, i).freed) continue;
                for (const trace::PacketId other : s->states.sharing(packet, i)) {
                    EXPECT_NE(other, packet);
                    EXPECT_FALSE(s->states.packet_at(other, i).freed) << t.name << " event " << i;
                    const auto back = s->states.sharing(other, i);
                    EXPECT_NE(std::find(back.begin(), back.end(), packet), back.end()) << t.name << " event " << i;
                    ++pairs;
                }
            }
        }
    EXPECT_GT(pairs, 10U);
}

TEST_F(Memory, TheOwnerFollowsQueuesAndFrees) {
    std::size_t queued = 0, freed = 0, taken = 0;
    for (const test::BundledTrace &t : test::bundledTraces()) {
        const DocumentSide *s = t.document->side(SideKind::model);
        if (!s) continue;
        for (quint32 i = 0; i < s->side->events.size(); ++i) {
            const trace::Event &e = s->event(i);
            const Owner owner = s->log().ownerAt(e.packet, i, i);
            if (e.kind == SKBSCOPE_EV_ENQUEUE) {
                EXPECT_EQ(owner.kind, Owner::queue);
                EXPECT_TRUE(owner.words.contains(QString::fromStdString(s->side->queues[e.queue.queue])));
                ++queued;
            } else if (e.kind == SKBSCOPE_EV_DEQUEUE) {
                EXPECT_EQ(owner.kind, Owner::code);
                if (s->side->queues[e.queue.queue] != "process_queue") continue;
                EXPECT_EQ(owner.words.toStdString(), "process_backlog"); // not the sender, on whose stack this runs
                ++taken;
            } else if (e.kind == SKBSCOPE_EV_FREE) {
                EXPECT_EQ(owner.kind, Owner::nobody);
                EXPECT_TRUE(owner.charged.isEmpty());
                ++freed;
            }
        }
    }
    EXPECT_GT(queued, 20U);
    EXPECT_GT(taken, 5U);
    EXPECT_GT(freed, 20U);
}

QRectF rectOf(const Label &l) {
    const qreal width = l.maxWidth > 0 ? std::min(l.maxWidth, labelWidth(l)) : labelWidth(l);
    const qreal shift = l.anchor == Anchor::start ? 0 : l.anchor == Anchor::middle ? width / 2 : width;
    return {l.at.x() - shift, l.at.y() - l.size * 0.75, width, l.size * 0.9};
}

// Nothing is cut off, no two words lie on one another, at the widths that the panes have.
TEST_F(Memory, WordsKeepApart) {
    for (const char *name : {"udp-fragments", "card-gro", "udp-packet-socket", "udp-port-unreachable"})
        for (const qreal width : {604.0, 734.0}) {
            const TraceDocument &d = runOf(name);
            std::set<std::string> complaints;
            for (quint32 i = 0; i < d.steps().size(); ++i) {
                const MemoryMap map = memoryMapAt(d, i, SideKind::model);
                const DisplayList list = memoryMapScene(map, {{width, 202}, 1, {}});
                std::vector<std::pair<QRectF, QString>> words;
                for (const Item &item : list.items)
                    if (const auto *label = std::get_if<Label>(&item))
                        words.emplace_back(rectOf(*label), label->runs[0].text);
                for (std::size_t a = 0; a < words.size(); ++a) {
                    if (!QRectF(0, 0, width, 202).adjusted(-1, -1, 1, 1).contains(words[a].first))
                        complaints.insert("outside: " + words[a].second.toStdString() + " at step " +
                                          std::to_string(i));
                    for (std::size_t b = a + 1; b < words.size(); ++b)
                        if (words[a].first.adjusted(1, 1, -1, -1).intersects(words[b].first))
                            complaints.insert(words[a].second.toStdString() + " on " + words[b].second.toStdString() +
                                              " at step " + std::to_string(i));
                }
            }
            int shown = 0;
            for (const std::string &c : complaints)
                if (++shown <= 5) ADD_FAILURE() << name << ", " << width << " wide: " << c;
            EXPECT_TRUE(complaints.empty()) << complaints.size() << " complaints";
        }
}

TEST_F(Memory, TheModelIsSound) {
    for (const char *name : {"udp-fragments", "card-gro"})
        for (const test::BundledTrace &t : test::bundledTraces()) {
            if (t.name != std::string(name) + ".yaml") continue;
            Selection selection;
            selection.setDocument(t.document);
            MemoryMapModel model(&selection);
            const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
            for (quint32 i = 0; i < t.document->steps().size(); i += 7)
                selection.setStep(i);
            EXPECT_GT(model.rowCount(), 0);
        }
}
} // namespace
