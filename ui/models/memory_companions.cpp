// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/memory_map_model.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <numeric>

namespace skbscope::ui {

namespace {
constexpr std::size_t mostShown = 8;

void addSharers(MemoryMap &map, const Moment &m) {
    for (const trace::PacketId other : m.side->states.sharing(m.packet, m.event)) {
        if (map.sharers.size() >= mostShown) break;
        const trace::PacketState p = m.side->states.packet_at(other, m.event);
        if (p.snapshot_event == npos || p.skb.end == 0) continue; // a struct still being filled in
        map.sharers.push_back({other, int(trace::data_of(p.skb)), int(trace::tail_of(p.skb)), p.skb.len});
    }
}

// On the list now: not cut off yet, or joined already.
bool isChained(const Relative &r, quint32 event, const trace::Snapshot &skb) {
    if (r.kind == SKBSCOPE_EV_FRAGMENT_OF) return r.event > event;
    return r.event <= event && (r.kind == SKBSCOPE_EV_REASSEMBLED_FROM || skb.nr_frags == 0);
}

// Bytes outside of the linear part and of the pages are the frag_list's. Its members are named only where the records
// that speak of them account for every byte.
void addChain(MemoryMap &map, const Moment &m) {
    if (map.frags.size() != map.skb.nr_frags) return;
    const quint64 inPages = std::accumulate(map.frags.begin(), map.frags.end(), quint64(0));
    if (inPages >= map.skb.data_len) return;
    map.fragListBytes = quint32(map.skb.data_len - inPages);
    quint64 sum = 0;
    for (const Relative &r : m.side->log().relatives(m.packet)) {
        if (!isChained(r, m.event, map.skb)) continue;
        const trace::PacketState p = m.side->states.packet_at(r.packet, m.event);
        if (!p.seen || p.freed || p.snapshot_event == npos) continue;
        map.chain.push_back({r.packet, p.skb.len});
        sum += p.skb.len;
    }
    if (sum != map.fragListBytes) map.chain.clear();
}

QString sharerWords(const MemoryMap &map) {
    QStringList out;
    for (const MemorySharer &s : map.sharers)
        out << phrase("MemoryCompanions", "packet %1 (data %2, len %3)").arg(s.packet).arg(s.data).arg(grouped(s.len));
    return phrase("MemoryCompanions", "the same buffer also belongs to ") + out.join(QStringLiteral(", "));
}

QString fragWords(const MemoryMap &map) {
    if (map.frags.size() != map.skb.nr_frags)
        return phrase("MemoryCompanions", "%1; their sizes were not recorded")
            .arg(plural(map.skb.nr_frags, phrase("MemoryCompanions", "fragment in a page"),
                        phrase("MemoryCompanions", "fragments in pages")));
    QStringList sizes;
    for (const quint32 size : map.frags)
        sizes << grouped(size);
    return phrase("MemoryCompanions", "fragments in pages: %1 bytes").arg(sizes.join(QStringLiteral(" + "))) +
           (map.fragsInferred ? phrase("MemoryCompanions", " (inferred from data_len)") : QString());
}

QString chainWords(const MemoryMap &map) {
    const QString bytes =
        plural(map.fragListBytes, phrase("MemoryCompanions", "byte"), phrase("MemoryCompanions", "bytes"));
    if (map.chain.empty())
        return phrase("MemoryCompanions", "frag_list: %1 in chained sk_buffs; which ones was not recorded").arg(bytes);
    QStringList out;
    for (const MemoryChained &c : map.chain)
        out << phrase("MemoryCompanions", "packet %1 (%2)").arg(c.packet).arg(grouped(c.len));
    return phrase("MemoryCompanions", "frag_list of %1: %2").arg(bytes, out.join(QStringLiteral(" → ")));
}
} // namespace

void addCompanions(MemoryMap &map, const Moment &m) {
    map.owner = m.side->log().ownerAt(m.packet, m.event, m.state.snapshot_event);
    if (map.freed) return;
    map.frags = m.state.frags;
    map.fragsInferred = m.state.frags_inferred;
    addSharers(map, m);
    addChain(map, m);
    for (const Relative &r : m.side->log().relatives(m.packet))
        if (r.kind == SKBSCOPE_EV_MERGED_INTO && r.event <= m.event) ++map.merged;
}

QStringList companionWords(const MemoryMap &map) {
    QStringList out;
    if (!map.present || map.freed) return out;
    if (!map.sharers.empty()) out << sharerWords(map);
    if (map.skb.nr_frags > 0) out << fragWords(map);
    if (map.fragListBytes > 0) out << chainWords(map);
    if (map.skb.gso_size > 0)
        out << phrase("MemoryCompanions", "gso_size %1, gso_segs %2: it stands for several packets of the wire")
                   .arg(grouped(map.skb.gso_size))
                   .arg(map.skb.gso_segs);
    if (map.merged > 0)
        out << phrase("MemoryCompanions", "GRO has merged %1 into it")
                   .arg(plural(map.merged, phrase("MemoryCompanions", "more frame"),
                               phrase("MemoryCompanions", "more frames")));
    return out;
}

QString ownerWords(const MemoryMap &map) {
    if (map.owner.charged.isEmpty()) return map.owner.words;
    return map.owner.words + phrase("MemoryCompanions", "; charged to ") + map.owner.charged;
}

} // namespace skbscope::ui
