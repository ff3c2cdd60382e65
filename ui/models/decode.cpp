// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/decode.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QStringList>
#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr int ethernetLength = 14, arpLength = 28, udpLength = 8, icmpLength = 8, minIpv4 = 20, minTcp = 20;
constexpr unsigned protoIcmp = 1, protoTcp = 6, protoUdp = 17;

QString hex(unsigned value, int digits) {
    return QStringLiteral("0x%1").arg(value, digits, 16, QLatin1Char('0'));
}

QString macText(const ByteView &b, int at) {
    QStringList parts;
    for (int i = 0; i < 6; ++i)
        parts << QStringLiteral("%1").arg(b.u8(at + i), 2, 16, QLatin1Char('0'));
    return parts.join(QLatin1Char(':'));
}

unsigned fold(quint64 sum) {
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return unsigned(sum);
}

class Decoder {
public:
    explicit Decoder(const trace::PacketState &packet) : packet_(packet), bytes_(packet) {}
    std::vector<Header> run();

private:
    Header &header(const QString &name, char layer, int offset, int length);
    Header &header(const char *name, char layer, int offset, int length) {
        return header(QString::fromLatin1(name), layer, offset, length);
    }
    void field(Header &h, const char *name, const QString &value, int offset, int length, const QString &note = {},
               Verdict verdict = Verdict::none);
    void ethernet(int offset);
    void arp(int offset);
    void ipv4(int offset);
    void transport(int offset, unsigned protocol);
    void udp(int offset);
    void udpChecksum(Header &h, int offset, unsigned length);
    void icmp(int offset);
    void tcp(int offset);
    void payload(int offset);
    // Lengths are hostile too: an offset has 16 bits, a linear buffer is not longer than that.
    [[nodiscard]] int end() const { return int(std::min<std::uint32_t>(trace::tail_of(packet_.skb), 1U << 17)); }
    [[nodiscard]] int networkStart() const; // -1: nobody has said yet
    [[nodiscard]] int linkStart(int network) const;
    void notDecoded(unsigned type, int offset);

    const trace::PacketState &packet_;
    ByteView bytes_;
    std::vector<Header> out_;
    int ipOffset_ = -1;
};

Header &Decoder::header(const QString &name, char layer, int offset, int length) {
    Header h;
    h.name = name;
    h.layer = layer;
    h.offset = offset;
    h.length = length;
    h.written = bytes_.known(offset, std::max(length, 1));
    out_.push_back(std::move(h));
    return out_.back();
}

void Decoder::field(Header &h, const char *name, const QString &value, int offset, int length, const QString &note,
                    Verdict verdict) {
    h.fields.push_back({h.name + QLatin1Char('.') + QLatin1String(name), QLatin1String(name), value, note,
                        h.offset + offset, length, verdict});
}

void Decoder::ethernet(int offset) {
    Header &h = header("Ethernet", 'L', offset, ethernetLength);
    h.written = h.written && !bytes_.allZero(offset, ethernetLength);
    if (!h.written) return;
    field(h, "to", macText(bytes_, offset), 0, 6);
    field(h, "from", macText(bytes_, offset + 6), 6, 6);
    const unsigned type = bytes_.u16(offset + 12);
    field(h, "type", hex(type, 4), 12, 2, protocolName(type));
}

void Decoder::arp(int offset) {
    Header &h = header("ARP", 'L', offset, arpLength);
    h.written = h.written && bytes_.u16(offset) != 0;
    if (!h.written) return;
    const unsigned op = bytes_.u16(offset + 6);
    field(h, "operation", QString::number(op), 6, 2,
          op == 1   ? QStringLiteral("request")
          : op == 2 ? QStringLiteral("reply")
                    : QString());
    field(h, "sender", ipText(bytes_.u32(offset + 14)), 14, 4);
    field(h, "sender mac", macText(bytes_, offset + 8), 8, 6);
    field(h, "target", ipText(bytes_.u32(offset + 24)), 24, 4);
    field(h, "target mac", macText(bytes_, offset + 18), 18, 6);
}

void Decoder::ipv4(int offset) {
    const bool real = bytes_.known(offset, minIpv4) && bytes_.u8(offset) >> 4 == 4 && (bytes_.u8(offset) & 15) >= 5;
    const int transportAt = packet_.skb.transport;
    const bool hasTransport = transportAt != SKBSCOPE_OFFSET_UNSET && transportAt > offset;
    const int ihl = real ? int(bytes_.u8(offset) & 15) * 4 : hasTransport ? transportAt - offset : minIpv4;
    ipOffset_ = real ? offset : -1;
    Header &h = header("IPv4", 'N', offset, ihl);
    h.written = real && h.written;
    if (!h.written) return transport(offset + ihl, 0);
    field(h, "version", QString::number(bytes_.u8(offset) >> 4), 0, 1);
    field(h, "header", QString::number(ihl / 4), 0, 1, phrase("Decode", "× 4 bytes"));
    field(h, "length", QString::number(bytes_.u16(offset + 2)), 2, 2);
    const unsigned fragment = bytes_.u16(offset + 6);
    const QString flags = fragment & 0x4000   ? QStringLiteral("DF")
                          : fragment & 0x2000 ? QStringLiteral("MF")
                                              : QStringLiteral("none");
    field(h, "flags", flags, 6, 2,
          fragment & 0x1fff ? QStringLiteral("offset %1").arg((fragment & 0x1fff) * 8) : QString());
    field(h, "TTL", QString::number(bytes_.u8(offset + 8)), 8, 1);
    const unsigned protocol = bytes_.u8(offset + 9);
    const QString name = protocol == protoUdp    ? QStringLiteral("UDP")
                         : protocol == protoTcp  ? QStringLiteral("TCP")
                         : protocol == protoIcmp ? QStringLiteral("ICMP")
                                                 : QString();
    const bool holds = bytes_.sum(offset, ihl) == 0xffff;
    const bool blank = bytes_.u16(offset + 10) == 0;
    field(h, "checksum", hex(bytes_.u16(offset + 10), 4), 10, 2,
          blank   ? phrase("Decode", "not filled in yet")
          : holds ? phrase("Decode", "holds")
                  : phrase("Decode", "does not hold"),
          blank   ? Verdict::none
          : holds ? Verdict::holds
                  : Verdict::wrong);
    field(h, "from", ipText(bytes_.u32(offset + 12)), 12, 4);
    field(h, "to", ipText(bytes_.u32(offset + 16)), 16, 4);
    field(h, "id", hex(bytes_.u16(offset + 4), 4), 4, 2);
    field(h, "protocol", QString::number(protocol), 9, 1, name);
    field(h, "tos", hex(bytes_.u8(offset + 1), 2), 1, 1);
    // Only the first fragment holds the transport header.
    if (fragment & 0x1fff)
        payload(offset + ihl);
    else
        transport(offset + ihl, protocol);
}

void Decoder::transport(int offset, unsigned protocol) {
    if (offset >= end()) return;
    if (protocol == protoUdp) return udp(offset);
    if (protocol == protoIcmp) return icmp(offset);
    if (protocol == protoTcp) return tcp(offset);
    payload(offset);
}

// With CHECKSUM_PARTIAL the field holds the pseudo header's sum only; the device, or nobody on a veth, adds the rest.
void Decoder::udpChecksum(Header &h, int offset, unsigned length) {
    const unsigned stored = bytes_.u16(offset + 6);
    QString note;
    Verdict verdict = Verdict::none;
    if (stored == 0) {
        note = QStringLiteral("none");
    } else if (ipOffset_ >= 0) {
        const unsigned pseudo = fold(quint64(bytes_.sum(ipOffset_ + 12, 8)) + protoUdp + length);
        if (trace::ip_summed_of(packet_.skb) == 3 && stored == pseudo) {
            note = phrase("Decode", "addresses and length only (PARTIAL)");
            verdict = Verdict::holds;
        } else if (stored == pseudo) { // a receiver that trusts the veth marks it as checked, and nobody adds the rest
            note = phrase("Decode", "addresses and length only");
        } else if (bytes_.known(offset, int(length))) {
            const bool holds = fold(quint64(pseudo) + bytes_.sum(offset, int(length))) == 0xffff;
            note = holds ? phrase("Decode", "holds") : phrase("Decode", "does not hold");
            verdict = holds ? Verdict::holds : Verdict::wrong;
        }
    }
    field(h, "checksum", hex(stored, 4), 6, 2, note, verdict);
}

void Decoder::udp(int offset) {
    Header &h = header("UDP", 'T', offset, udpLength);
    const unsigned length = bytes_.known(offset, udpLength) ? bytes_.u16(offset + 4) : 0;
    h.written = h.written && length >= udpLength;
    if (h.written) {
        field(h, "from port", QString::number(bytes_.u16(offset)), 0, 2);
        field(h, "to port", QString::number(bytes_.u16(offset + 2)), 2, 2);
        field(h, "length", QString::number(length), 4, 2);
        udpChecksum(h, offset, length);
    }
    payload(offset + udpLength);
}

void Decoder::icmp(int offset) {
    Header &h = header("ICMP", 'N', offset, icmpLength);
    if (h.written) {
        field(h, "type", QString::number(bytes_.u8(offset)), 0, 1, icmpTypeWords(bytes_.u8(offset)));
        field(h, "code", QString::number(bytes_.u8(offset + 1)), 1, 1);
        const bool whole = bytes_.known(offset, end() - offset);
        const bool holds = whole && bytes_.sum(offset, end() - offset) == 0xffff;
        field(h, "checksum", hex(bytes_.u16(offset + 2), 4), 2, 2,
              !whole  ? QString()
              : holds ? phrase("Decode", "holds")
                      : phrase("Decode", "does not hold"),
              !whole  ? Verdict::none
              : holds ? Verdict::holds
                      : Verdict::wrong);
    }
    payload(offset + icmpLength);
}

void Decoder::tcp(int offset) {
    const bool known = bytes_.known(offset, minTcp);
    const int length = known ? std::max(minTcp, int(bytes_.u8(offset + 12) >> 4) * 4) : minTcp;
    Header &h = header("TCP", 'T', offset, length);
    if (known) {
        field(h, "from port", QString::number(bytes_.u16(offset)), 0, 2);
        field(h, "to port", QString::number(bytes_.u16(offset + 2)), 2, 2);
        field(h, "sequence", QString::number(bytes_.u32(offset + 4)), 4, 4);
        field(h, "acknowledges", QString::number(bytes_.u32(offset + 8)), 8, 4);
    }
    payload(offset + length);
}

void Decoder::payload(int offset) {
    if (offset >= end()) return;
    // of a long one only the beginning is recorded
    header("payload", 'A', offset, end() - offset).written = bytes_.known(offset, 1);
}

// alloc leaves the network offset at 0, where no packet's header lies once room was reserved in front of it. Of a frame
// that came in it is set only after GRO: until then it is where eth_type_trans pulled to.
int Decoder::networkStart() const {
    const trace::Snapshot &s = packet_.skb;
    if (s.network != SKBSCOPE_OFFSET_UNSET && s.network > 0) return int(s.network) <= end() ? int(s.network) : -1;
    const bool received = s.mac != SKBSCOPE_OFFSET_UNSET && int(trace::data_of(s)) == s.mac + ethernetLength;
    return received && s.network == 0 ? int(trace::data_of(s)) : -1;
}

// What this program has no headers for is of its layer, but nobody's payload.
void Decoder::notDecoded(unsigned type, int offset) {
    if (offset >= end()) return;
    const QString name = protocolName(type);
    header(name.isEmpty() ? hex(type, 4) : name, name.isEmpty() ? 'Q' : 'N', offset, end() - offset).written =
        bytes_.known(offset, 1);
}

// Where the link header starts: the kernel's mac offset, or data while a header was just pushed before it was set.
int Decoder::linkStart(int network) const {
    const int mac = packet_.skb.mac, data = int(trace::data_of(packet_.skb));
    if (mac != SKBSCOPE_OFFSET_UNSET && network - mac == ethernetLength) return mac;
    return network - data == ethernetLength ? data : -1;
}

std::vector<Header> Decoder::run() {
    const trace::Snapshot &s = packet_.skb;
    const int network = networkStart();
    if (network < 0) {
        if (s.len > s.data_len) header("data", 'A', int(trace::data_of(s)), end() - int(trace::data_of(s)));
        return std::move(out_);
    }
    if (const int link = linkStart(network); link >= 0) ethernet(link);
    unsigned type = unsigned(s.protocol >> 8 | (s.protocol & 0xff) << 8); // kept in network order
    const bool linkWritten = !out_.empty() && out_.front().written;
    if (type == 0 && linkWritten) type = bytes_.u16(out_.front().offset + 12);
    if (type == 0x0806)
        arp(network);
    else if (type == 0x0800 || type == 0)
        ipv4(network);
    else
        notDecoded(type, network);
    return std::move(out_);
}
} // namespace

bool ByteView::known(int offset, int length) const {
    if (offset < 0 || length < 0 || std::size_t(offset + length) > packet_->known.size()) return false;
    const auto first = packet_->known.begin() + offset;
    return std::all_of(first, first + length, [](std::uint8_t k) { return k != 0; });
}

unsigned ByteView::sum(int offset, int length) const {
    quint64 total = 0;
    for (int i = 0; i < length; ++i)
        total += i % 2 == 0 ? u8(offset + i) << 8 : u8(offset + i);
    return fold(total);
}

bool ByteView::allZero(int offset, int length) const {
    for (int i = 0; i < length; ++i)
        if (known(offset + i) && u8(offset + i) != 0) return false;
    return true;
}

std::vector<Header> decodeHeaders(const trace::PacketState &packet) {
    if (!packet.seen) return {};
    return Decoder(packet).run();
}

} // namespace skbscope::ui
