// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/memory_map_model.h"

#include "ui/models/app_words.h"
#include "ui/models/call_number.h"
#include "ui/models/effects.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

namespace skbscope::ui {

namespace {
// sizeof(struct skb_shared_info), cache aligned, of the 6.1 build this project compares with.
constexpr int sharedInfoSize = 320;

// Cuts a header at data: what lies before it is passed.
void addPart(std::vector<MemorySegment> &out, const Header &h, int from, int to, MemorySegment::State state) {
    if (from >= to) return;
    if (!h.written && state == MemorySegment::inPacket) state = MemorySegment::unwritten;
    out.push_back({h.name, h.layer, from, to, state});
}

// A system call makes a packet somewhere inside: the function that runs has nothing to do with it.
QString whoWillMakeOne(const TraceDocument &d, quint32 step) {
    const quint32 row = d.steps()[step].row;
    const std::vector<quint32> up = d.ancestors(row);
    const QString root = d.rows()[up.empty() ? row : up.front()].name;
    const QString call = systemCall(root.toStdString());
    return phrase("MemoryMapModel", "no sk_buff yet: %1 will make one").arg(call.isEmpty() ? root : call);
}

QString hexText(unsigned value) {
    return QStringLiteral("0x%1").arg(value, 4, 16, QLatin1Char('0'));
}

QString deviceText(const Moment &m) {
    const auto &names = m.side->side->devices;
    return m.state.device > 0 && m.state.device < names.size() ? qs(names[m.state.device]) : QStringLiteral("–");
}

std::vector<MemoryField> fieldsOf(const Moment &m) {
    const trace::Snapshot &s = m.state.skb;
    const unsigned protocol = unsigned(s.protocol >> 8 | (s.protocol & 0xff) << 8);
    const auto number = [](qint64 value) { return grouped(value); };
    return {{QStringLiteral("len"), number(s.len), {}},
            {QStringLiteral("data_len"), number(s.data_len), {}},
            {QStringLiteral("truesize"), number(s.truesize), {}},
            {QStringLiteral("users"), number(s.users), {}},
            {QStringLiteral("dataref"), number(s.dataref), {}},
            {QStringLiteral("cloned"), number(trace::cloned_of(s)), {}},
            {QStringLiteral("protocol"), hexText(protocol), {}},
            {QStringLiteral("pkt_type"), packetTypeName(trace::pkt_type_of(s)), {}},
            {QStringLiteral("ip_summed"), checksumStateName(trace::ip_summed_of(s)), {}},
            {QStringLiteral("nr_frags"), number(s.nr_frags), {}},
            {QStringLiteral("dev"), deviceText(m), {}},
            {QStringLiteral("packet"), number(m.packet), {}}};
}

void compareSides(const TraceDocument &d, quint32 step, SideKind side, MemoryMap &map) {
    if (!d.hasBoth()) {
        map.agreement = onlyWords(sideWord(d, side));
        return;
    }
    const DocumentRow &row = d.rows()[d.steps()[step].row];
    map.mark = row.mark;
    if (row.mark == trace::RowMark::match)
        map.agreement = phrase("MemoryMapModel", "both sides agree");
    else if (!row.reason.text.empty())
        map.agreement = appWords(row.reason.text);
    else if (row.mark)
        map.agreement = markWords(d, *row.mark);
    if (row.mark == trace::RowMark::differs && !row.fields.empty())
        map.agreement = appWords(row.fields.front().field) + QStringLiteral(": ") +
                        (row.fields.front().reason.text.empty() ? phrase("MemoryMapModel", "unexplained")
                                                                : appWords(row.fields.front().reason.text));
}

void noteChanges(MemoryMap &map, const Moment &m, const Moment &before) {
    map.fields = fieldsOf(m);
    if (!before.hasPacket() || before.packet != m.packet) return;
    const std::vector<MemoryField> old = fieldsOf(before);
    for (std::size_t i = 0; i < map.fields.size(); ++i)
        if (old[i].value != map.fields[i].value) map.fields[i].before = old[i].value;
}
} // namespace

std::vector<MemorySegment> memorySegments(const trace::PacketState &p) {
    const int end = int(std::min<quint32>(p.skb.end, 1U << 30));
    const int data = int(std::min<quint32>(trace::data_of(p.skb), quint32(end)));
    const int tail = int(std::clamp<quint32>(trace::tail_of(p.skb), quint32(data), quint32(end)));
    std::vector<MemorySegment> out;
    int at = 0;
    for (const Header &h : decodeHeaders(p)) {
        if (h.offset < at || h.offset >= end || h.length <= 0) continue;                 // or overlap
        const int stop = std::min({h.offset + h.length, std::max(tail, h.offset), end}); // hostile offsets lie anywhere
        if (h.offset > at) out.push_back({{}, 'A', at, h.offset, MemorySegment::freeRoom});
        addPart(out, h, h.offset, std::min(stop, data), MemorySegment::passed);
        addPart(out, h, std::max(h.offset, data), stop, MemorySegment::inPacket);
        at = std::max(at, stop);
    }
    if (at < data) out.push_back({{}, 'A', at, data, MemorySegment::freeRoom});
    at = std::max(at, data);
    if (at < tail) out.push_back({QStringLiteral("data"), 'A', at, tail, MemorySegment::inPacket});
    at = std::max(at, tail);
    if (at < end) out.push_back({{}, 'A', at, end, MemorySegment::freeRoom});
    return out;
}

MemoryMap memoryMapAt(const TraceDocument &d, quint32 step, SideKind side) {
    MemoryMap map;
    compareSides(d, step, side, map);
    const Moment m = momentAt(d, step, side);
    map.packet = m.packet;
    if (!m.hasPacket()) {
        map.absence = m.upcoming ? whoWillMakeOne(d, step) : phrase("MemoryMapModel", "no sk_buff is involved here");
        return map;
    }
    if (m.state.skb.end == 0 && m.state.skb.len == 0 && m.state.skb.truesize == 0) {
        map.absence = phrase("MemoryMapModel", "packet %1 is being filled in: it has no buffer yet").arg(m.packet);
        return map;
    }
    map.present = true;
    map.freed = m.state.freed;
    map.skb = m.state.skb;
    map.segments = memorySegments(m.state);
    addCompanions(map, m);
    if (const quint32 drop = dropOf(m); drop != npos)
        map.owner.words += phrase("MemoryMapModel", ", which drops it: ") + dropReason(*m.side, m.side->event(drop));
    // Where truesize covers struct, room and shared info, the block's size is known to be there.
    map.sharedInfo = m.state.skb.end > 0 ? sharedInfoSize : 0;
    map.move = lastMove(m);
    if (map.move) {
        map.moveIsNow = m.own && map.move->event >= d.steps()[step].sides[sideIndex(side)].begin;
        if (map.move->row != npos) {
            const quint32 then = callNumber(d, map.move->row, side).number,
                          now = callNumber(d, d.steps()[step].row, side).number;
            map.moveCallsAgo = now > then ? now - then : 0;
        }
        if (map.move->before.end == m.state.skb.end && map.move->event > 0) {
            trace::PacketState before = m.side->states.packet_at(m.packet, map.move->event - 1);
            before.skb = map.move->before;
            if (before.seen) map.segmentsBefore = memorySegments(before);
        }
    }
    noteChanges(map, m, step > 0 ? momentAt(d, step - 1, side) : Moment{});
    return map;
}

static QString moverWords(const PointerMove &move) {
    if (move.kind == 0) return phrase("MemoryMapModel", ", seen at the entry of %1").arg(bold(move.by));
    if (move.inside.isEmpty()) return phrase("MemoryMapModel", ", by %1").arg(bold(move.by));
    return phrase("MemoryMapModel", ", by %1() in %2").arg(move.by, bold(move.inside));
}

QString moveSentence(const MemoryMap &map, bool by) {
    if (!map.move) return map.present ? phrase("MemoryMapModel", "nothing has moved yet") : QString();
    const PointerMove &move = *map.move;
    QStringList pointers;
    const auto pointer = [&pointers](const QString &name, quint32 from, quint32 to) {
        pointers << QStringLiteral("%1 %2 → %3").arg(name).arg(from).arg(to);
    };
    const quint32 d0 = trace::data_of(move.before), d1 = trace::data_of(move.after);
    const quint32 t0 = trace::tail_of(move.before), t1 = trace::tail_of(move.after);
    if (d0 != d1 && t0 != t1 && d0 == t0 && d1 == t1)
        pointer(phrase("MemoryMapModel", "data and tail"), d0, d1);
    else {
        if (d0 != d1) pointer(QStringLiteral("data"), d0, d1);
        if (t0 != t1) pointer(QStringLiteral("tail"), t0, t1);
    }
    QString out = move.kind ? bold(QStringLiteral("%1 %2").arg(moveName(move.kind)).arg(move.amount))
                            : bold(phrase("MemoryMapModel", "moved"));
    out += QStringLiteral(": ") + pointers.join(QStringLiteral(", "));
    if (by) out += moverWords(move);
    if (map.moveCallsAgo > 0)
        out += QStringLiteral(", ") +
               plural(map.moveCallsAgo, phrase("MemoryMapModel", "call ago"), phrase("MemoryMapModel", "calls ago"));
    return out;
}

MemoryMapModel::MemoryMapModel(Selection *selection, QObject *parent) : PaneModel(parent), selection_(selection) {
    connect(selection, &Selection::stepChanged, this, &MemoryMapModel::update);
    connect(selection, &Selection::documentGrew, this, &MemoryMapModel::update);
    connect(selection, &Selection::sideChanged, this, &MemoryMapModel::update);
    update();
}

void MemoryMapModel::update() {
    before_ = std::exchange(map_, {});
    if (!selection_->isEmpty()) map_ = memoryMapAt(*selection_->document(), selection_->step(), selection_->side());
    std::vector<PaneRow> rows;
    if (!map_.present)
        rows.push_back({QStringLiteral("absence"), map_.absence});
    else
        rows.push_back({QStringLiteral("move"), plainText(moveSentence(map_))});
    for (const MemorySegment &s : map_.segments) {
        static const char *const states[] = {QT_TRANSLATE_NOOP("MemoryMapModel", "free"),
                                             QT_TRANSLATE_NOOP("MemoryMapModel", "in the packet"),
                                             QT_TRANSLATE_NOOP("MemoryMapModel", "passed"),
                                             QT_TRANSLATE_NOOP("MemoryMapModel", "room taken, not written")};
        rows.push_back({QStringLiteral("segment:%1").arg(s.from),
                        phrase("MemoryMapModel", "%1 to %2: %3%4")
                            .arg(s.from)
                            .arg(s.to)
                            .arg(s.name.isEmpty() ? QString() : s.name + QStringLiteral(", "),
                                 phrase("MemoryMapModel", states[s.state]))});
    }
    for (const QString &words : companionWords(map_))
        rows.push_back({QStringLiteral("part:%1").arg(rows.size()), words});
    if (map_.present)
        rows.push_back({QStringLiteral("owner"), phrase("MemoryMapModel", "held by ") + ownerWords(map_)});
    for (const MemoryField &f : map_.fields)
        rows.push_back({QStringLiteral("skb:") + f.name,
                        f.before.isEmpty() ? QStringLiteral("%1 %2").arg(f.name, f.value)
                                           : phrase("MemoryMapModel", "%1 %2, was %3").arg(f.name, f.value, f.before)});
    setRows(std::move(rows));
}

} // namespace skbscope::ui
