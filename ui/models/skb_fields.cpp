// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/skb_fields.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <array>

namespace skbscope::ui {

namespace {
struct Entry {
    SkbField field;
    qint64 (*value)(const SkbView &);
};

template <auto member> qint64 plain(const SkbView &v) {
    return qint64{v.skb.*member};
}
// As on the wire: IPv4 reads 0x0800.
qint64 protocolOf(const SkbView &v) {
    return qint64(v.skb.protocol >> 8 | (v.skb.protocol & 0xff) << 8);
}

constexpr std::array entries = {
    Entry{{"len", QT_TRANSLATE_NOOP("SkbFields", "bytes from data on, those in fragments included")},
          plain<&trace::Snapshot::len>},
    Entry{{"data_len", QT_TRANSLATE_NOOP("SkbFields", "bytes that are not in the linear part")},
          plain<&trace::Snapshot::data_len>},
    Entry{{"data", QT_TRANSLATE_NOOP("SkbFields", "where the packet begins")},
          [](const SkbView &v) { return qint64{trace::data_of(v.skb)}; }},
    Entry{{"tail", QT_TRANSLATE_NOOP("SkbFields", "where the linear part ends")},
          [](const SkbView &v) { return qint64{trace::tail_of(v.skb)}; }},
    Entry{{"end", QT_TRANSLATE_NOOP("SkbFields", "where the buffer ends")}, plain<&trace::Snapshot::end>},
    Entry{{"truesize", QT_TRANSLATE_NOOP("SkbFields", "bytes the packet costs its socket")},
          plain<&trace::Snapshot::truesize>},
    Entry{{"users", QT_TRANSLATE_NOOP("SkbFields", "references to the struct")}, plain<&trace::Snapshot::users>},
    Entry{{"dataref", QT_TRANSLATE_NOOP("SkbFields", "references to the buffer")}, plain<&trace::Snapshot::dataref>},
    Entry{{"cloned", QT_TRANSLATE_NOOP("SkbFields", "the buffer may be shared")},
          [](const SkbView &v) { return qint64{trace::cloned_of(v.skb)}; }},
    Entry{{"protocol", QT_TRANSLATE_NOOP("SkbFields", "EtherType of what data points at")}, protocolOf},
    Entry{{"pkt_type", QT_TRANSLATE_NOOP("SkbFields", "whom the frame is for")},
          [](const SkbView &v) { return qint64{trace::pkt_type_of(v.skb)}; }},
    Entry{{"ip_summed", QT_TRANSLATE_NOOP("SkbFields", "what is known of the checksum")},
          [](const SkbView &v) { return qint64{trace::ip_summed_of(v.skb)}; }},
    Entry{{"nr_frags", QT_TRANSLATE_NOOP("SkbFields", "fragments in pages")}, plain<&trace::Snapshot::nr_frags>},
    Entry{{"mac_header", QT_TRANSLATE_NOOP("SkbFields", "offset of the link header")}, plain<&trace::Snapshot::mac>},
    Entry{{"network_header", QT_TRANSLATE_NOOP("SkbFields", "offset of the network header")},
          plain<&trace::Snapshot::network>},
    Entry{{"transport_header", QT_TRANSLATE_NOOP("SkbFields", "offset of the transport header")},
          plain<&trace::Snapshot::transport>},
    Entry{{"gso_size", QT_TRANSLATE_NOOP("SkbFields", "bytes of payload a segment will have")},
          plain<&trace::Snapshot::gso_size>},
    Entry{{"gso_segs", QT_TRANSLATE_NOOP("SkbFields", "segments it stands for")}, plain<&trace::Snapshot::gso_segs>},
    Entry{{"dev", QT_TRANSLATE_NOOP("SkbFields", "the device it is at")},
          [](const SkbView &v) { return qint64{v.device}; }},
};

constexpr auto fields = [] {
    std::array<SkbField, entries.size()> out{};
    for (std::size_t i = 0; i < entries.size(); ++i)
        out[i] = entries[i].field;
    return out;
}();

constexpr SkbFieldId idOf(std::string_view name) {
    for (SkbFieldId i = 0; i < entries.size(); ++i)
        if (entries[i].field.name == name) return i;
    return entries.size();
}
constexpr SkbFieldId protocolId = idOf("protocol"), pktTypeId = idOf("pkt_type"), ipSummedId = idOf("ip_summed"),
                     deviceId = idOf("dev"), macId = idOf("mac_header"), transportId = idOf("transport_header");

constexpr std::array<unsigned, 3> etherTypes = {0x0800, 0x0806, 0x86dd};
constexpr unsigned namedPacketTypes = 5, namedChecksums = 4; // enum values with a name of their own
} // namespace

std::span<const SkbField> skbFields() {
    return fields;
}

QString skbFieldName(SkbFieldId field) {
    return QLatin1String(fields[field].name);
}

std::optional<SkbFieldId> skbFieldNamed(const QString &name) {
    for (SkbFieldId i = 0; i < fields.size(); ++i)
        if (name == QLatin1String(fields[i].name)) return i;
    return {};
}

qint64 skbFieldValue(SkbFieldId field, const SkbView &view) {
    return entries[field].value(view);
}

QString skbFieldText(SkbFieldId field, qint64 value, const trace::Side &side) {
    if (field == protocolId) return QStringLiteral("0x%1").arg(value, 4, 16, QLatin1Char('0'));
    if (field == pktTypeId) return packetTypeName(unsigned(value));
    if (field == ipSummedId) return checksumStateName(unsigned(value));
    if (field == deviceId)
        return value > 0 && std::size_t(value) < side.devices.size() ? qs(side.devices[std::size_t(value)])
                                                                     : QStringLiteral("–");
    if (field >= macId && field <= transportId && value == SKBSCOPE_OFFSET_UNSET) return QStringLiteral("unset");
    return grouped(value);
}

QStringList skbFieldWords(SkbFieldId field) {
    QStringList out;
    if (field == pktTypeId)
        for (unsigned i = 0; i < namedPacketTypes; ++i)
            out << packetTypeName(i);
    if (field == ipSummedId)
        for (unsigned i = 0; i < namedChecksums; ++i)
            out << checksumStateName(i);
    if (field == protocolId)
        for (const unsigned type : etherTypes)
            out << protocolName(type);
    if (field >= macId && field <= transportId) out << QStringLiteral("unset");
    return out;
}

std::optional<qint64> skbFieldParse(SkbFieldId field, const QString &word) {
    const qsizetype at = skbFieldWords(field).indexOf(word);
    if (at >= 0 && field == protocolId) return qint64{etherTypes[std::size_t(at)]};
    if (at >= 0) return field == pktTypeId || field == ipSummedId ? qint64(at) : qint64{SKBSCOPE_OFFSET_UNSET};
    bool ok = false;
    const qint64 value = word.toLongLong(&ok, word.startsWith(QLatin1String("0x")) ? 16 : 10);
    return ok && value >= 0 ? std::optional(value) : std::nullopt;
}

bool isDeviceField(SkbFieldId field) {
    return field == deviceId;
}

} // namespace skbscope::ui
