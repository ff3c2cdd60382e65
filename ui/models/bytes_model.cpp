// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/bytes_model.h"

#include "ui/models/byte_differences.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr int rowBytes = 16, leastBytes = 64;

ByteCell cellAt(const trace::PacketState &p, const std::vector<Header> &headers, int at) {
    ByteCell cell;
    const ByteView bytes(p);
    cell.known = bytes.known(at);
    if (cell.known) cell.value = quint8(bytes.u8(at));
    cell.inPacket = at >= int(trace::data_of(p.skb)) && at < int(trace::tail_of(p.skb));
    if (const Header *h = headerAt(headers, at)) cell.layer = h->layer;
    return cell;
}
} // namespace

ByteTable bytesAt(const TraceDocument &d, quint32 step, SideKind side) {
    ByteTable view;
    const Moment m = momentAt(d, step, side);
    view.present = m.hasPacket();
    if (!view.present) return view;
    view.headers = decodeHeaders(m.state);
    const quint32 room = std::min<quint32>(m.state.skb.end, 1U << 16); // hostile lengths are cut
    const int tail = int(std::min<quint32>(trace::tail_of(m.state.skb), room));
    const int count = (std::max(tail, leastBytes) + rowBytes - 1) / rowBytes * rowBytes;
    for (int at = 0; at < count; ++at)
        view.cells.push_back(cellAt(m.state, view.headers, at));
    const ByteDifferences differences = byteDifferences(d, step);
    for (const auto &[at, explained] : differences.at) {
        if (at >= count || !view.cells[std::size_t(at)].known) continue;
        view.cells[std::size_t(at)].differs = true;
        view.cells[std::size_t(at)].explained = explained;
        ++view.differing;
        view.unexplained += explained ? 0 : 1;
    }
    if (view.unexplained > 0)
        view.note =
            plural(view.unexplained, phrase("BytesModel", "byte differs"), phrase("BytesModel", "bytes differ")) +
            phrase("BytesModel", ", unexplained");
    else if (view.differing > 0)
        view.note = plural(view.differing, phrase("BytesModel", "byte differs"), phrase("BytesModel", "bytes differ")) +
                    phrase("BytesModel", ", as they should");
    return view;
}

int packetRow(const ByteTable &table) {
    const auto shown = [](const ByteCell &c) { return c.inPacket || (c.known && c.layer != ' '); };
    const auto at = std::find_if(table.cells.begin(), table.cells.end(), shown);
    return at == table.cells.end() ? 0 : int(at - table.cells.begin()) / rowBytes;
}

std::vector<HeaderLine> headerLines(const std::vector<Header> &headers) {
    static const std::vector<QStringList> together = {
        {QStringLiteral("version"), QStringLiteral("header")},
        {QStringLiteral("length"), QStringLiteral("flags"), QStringLiteral("TTL")},
        {QStringLiteral("id"), QStringLiteral("protocol")},
        {QStringLiteral("from port"), QStringLiteral("to port"), QStringLiteral("length")},
    };
    std::vector<HeaderLine> out;
    for (int h = 0; h < int(headers.size()); ++h) {
        const Header &header = headers[std::size_t(h)];
        out.push_back({h, {}});
        std::vector<bool> done(header.fields.size(), false);
        for (std::size_t f = 0; f < header.fields.size(); ++f) {
            if (done[f]) continue;
            HeaderLine line{h, {int(f)}};
            // IPv4's addresses share a line, Ethernet's are too long for one
            QStringList mates;
            for (const QStringList &group : together)
                if (group.front() == header.fields[f].name) mates = group;
            if (header.name == QLatin1String("IPv4") && header.fields[f].name == QLatin1String("from"))
                mates << QStringLiteral("to");
            for (std::size_t g = f + 1; g < header.fields.size(); ++g)
                if (!done[g] && mates.contains(header.fields[g].name)) line.fields.push_back(int(g)), done[g] = true;
            out.push_back(line);
        }
    }
    return out;
}

namespace {
// The names that are words; the others ("TTL", "checksum", "id") are the protocol's own.
QString fieldName(const QString &name) {
    static constexpr const char *words[] = {
        QT_TRANSLATE_NOOP("Fields", "to"),     QT_TRANSLATE_NOOP("Fields", "from"),
        QT_TRANSLATE_NOOP("Fields", "type"),   QT_TRANSLATE_NOOP("Fields", "version"),
        QT_TRANSLATE_NOOP("Fields", "length"), QT_TRANSLATE_NOOP("Fields", "protocol"),
        QT_TRANSLATE_NOOP("Fields", "sender"), QT_TRANSLATE_NOOP("Fields", "sender mac"),
        QT_TRANSLATE_NOOP("Fields", "target"), QT_TRANSLATE_NOOP("Fields", "target mac"),
        QT_TRANSLATE_NOOP("Fields", "code"),   QT_TRANSLATE_NOOP("Fields", "operation"),
    };
    for (const char *word : words)
        if (name == QLatin1String(word)) return phrase("Fields", word);
    return name;
}
} // namespace

QString fieldWords(const Header &header, const HeaderField &f) {
    const QString value = bold(f.value);
    if (f.name == QLatin1String("from port") ||
        (header.name == QLatin1String("IPv4") && f.name == QLatin1String("from")))
        return value;
    if (f.name == QLatin1String("to port") || (header.name == QLatin1String("IPv4") && f.name == QLatin1String("to")))
        return QStringLiteral("→ ") + value;
    if (f.name == QLatin1String("flags") && f.note.isEmpty() && f.value != QLatin1String("none")) return value;
    if (f.name == QLatin1String("header")) return QStringLiteral("header ") + value + QLatin1Char(' ') + f.note;
    QString out = fieldName(f.name) + QLatin1Char(' ') + value;
    if (f.verdict != Verdict::none || f.name == QLatin1String("checksum")) {
        if (!f.note.isEmpty()) out += QStringLiteral(": ") + f.note;
    } else if (!f.note.isEmpty()) {
        out += QStringLiteral(" (") + f.note + QLatin1Char(')');
    }
    return out;
}

BytesModel::BytesModel(Selection *selection, QObject *parent) : PaneModel(parent), selection_(selection) {
    connect(selection, &Selection::stepChanged, this, &BytesModel::update);
    connect(selection, &Selection::documentGrew, this, &BytesModel::update);
    connect(selection, &Selection::sideChanged, this, &BytesModel::update);
    connect(selection, &Selection::linkChanged, this, &BytesModel::updated);
    update();
}

void BytesModel::update() {
    view_ =
        selection_->isEmpty() ? ByteTable{} : bytesAt(*selection_->document(), selection_->step(), selection_->side());
    std::vector<PaneRow> rows;
    for (std::size_t at = 0; at < view_.cells.size(); at += rowBytes) {
        QStringList text;
        for (std::size_t i = at; i < at + rowBytes; ++i)
            text << (view_.cells[i].known ? QStringLiteral("%1").arg(view_.cells[i].value, 2, 16, QLatin1Char('0'))
                                          : QStringLiteral("··"));
        rows.push_back({QStringLiteral("bytes:%1").arg(at),
                        QStringLiteral("%1: %2").arg(at, 3, 16, QLatin1Char('0')).arg(text.join(QLatin1Char(' ')))});
    }
    setRows(std::move(rows));
}

ByteRange BytesModel::rangeAt(int byte) const {
    if (const HeaderField *f = fieldAt(view_.headers, byte)) return {f->offset, f->length, f->id};
    if (const Header *h = headerAt(view_.headers, byte); h && h->name == QLatin1String("payload"))
        return {h->offset, h->length, h->name};
    return {byte, 1, {}};
}

ByteRange BytesModel::rangeOf(const QString &fieldId) const {
    for (const Header &h : view_.headers) {
        if (h.name == fieldId) return {h.offset, h.length, h.name};
        for (const HeaderField &f : h.fields)
            if (f.id == fieldId) return {f.offset, f.length, f.id};
    }
    return {};
}

HeadersModel::HeadersModel(BytesModel *bytes, QObject *parent) : PaneModel(parent), bytes_(bytes) {
    connect(bytes, &BytesModel::updated, this, &HeadersModel::update);
    update();
}

void HeadersModel::update() {
    const std::vector<Header> &headers = bytes_->view().headers;
    lines_ = headerLines(headers);
    std::vector<PaneRow> rows;
    for (const HeaderLine &line : lines_) {
        const Header &h = headers[std::size_t(line.header)];
        if (line.fields.empty()) {
            rows.push_back(
                {QStringLiteral("header:") + h.name,
                 QStringLiteral("%1, %2%3")
                     .arg(h.name, plural(h.length, phrase("BytesModel", "byte"), phrase("BytesModel", "bytes")),
                          h.written ? QString() : phrase("BytesModel", ", not written yet"))});
            continue;
        }
        QStringList words;
        for (const int f : line.fields)
            words << plainText(fieldWords(h, h.fields[std::size_t(f)]));
        rows.push_back({QStringLiteral("field:") + h.fields[std::size_t(line.fields.front())].id,
                        words.join(QStringLiteral(", "))});
    }
    setRows(std::move(rows));
}

int HeadersModel::focusLine() const {
    const std::vector<Header> &headers = bytes_->view().headers;
    const QString &field = bytes_->selection().pinned().range.field;
    const TraceDocument *d = bytes_->selection().document();
    const char layer = d && !bytes_->selection().isEmpty()
                           ? trace::layer_letter(d->rows()[d->steps()[bytes_->selection().step()].row].layer)
                           : ' ';
    for (int i = 0; i < int(lines_.size()); ++i) {
        const Header &h = headers[std::size_t(lines_[std::size_t(i)].header)];
        for (const int f : lines_[std::size_t(i)].fields)
            if (!field.isEmpty() && h.fields[std::size_t(f)].id == field) return std::max(0, i - 3);
    }
    // Of several headers of a layer (ICMP is of IP's) the one that stands first in the packet now.
    const auto &cells = bytes_->view().cells;
    const int data = int(std::ranges::find_if(cells, &ByteCell::inPacket) - cells.begin());
    int found = -1;
    for (int i = 0; i < int(lines_.size()); ++i) {
        const Header &h = headers[std::size_t(lines_[std::size_t(i)].header)];
        if (!lines_[std::size_t(i)].fields.empty() || h.layer != layer) continue;
        if (h.offset == data) return i;
        if (found < 0) found = i;
    }
    return std::max(0, found);
}

} // namespace skbscope::ui
