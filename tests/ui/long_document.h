// SPDX-License-Identifier: GPL-2.0-or-later
// A trace that is long enough for what only long ones do: a bundled one again and again.
#pragma once

#include "tests/ui/bundled.h"

#include <stdexcept>

namespace skbscope::ui::test {

// A side again and again, each time later and with packets of its own.
inline trace::Trace repeated(const trace::Trace &of, unsigned times) {
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

inline const TraceDocument &bundled(const std::string &name) {
    for (const BundledTrace &t : bundledTraces())
        if (t.name == name) return *t.document;
    throw std::runtime_error("no bundled " + name);
}

inline std::shared_ptr<const TraceDocument> longDocument() {
    static const auto document = TraceDocument::build(repeated(bundled("udp-veth.skbt").trace(), 300));
    return document;
}

} // namespace skbscope::ui::test
