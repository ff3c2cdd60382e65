// SPDX-License-Identifier: GPL-2.0-or-later
// Who sends on the map, and to whom: from where events say they are, and from what the packet's headers say.
#include "ui/models/names.h"
#include "ui/models/origin.h"
#include "ui/models/phrase.h"
#include "ui/models/stack_map_builder.h"

#include <algorithm>
#include <map>

namespace skbscope::ui {

namespace {
constexpr quint32 udpHeader = 8; // what UDP's length counts beside the data
} // namespace

QString StackMapBuilder::hostAt(bool sender) const {
    std::map<quint8, int> seen;
    for (std::size_t i = 0; i < journey_.visits.size(); ++i) {
        const Visit &v = journey_.visits[i];
        if (v.hop != hop_ || isSender(v.station) != sender) continue;
        const quint32 stop = i + 1 < journey_.visits.size() ? journey_.visits[i + 1].event : v.event + 1;
        for (quint32 e = v.event; e < stop; ++e)
            if (m_.side->event(e).host > 0 && m_.side->event(e).packet == journey_.packet)
                ++seen[m_.side->event(e).host];
    }
    const auto most =
        std::max_element(seen.begin(), seen.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    if (most == seen.end() || most->first >= m_.side->side->hosts.size()) return {};
    return qs(m_.side->side->hosts[most->first]);
}

void StackMapBuilder::hosts() {
    out_.leftHost = hostAt(true);
    out_.rightHost = hostAt(false);
    if (!m_.hasPacket()) return;
    if (std::ranges::none_of(out_.boxes, [](const MapBox &b) { return isSender(b.station); }))
        out_.origin = originWords(*m_.side, m_.packet);
    const std::vector<Header> headers = decodeHeaders(m_.state);
    const auto value = [&headers](const char *header, const char *field) {
        for (const Header &h : headers)
            if (h.name == QLatin1String(header))
                if (const HeaderField *f = h.field(QLatin1String(field))) return f->value;
        return QString();
    };
    for (const char *transport : {"UDP", "TCP"}) {
        if (value(transport, "from port").isEmpty() || value("IPv4", "from").isEmpty()) continue;
        QString what;
        for (const Header &h : headers)
            if (h.name == QLatin1String("payload")) out_.payloadLength = quint32(h.length);
        // what the program sent, of which a fragment holds a part
        if (const quint32 whole = value(transport, "length").toUInt(); whole > udpHeader)
            out_.payloadLength = std::max(out_.payloadLength, whole - udpHeader);
        if (out_.payloadLength)
            what = plural(out_.payloadLength, phrase("StackMapBuilder", "byte"), phrase("StackMapBuilder", "bytes")) +
                   QLatin1Char(' ');
        out_.leftText = phrase("StackMapBuilder", "sends %1from %2:%3")
                            .arg(what, value("IPv4", "from"), value(transport, "from port"));
        // that it is for him, and that somebody reads there, no header tells
        out_.rightText = phrase("StackMapBuilder", "to %1:%2").arg(value("IPv4", "to"), value(transport, "to port"));
    }
    const QString type = value("ICMP", "type"), to = value("IPv4", "to");
    if (!type.isEmpty() && !to.isEmpty()) {
        out_.leftText = type == QLatin1String("8")   ? phrase("StackMapBuilder", "pings %1").arg(to)
                        : type == QLatin1String("0") ? phrase("StackMapBuilder", "answers %1").arg(to)
                                                     : phrase("StackMapBuilder", "reports an error to %1").arg(to);
        out_.rightText = phrase("StackMapBuilder", "to %1").arg(to);
    }
    if (const QString op = value("ARP", "operation"); !op.isEmpty()) {
        out_.leftText = op == QLatin1String("1") ? phrase("StackMapBuilder", "asks who has ") + value("ARP", "target")
                                                 : phrase("StackMapBuilder", "answers ") + value("ARP", "target");
        out_.rightText = phrase("StackMapBuilder", "receives ARP");
    }
}

} // namespace skbscope::ui
