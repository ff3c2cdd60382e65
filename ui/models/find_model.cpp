// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/find_model.h"

#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/landmarks.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/sentences.h"

#include <QRegularExpression>
#include <algorithm>

namespace skbscope::ui {

namespace {
// "10.9.0.2:7000" -> address and port; either may be missing.
struct End {
    QString address, port;
};
End endOf(const QString &text) {
    const QString trimmed = text.trimmed();
    return {trimmed.section(QLatin1Char(':'), 0, 0), trimmed.section(QLatin1Char(':'), 1, 1)};
}

bool fits(const End &wanted, const QString &address, const QString &port) {
    if (!wanted.port.isEmpty() && wanted.port != port) return false;
    if (wanted.address.isEmpty()) return !wanted.port.isEmpty();
    // "10.9.0" finds the whole network, "10.9.0.2" not 10.9.0.20
    return address == wanted.address ||
           (address.startsWith(wanted.address) &&
            (wanted.address.endsWith(QLatin1Char('.')) || address[wanted.address.size()] == QLatin1Char('.')));
}

quint64 keyOf(SideKind side, trace::PacketId packet) {
    return quint64(sideIndex(side)) << 32 | packet;
}
} // namespace

FindModel::FindModel(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &FindModel::forget);
    connect(selection, &Selection::documentGrew, this, &FindModel::forget);
    connect(selection, &Selection::stepChanged, this, &FindModel::updated);
}

void FindModel::forget() {
    flows_.clear();
    search();
}

void FindModel::setQuery(const QString &query) {
    if (query == query_) return;
    query_ = query;
    search();
}

void FindModel::search() {
    static const QRegularExpression packet(QStringLiteral("^(?:#|packet\\s+)(\\d+)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression flow(QStringLiteral("^[0-9.:\\s]*[.:][0-9.:\\s]*(>[0-9.:\\s]*)?$"));
    rows_.clear();
    wrapped_ = false;
    kind_ = Kind::function;
    const QString wanted = query_.trimmed();
    if (!wanted.isEmpty() && !selection_->isEmpty()) {
        if (const auto match = packet.match(wanted); match.hasMatch())
            searchPacket(match.captured(1).toUInt());
        else if (flow.match(wanted).hasMatch())
            searchFlow(wanted);
        else
            searchText(wanted);
    }
    sortUnique(rows_);
    emit updated();
}

void FindModel::addPackets(const std::function<bool(SideKind, trace::PacketId)> &wanted) {
    const TraceDocument &d = *selection_->document();
    for (quint32 r = 0; r < d.rows().size(); ++r)
        for (const SideKind kind : bothSides)
            if (const quint32 call = d.rows()[r].call[sideIndex(kind)]; call != npos) {
                const trace::PacketId packet = d.side(kind)->tree.calls[call].packet;
                if (packet != trace::no_packet && wanted(kind, packet)) rows_.push_back(r);
            }
}

void FindModel::searchPacket(trace::PacketId packet) {
    kind_ = Kind::packet;
    packet_ = packet;
    addPackets([packet](SideKind, trace::PacketId id) { return id == packet; });
}

// The headers as they were when the packet was last seen whole: a freed sk_buff still tells what its memory held.
const QHash<quint64, FindModel::Flow> &FindModel::flows() {
    if (!flows_.isEmpty()) return flows_;
    for (const SideKind kind : bothSides) {
        const DocumentSide *s = selection_->document()->side(kind);
        if (!s) continue;
        for (const trace::Packet &packet : s->packets.packets) {
            Flow flow;
            for (const Header &h : decodeHeaders(s->states.packet_at(packet.id, packet.last))) {
                const auto take = [&h](const char *name, QString &into) {
                    if (const HeaderField *f = h.field(QLatin1String(name)); f && into.isEmpty()) into = f->value;
                };
                if (h.layer == 'N') take("from", flow.from), take("to", flow.to);
                if (h.layer == 'T') take("from port", flow.fromPort), take("to port", flow.toPort);
            }
            flows_.insert(keyOf(kind, packet.id), flow);
        }
    }
    return flows_;
}

void FindModel::searchFlow(const QString &query) {
    kind_ = Kind::flow;
    const bool directed = query.contains(QLatin1Char('>'));
    const End from = endOf(query.section(QLatin1Char('>'), 0, 0)), to = endOf(query.section(QLatin1Char('>'), 1, 1));
    const QHash<quint64, Flow> &all = flows();
    addPackets([&](SideKind kind, trace::PacketId packet) {
        const Flow f = all.value(keyOf(kind, packet));
        if (directed) return fits(from, f.from, f.fromPort) && fits(to, f.to, f.toPort);
        return fits(from, f.from, f.fromPort) || fits(from, f.to, f.toPort);
    });
}

QString FindModel::textOf(quint32 row) const {
    const TraceDocument &d = *selection_->document();
    const DocumentRow &r = d.rows()[row];
    QStringList out{r.reasonWords(), contextWords(r.context, r.vector)};
    for (const SideKind kind : bothSides)
        if (const quint32 call = r.call[sideIndex(kind)]; call != npos) {
            const DocumentSide &s = *d.side(kind);
            out << qs(s.side->function(s.tree.calls[call].fn).role);
            for (const quint32 event : s.effectsOfCall[call])
                out << effectChip(s, event) << plainText(effectClause(s, event));
        }
    return out.join(QLatin1Char('\n'));
}

// Names first: only where none fits are the texts of all calls made and searched.
void FindModel::searchText(const QString &query) {
    const auto &rows = selection_->document()->rows();
    for (quint32 r = 0; r < rows.size(); ++r)
        if (rows[r].name.contains(query, Qt::CaseInsensitive)) rows_.push_back(r);
    if (!rows_.empty()) return;
    kind_ = Kind::text;
    for (quint32 r = 0; r < rows.size(); ++r)
        if (textOf(r).contains(query, Qt::CaseInsensitive)) rows_.push_back(r);
}

bool FindModel::matches(quint32 row) const {
    return std::binary_search(rows_.begin(), rows_.end(), row);
}

QString FindModel::kindWords() const {
    const bool one = count() == 1;
    switch (kind_) {
    case Kind::function:
        return one ? phrase("FindModel", "call") : phrase("FindModel", "calls");
    case Kind::packet:
        return (one ? phrase("FindModel", "call with packet %1") : phrase("FindModel", "calls with packet %1"))
            .arg(packet_);
    case Kind::flow:
        return one ? phrase("FindModel", "call of this flow") : phrase("FindModel", "calls of this flow");
    default:
        return one ? phrase("FindModel", "call with this text") : phrase("FindModel", "calls with this text");
    }
}

QString FindModel::words() const {
    if (query_.trimmed().isEmpty()) return phrase("FindModel", "function, #packet, address:port or text");
    if (rows_.empty()) return phrase("FindModel", "nothing here: no function, packet, flow or text like this");
    const QString kinds = kindWords(); // "calls with packet 3"
    const quint32 now = selection_->document()->steps()[selection_->step()].row;
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), now);
    QString out = at != rows_.end() && *at == now
                      ? phrase("FindModel", "%1 of %2 %3").arg(at - rows_.begin() + 1).arg(count()).arg(kinds)
                      : QStringLiteral("%1 %2").arg(count()).arg(kinds);
    return wrapped_ ? out + phrase("FindModel", ", from the other end") : out;
}

void FindModel::go(Direction direction) {
    if (rows_.empty() || selection_->isEmpty()) return;
    const quint32 now = selection_->document()->steps()[selection_->step()].row;
    const std::optional<quint32> next = nextAmong(rows_, now, direction);
    wrapped_ = !next;
    selection_->setRow(next ? *next : direction == Direction::forward ? rows_.front() : rows_.back());
    emit updated();
}

} // namespace skbscope::ui
