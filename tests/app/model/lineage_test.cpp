// SPDX-License-Identifier: GPL-2.0-or-later
// Where the pieces of a datagram come from, and the datagram that is put together from them.
#include "app/model/model_run.h"
#include "app/scenario/loader.h"
#include "trace/packets.h"

#include <gmock/gmock.h>
#include <set>

namespace skbscope::app {
namespace {

trace::Side fragmentsOf(const std::string &length) {
    const auto scenario = parseScenario("name: pieces\n"
                                        "hosts: [a, b]\n"
                                        "links: [{ veth: [a.va, b.vb] }]\n"
                                        "devices:\n"
                                        "  a.va: { mac: '02:00:00:00:00:01', address: 10.9.0.1/24 }\n"
                                        "  b.vb: { mac: '02:00:00:00:00:02', address: 10.9.0.2/24 }\n"
                                        "steps:\n"
                                        "  - { host: b, do: socket, as: r, type: udp }\n"
                                        "  - { do: bind, socket: r, address: '10.9.0.2:7000' }\n"
                                        "  - { host: a, do: socket, as: s, type: udp }\n"
                                        "  - { trace: on }\n"
                                        "  - { do: sendto, socket: s, to: '10.9.0.2:7000', length: " +
                                            length +
                                            " }\n"
                                            "  - { do: recv, socket: r, length: 9000 }\n"
                                            "  - { trace: off }\n",
                                        "pieces.yaml");
    EXPECT_TRUE(scenario) << scenario.error().message();
    auto side = runModel(scenario->ops);
    EXPECT_TRUE(side) << side.error().message();
    return side ? *side : trace::Side();
}

std::vector<trace::Event> ofKind(const trace::Side &side, unsigned kind) {
    std::vector<trace::Event> found;
    for (const trace::Event &e : side.events)
        if (e.kind == kind) found.push_back(e);
    return found;
}

TEST(Lineage, PiecesNameTheDatagramAndTheDatagramItsPieces) {
    const trace::Side side = fragmentsOf("4000");
    const auto pieces = ofKind(side, SKBSCOPE_EV_FRAGMENT_OF), joined = ofKind(side, SKBSCOPE_EV_REASSEMBLED_FROM);
    ASSERT_EQ(pieces.size(), 2U); // and the datagram's own struct is the first of three
    EXPECT_EQ(+pieces[0].lineage.other_packet, +pieces[1].lineage.other_packet);
    EXPECT_EQ(+pieces[0].lineage.index, 1U);
    EXPECT_EQ(+pieces[1].lineage.index, 2U);

    ASSERT_EQ(joined.size(), 2U);
    EXPECT_EQ(joined[0].packet, joined[1].packet);
    const trace::PacketTable packets = trace::build_packet_table(side);
    const trace::PacketId whole = pieces[0].lineage.other_packet;
    for (const trace::Event &e : joined) {
        EXPECT_EQ(packets.family(e.packet), whole);
        EXPECT_EQ(packets.family(e.lineage.other_packet), whole);
    }
}

TEST(Lineage, AWholeDatagramHasNone) {
    const trace::Side side = fragmentsOf("400");
    EXPECT_TRUE(ofKind(side, SKBSCOPE_EV_FRAGMENT_OF).empty());
    EXPECT_TRUE(ofKind(side, SKBSCOPE_EV_REASSEMBLED_FROM).empty());
}

} // namespace
} // namespace skbscope::app
