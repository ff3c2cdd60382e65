// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/link.h"

#include "ui/models/decode.h"
#include "ui/models/effects.h"
#include "ui/models/names.h"

#include <algorithm>

namespace skbscope::ui {

LinkModel::LinkModel(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &LinkModel::forget);
    connect(selection, &Selection::documentGrew, this, &LinkModel::forget);
    connect(selection, &Selection::documentGrew, this, &LinkModel::update);
    connect(selection, &Selection::linkChanged, this, &LinkModel::update);
    connect(selection, &Selection::stepChanged, this, &LinkModel::update);
    connect(selection, &Selection::sideChanged, this, &LinkModel::update);
}

void LinkModel::forget() {
    histories_ = {};
    journeys_.clear();
}

const Journey &LinkModel::journey(const Moment &m) {
    static const Journey nowhere;
    if (!m.side || m.packet == trace::no_packet) return nowhere;
    if (journeys_.size() > 256) journeys_.clear();
    const auto [at, isNew] = journeys_.try_emplace(quint64(sideIndex(m.kind)) << 32 | m.packet);
    if (isNew) at->second = journeyOf(*m.side, m.packet);
    return at->second;
}

bool LinkModel::isSending(const Moment &m, quint32 event) {
    const Journey &way = journey(m);
    const int visit = way.at(event);
    return visit < 0 || isSender(way.visits[std::size_t(visit)].station);
}

FieldHistory *LinkModel::history(SideKind side) {
    const DocumentSide *s = selection_->document() ? selection_->document()->side(side) : nullptr;
    auto &history = histories_[sideIndex(side)];
    if (s && !history) history = std::make_unique<FieldHistory>(*s);
    return s ? history.get() : nullptr;
}

void LinkModel::update() {
    frames_ = {facets(selection_->pinned()), facets(selection_->hovered())};
    if (frames_.preview == frames_.pinned) frames_.preview = {};
    emit updated();
}

static bool isOfWholePacket(const QString &field) {
    return field == QLatin1String("len") || field == QLatin1String("data") || field == QLatin1String("tail");
}

ByteRange rangeOfField(const QString &field, const trace::PacketState &p) {
    const auto headerAtOffset = [&](int offset) -> ByteRange {
        for (const Header &h : decodeHeaders(p))
            if (h.offset == offset && h.length > 0) return {h.offset, h.length, h.name};
        return {};
    };
    const int data = int(trace::data_of(p.skb)), tail = int(trace::tail_of(p.skb));
    if (isOfWholePacket(field)) return tail > data ? ByteRange{data, tail - data, {}} : ByteRange{};
    if (field == QLatin1String("mac_header")) return headerAtOffset(p.skb.mac);
    if (field == QLatin1String("network_header") || field == QLatin1String("protocol"))
        return headerAtOffset(p.skb.network);
    if (field == QLatin1String("transport_header")) return headerAtOffset(p.skb.transport);
    return {};
}

Station stationOfRange(const ByteRange &range, const trace::PacketState &p, bool sending) {
    if (range.length <= 0) return Station::none;
    for (const Header &h : decodeHeaders(p)) {
        // bytes of several headers belong to several stations, so to none
        if (range.offset < h.offset || range.offset + range.length > h.offset + h.length) continue;
        switch (h.layer) {
        case 'L':
            return sending ? Station::txLink : Station::rxDevice; // whoever reads it: eth_type_trans
        case 'N':
            return sending ? Station::txNetwork : Station::rxNetwork;
        case 'T':
            return sending ? Station::txTransport : Station::rxTransport;
        default:
            return sending ? Station::txSocket : Station::rxSocket;
        }
    }
    return Station::none;
}

// Of a call: where it belongs, and what it did to the sk_buff itself.
void LinkModel::addCall(LinkFacets &out, const Moment &m, quint32 row) {
    const TraceDocument &d = *selection_->document();
    if (row >= d.rows().size()) return;
    out.row = row;
    const quint32 call = d.rows()[row].call[sideIndex(m.kind)];
    if (!m.side || call == npos) return;
    out.station = stationOf(*m.side, call, isSending(m, m.side->tree.calls[call].enter));
    for (const quint32 event : m.side->effectsOf(call)) {
        const trace::Event &e = m.side->event(event);
        if (e.packet != m.packet || !movesPointers(e)) continue;
        const std::optional<qint64> n = amountOf(*m.side, event);
        const bool atTail = e.kind == SKBSCOPE_EV_PUT || e.kind == SKBSCOPE_EV_TRIM;
        const int data = int(trace::data_of(e.skb)), tail = int(trace::tail_of(e.skb));
        const int from = e.kind == SKBSCOPE_EV_PUSH ? data
                         : atTail                   ? tail - (e.kind == SKBSCOPE_EV_PUT ? int(n.value_or(0)) : 0)
                                                    : data - int(n.value_or(0));
        if (n && *n > 0) out.range = {from, int(*n), {}};
        out.field = atTail ? QStringLiteral("tail") : QStringLiteral("data");
        return;
    }
}

void LinkModel::addRow(LinkFacets &out, const Moment &m, const std::optional<Change> &change) const {
    if (!change || !m.side) return;
    const quint32 call = m.side->tree.call_at[change->event];
    if (call != npos) out.row = m.side->rowOf(call);
}

LinkFacets LinkModel::facets(const Linked &link) {
    LinkFacets out;
    if (link.isNothing() || selection_->isEmpty()) return out;
    const Moment m = momentAt(*selection_->document(), selection_->step(), selection_->side());
    switch (link.kind) {
    case Linked::call:
        addCall(out, m, link.row);
        return out;
    case Linked::bytes:
        out.range = link.range;
        break;
    case Linked::field:
        out.field = link.name;
        if (m.hasPacket()) out.range = rangeOfField(link.name, m.state);
        break;
    default:
        out.station = static_cast<Station>(link.place);
        out.queue = link.kind == Linked::queue;
        break;
    }
    if (!m.side) return out;
    addRow(out, m, changeBefore(m, link, m.event));
    const bool ofAll = link.kind == Linked::field && isOfWholePacket(link.name); // wherever it is
    if (m.hasPacket() && out.station == Station::none && !ofAll)
        out.station = stationOfRange(out.range, m.state, isSending(m, m.event));
    return out;
}

} // namespace skbscope::ui
