// SPDX-License-Identifier: GPL-2.0-or-later
// The headers of a packet, read from its bytes, with the place of every field: Ethernet, ARP, IPv4, UDP, ICMP, TCP's
// ports. Bytes are hostile: nothing is read past what is known, and a header that is not whole has no fields.
#pragma once

#include "trace/state.h"

#include <QString>
#include <optional>
#include <vector>

namespace skbscope::ui {

enum class Verdict : quint8 { none, holds, wrong };

struct HeaderField {
    QString id;                 // "IPv4.checksum"
    QString name;               // "checksum"
    QString value;              // "0x603f"
    QString note;               // "holds"
    int offset = 0, length = 0; // from skb->head
    Verdict verdict = Verdict::none;
};

struct Header {
    QString name; // "IPv4", "payload"
    char layer = 'A';
    int offset = 0, length = 0;
    bool written = true; // false: room was made for it, its bytes are not there yet
    std::vector<HeaderField> fields;
    [[nodiscard]] const HeaderField *field(const QString &name) const;
};

// In the order of memory. Gaps (headroom) are not listed; the payload is the last one, if any.
[[nodiscard]] std::vector<Header> decodeHeaders(const trace::PacketState &packet);
[[nodiscard]] const Header *headerAt(const std::vector<Header> &headers, int byte);
[[nodiscard]] const HeaderField *fieldAt(const std::vector<Header> &headers, int byte);

// The bytes of a packet that are known, by offset from head.
class ByteView {
public:
    explicit ByteView(const trace::PacketState &packet) : packet_(&packet) {}
    [[nodiscard]] bool known(int offset, int length = 1) const;
    [[nodiscard]] unsigned u8(int offset) const { return packet_->bytes[std::size_t(offset)]; } // only where known()
    [[nodiscard]] unsigned u16(int offset) const { return u8(offset) << 8 | u8(offset + 1); }
    [[nodiscard]] quint32 u32(int offset) const { return u16(offset) << 16 | u16(offset + 2); }
    // Sum of 16-bit words in ones' complement, folded; the last odd byte counts as the high half.
    [[nodiscard]] unsigned sum(int offset, int length) const;
    [[nodiscard]] bool allZero(int offset, int length) const;

private:
    const trace::PacketState *packet_;
};
[[nodiscard]] QString ipText(quint32 address);

} // namespace skbscope::ui
