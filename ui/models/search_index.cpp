// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/search_index.h"

#include "ui/models/decode.h"
#include "ui/models/names.h"

#include <QRegularExpression>
#include <algorithm>

namespace skbscope::ui {

namespace {
bool fits(const FlowEnd &wanted, const FlowEnd &is) {
    if (!wanted.port.isEmpty() && wanted.port != is.port) return false;
    if (!wanted.host.isEmpty() && wanted.host != is.host) return false;
    if (wanted.address.isEmpty()) return !wanted.isEmpty();
    // "10.9.0" finds the whole network, "10.9.0.2" not 10.9.0.20
    return is.address == wanted.address ||
           (is.address.startsWith(wanted.address) &&
            (wanted.address.endsWith(u'.') || is.address[wanted.address.size()] == u'.'));
}

// All that came before is where it was: then what was worked out about it holds.
bool continues(const trace::Side &now, const trace::Side &before) {
    if (before.events.empty()) return true;
    if (now.events.size() < before.events.size()) return false;
    const trace::Event &a = now.events[before.events.size() - 1], &b = before.events.back();
    return a.time == b.time && a.cpu == b.cpu && a.seq == b.seq && a.kind == b.kind;
}
} // namespace

SearchIndex::SearchIndex(Selection *selection, QObject *parent) : QObject(parent) {
    connect(selection, &Selection::documentChanged, this, [this, selection] { setDocument(selection->document()); });
    connect(selection, &Selection::documentGrowing, this, &SearchIndex::grow);
}

void SearchIndex::setDocument(const TraceDocument *document) {
    document_ = document;
    flows_ = {};
}

void SearchIndex::grow(const TraceDocument *before, const TraceDocument *now) {
    const bool same = std::ranges::all_of(bothSides, [&](SideKind kind) {
        const DocumentSide *was = before->side(kind), *is = now->side(kind);
        return !was || (is && continues(*is->side, *was->side));
    });
    if (!same) return setDocument(now);
    document_ = now;
}

std::vector<quint32> SearchIndex::named(const QString &text, bool whole) const {
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(
        QRegularExpression::escape(text).replace(QStringLiteral("\\*"), QStringLiteral(".*"))));
    const auto fits = [&](const QString &name) {
        return whole ? pattern.match(name).hasMatch() : name.contains(text, Qt::CaseInsensitive);
    };
    const auto has = [&](SideKind kind) {
        return document_->side(kind) && document_->side(kind)->anyFunctionNamed(fits);
    };
    if (std::ranges::none_of(bothSides, has)) return {};
    enum : quint8 { unknown, no, yes };
    std::array<std::vector<quint8>, 2> known; // by side and function
    std::vector<quint32> rows;
    for (quint32 r = 0; r < document_->rows().size(); ++r) {
        const SideKind kind = document_->sideOf(r);
        const trace::FunctionId fn = document_->firstCallOf(r).fn;
        std::vector<quint8> &wanted = known[sideIndex(kind)];
        if (wanted.size() <= fn) wanted.resize(std::size_t(fn) + 1, unknown);
        if (wanted[fn] == unknown) wanted[fn] = fits(document_->side(kind)->functionName(fn)) ? yes : no;
        if (wanted[fn] == yes) rows.push_back(r);
    }
    return rows;
}

template <typename Wanted> void SearchIndex::addPackets(std::vector<quint32> &rows, const Wanted &wanted) const {
    for (quint32 r = 0; r < document_->rows().size(); ++r)
        for (const SideKind kind : bothSides)
            if (const quint32 call = document_->callOf(r, kind); call != npos) {
                const trace::PacketId packet = document_->side(kind)->enterOf(call).packet;
                if (packet == trace::no_packet || !wanted(kind, packet)) continue;
                rows.push_back(r);
                break;
            }
}

// The headers as they were when the packet was last seen whole: a freed sk_buff still tells what its memory held.
SearchIndex::Flow SearchIndex::flowOf(const DocumentSide &side, trace::PacketId id) const {
    Flow flow;
    const trace::Packet &packet = *side.packets.find(id);
    for (const Header &h : decodeHeaders(side.states.packet_at(id, packet.last))) {
        const auto take = [&h](const char *name, QString &into) {
            if (const HeaderField *f = h.field(QLatin1String(name)); f && into.isEmpty()) into = f->value;
        };
        if (h.layer == 'N') take("from", flow.from.address), take("to", flow.to.address);
        if (h.layer == 'T') take("from port", flow.from.port), take("to port", flow.to.port);
    }
    const auto hostAt = [&side](quint32 event) {
        const quint8 host = side.event(event).host;
        return host < side.side->hosts.size() ? qs(side.side->hosts[host]) : QString();
    };
    flow.from.host = hostAt(packet.first);
    flow.to.host = hostAt(packet.last);
    return flow;
}

void SearchIndex::indexFlows(SideKind kind) {
    const DocumentSide *side = document_->side(kind);
    if (!side) return;
    auto &flows = flows_[sideIndex(kind)];
    for (const trace::Packet &packet : side->packets.packets)
        if (const auto at = flows.constFind(packet.id); at == flows.constEnd() || at->first != packet.last)
            flows.insert(packet.id, {packet.last, flowOf(*side, packet.id)});
}

SearchIndex::Found SearchIndex::search(const SearchQuery &query) {
    Found out{{}, QStringLiteral("call")};
    if (!document_ || document_->rows().empty()) return out;
    switch (query.kind) {
    case SearchQuery::nothing:
        break;
    case SearchQuery::function:
        out.rows = named(query.text, true);
        break;
    case SearchQuery::packet:
        out.kind = QStringLiteral("call with packet %1").arg(query.packetId);
        addPackets(out.rows, [&query](SideKind, trace::PacketId id) { return id == query.packetId; });
        break;
    case SearchQuery::flow: {
        out.kind = QStringLiteral("call of this flow");
        std::array<std::vector<bool>, 2> wanted; // by side and packet
        for (const SideKind kind : bothSides) {
            indexFlows(kind);
            std::vector<bool> &w = wanted[sideIndex(kind)];
            for (auto at = flows_[sideIndex(kind)].constBegin(); at != flows_[sideIndex(kind)].constEnd(); ++at) {
                const auto &[seen, flow] = at.value();
                if (w.size() <= at.key()) w.resize(std::size_t(at.key()) + 1);
                w[at.key()] = query.directed ? fits(query.from, flow.from) && fits(query.to, flow.to)
                                             : fits(query.from, flow.from) || fits(query.from, flow.to);
            }
        }
        addPackets(out.rows, [&wanted](SideKind kind, trace::PacketId id) {
            const std::vector<bool> &w = wanted[sideIndex(kind)];
            return id < w.size() && w[id];
        });
        break;
    }
    case SearchQuery::words: // names first: only where none fits are the texts of all calls made and searched
        out.rows = named(query.text, false);
        if (!out.rows.empty()) break;
        out.kind = QStringLiteral("call with this text");
        out.isInTexts = true;
        break;
    }
    return out;
}

} // namespace skbscope::ui
