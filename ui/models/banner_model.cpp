// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/banner_model.h"

#include "ui/models/call_number.h"
#include "ui/models/cards.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/roles.h"
#include "ui/models/sentences.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr qsizetype crumbRoom = 136; // characters that fit above the sentence

// The first sentence of a role: "Checks the header. Drops it if ..." -> "Checks the header."
QString firstSentence(const QString &role) {
    for (qsizetype i = 0; i < role.size(); ++i)
        if ((role[i] == QLatin1Char('.') || role[i] == QLatin1Char('?')) &&
            (i + 1 == role.size() || role[i + 1] == QLatin1Char(' ')))
            return role.left(i + 1);
    return role;
}

// A role that begins with a verb goes on from the function's name; anything else follows a colon.
QString withSubject(const QString &name, const QString &role) {
    if (role.isEmpty()) return code(name) + phrase("BannerModel", " is called.");
    QString words = role;
    const bool stops = words.endsWith(QLatin1Char('.')) || words.endsWith(QLatin1Char('?'));
    if (!stops) words += QLatin1Char('.');
    if (firstSentence(role).endsWith(QLatin1Char('?'))) return code(name) + QStringLiteral(": ") + words;
    const bool acronym = words.size() > 1 && words[1].isUpper();
    const QString first = words.section(QLatin1Char(' '), 0, 0);
    const bool verb = !acronym && first.endsWith(QLatin1Char('s')); // "checks"; not "ICMP's entry", "a packet socket"
    if (!acronym) words[0] = words[0].toLower();
    return code(name) + QLatin1String(Cards::isBuiltinEnglish() && verb ? " " : ": ") + words;
}

QString roleOf(const TraceDocument &d, const DocumentRow &row) {
    const DocumentSide &s = *d.side(row.firstSide());
    return roleWords(s.side->function(s.tree.calls[row.call[sideIndex(row.firstSide())]].fn));
}

QString effectSentence(const DocumentSide &s, const std::vector<quint32> &events) {
    QString out, subject;
    for (const quint32 event : events) {
        const QString who = subjectOf(s, event), clause = effectClause(s, event);
        const QString said = who.isEmpty() ? clause : code(who) + QLatin1Char(' ') + clause;
        if (out.isEmpty())
            out = said;
        else
            out += who == subject ? phrase("BannerModel", ", and ") + clause : QStringLiteral("; ") + said;
        subject = who;
    }
    return out + QLatin1Char('.');
}

// The deed without what it is good for.
QString upToSemicolon(const QString &sentence) {
    const qsizetype end = sentence.indexOf(QLatin1String("; "));
    return end < 0 ? sentence : sentence.left(end) + QLatin1Char('.');
}

// What this entry shows that nobody had seen before.
QString newHere(const TraceDocument &d, quint32 step, SideKind kind) {
    const StepSide here = d.steps()[step].sides[sideIndex(kind)];
    if (!here.own || !d.side(kind)) return {};
    const std::vector<SkbChange> changes = changesAt(*d.side(kind), here.begin);
    return changes.empty() ? QString()
                           : phrase("BannerModel", " New since the last look: ") +
                                 bold(changeWords(*d.side(kind), changes)) + QLatin1Char('.');
}

// A call without a device says where its task lives: a program may read on a socket of another host. So the packet is
// where its device was named last.
quint8 hostOf(const Moment &m) {
    const std::vector<quint32> records = m.side->states.records(m.packet);
    auto at = std::upper_bound(records.begin(), records.end(), m.event);
    while (m.state.device && at != records.begin())
        if (const trace::Event &e = m.side->event(*--at); e.device == m.state.device && e.host) return e.host;
    return m.state.host;
}

QString nothingMoves(const TraceDocument &d, quint32 step, SideKind kind) {
    const Moment m = momentAt(d, step, kind);
    if (!m.hasPacket()) return {};
    const std::optional<PointerMove> move = lastMove(m);
    if (!move || m.state.freed) return {};
    const QString where = move->kind == 0
                              ? phrase("BannerModel", "before ") + code(move->by)
                              : phrase("BannerModel", "in ") + code(move->inside.isEmpty() ? move->by : move->inside);
    return QStringLiteral(" ") + bold(phrase("BannerModel", "Nothing moves")) +
           phrase("BannerModel", "; the last move was %1.").arg(where);
}
} // namespace

SideKind tellingSide(const TraceDocument &d, quint32 step, SideKind preferred) {
    if (!d.side(preferred)) return otherSide(preferred);
    const bool told = !d.effects(step, preferred).empty() || !d.side(otherSide(preferred));
    if (told || d.effects(step, otherSide(preferred)).empty()) return preferred;
    return otherSide(preferred);
}

BannerModel::BannerModel(Selection *selection, QObject *parent) : QObject(parent), selection_(selection) {
    connect(selection, &Selection::stepChanged, this, &BannerModel::update);
    connect(selection, &Selection::documentGrew, this, &BannerModel::update);
    connect(selection, &Selection::sideChanged, this, &BannerModel::update);
    update();
}

QString BannerModel::plain() const {
    return plainText(sentence_);
}

void BannerModel::update() {
    sentence_.clear(), middleSentence_.clear(), shortSentence_.clear(), call_.clear(), place_.clear(), context_.clear(),
        contextTitle_.clear();
    crumbs_.clear();
    contextKind_ = 0;
    if (selection_->isEmpty()) {
        sentence_ = middleSentence_ = shortSentence_ = phrase("BannerModel", "No call is in this trace.");
    } else {
        const TraceDocument &d = *selection_->document();
        const Step &step = d.steps()[selection_->step()];
        describe(d, step);
        place(d, step);
    }
    emit updated();
}

void BannerModel::describe(const TraceDocument &d, const Step &step) {
    const DocumentRow &row = d.rows()[step.row];
    const SideKind telling = tellingSide(d, selection_->step(), selection_->side());
    const std::vector<quint32> events = d.effects(selection_->step(), telling);
    const QString role = roleOf(d, row);
    if (!events.empty()) {
        sentence_ = effectSentence(*d.side(telling), events);
        middleSentence_ = effectSentence(*d.side(telling), {events.front()});
        shortSentence_ = upToSemicolon(middleSentence_);
        return;
    }
    QString still = newHere(d, selection_->step(), telling);
    if (still.isEmpty()) still = nothingMoves(d, selection_->step(), selection_->side());
    sentence_ = withSubject(row.name, role) + still;
    shortSentence_ = withSubject(row.name, firstSentence(role));
    middleSentence_ = shortSentence_ + still;
}

void BannerModel::place(const TraceDocument &d, const Step &step) {
    const DocumentRow &row = d.rows()[step.row];
    const CallNumber number = callNumber(d, step.row, selection_->side());
    call_ = phrase("BannerModel", "%1 of %2").arg(grouped(number.number), grouped(number.of));
    // The other side counts where the one that is looked at has no such call.
    if (number.side != selection_->side()) call_ += QStringLiteral(", ") + sideWord(d, number.side);
    contextKind_ = int(row.context);
    context_ = contextWords(row.context, row.vector);
    contextTitle_ = phrase("BannerModel", "context on CPU %1").arg(row.cpu);

    const Moment m = momentAt(d, selection_->step(), number.side);
    if (m.side) {
        // Where the packet is; of a call without one, where the call was made (a leave says that, too).
        const trace::Event &e = m.side->event(m.event);
        const quint16 device = m.state.seen && m.state.device ? m.state.device : e.device;
        const quint8 host = m.state.seen && m.state.host ? hostOf(m) : e.host;
        QStringList parts;
        if (host > 0 && host < m.side->side->hosts.size()) parts << qs(m.side->side->hosts[host]);
        if (device > 0 && device < m.side->side->devices.size()) parts << qs(m.side->side->devices[device]);
        place_ = parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(", "));
    }
    // The nearest callers first, then as far up as there is room.
    std::vector<quint32> up = d.ancestors(step.row);
    QStringList near{row.name};
    qsizetype room = crumbRoom - row.name.size();
    QString first;
    if (!up.empty()) {
        const QString call = systemCall(d.rows()[up.front()].name.toStdString());
        first = call.isEmpty() ? d.rows()[up.front()].name : call;
        room -= first.size() + 12;
        up.erase(up.begin());
    }
    while (!up.empty() && room >= d.rows()[up.back()].name.size() + 3) {
        room -= d.rows()[up.back()].name.size() + 3;
        near.prepend(d.rows()[up.back()].name);
        up.pop_back();
    }
    if (!up.empty()) near.prepend(QStringLiteral("#%1").arg(up.size()));
    if (!first.isEmpty()) near.prepend(first);
    crumbs_ = near;
}

} // namespace skbscope::ui
