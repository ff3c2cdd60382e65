// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/breakpoint.h"

#include "trace/drop_reasons.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QRegularExpression>
#include <algorithm>

namespace skbscope::ui {

namespace {
using Parsed = tl::expected<Breakpoint, ParseError>;
const QString reasonPrefix = QStringLiteral("SKB_DROP_REASON_");
constexpr std::uint32_t lastReason = 255; // more than any enum skb_drop_reason of one subsystem holds

QRegularExpression pattern(const QString &name) {
    return QRegularExpression(QRegularExpression::anchoredPattern(
        QRegularExpression::escape(name).replace(QStringLiteral("\\*"), QStringLiteral(".*"))));
}

bool reasonExists(const QString &reason, const TraceDocument *document) {
    for (std::uint32_t i = 1; i <= lastReason; ++i)
        if (qs(trace::drop_reason_of_6_1(i)) == reason) return true;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = document ? document->side(kind) : nullptr) {
            const auto fact = s->side->info.facts.find(trace::drop_reason_fact_name);
            if (fact == s->side->info.facts.end()) continue;
            if ((qs(fact->second) + QLatin1Char(' ')).contains(QLatin1Char('=') + reason + QLatin1Char(' ')))
                return true;
        }
    return false;
}

Parsed parseDrop(const QString &rest, int at, const TraceDocument *document) {
    Breakpoint out{Breakpoint::drop, {}, {}};
    if (rest.isEmpty()) return out;
    const QString reason = rest.startsWith(reasonPrefix) ? rest : reasonPrefix + rest;
    if (!reasonExists(reason, document))
        return tl::unexpected(ParseError{
            at, phrase("Breakpoint", "`%1` is no drop reason; they are named as in the kernel, NO_SOCKET or UDP_CSUM")
                    .arg(rest)});
    out.name = reason;
    return out;
}

Parsed parseWatch(const QString &rest, int at) {
    const std::optional<SkbFieldId> field = skbFieldNamed(rest);
    if (!field) { // what the condition's own parser says about fields is said once
        const auto wrong = parseCondition(rest + QStringLiteral(" changed"));
        return tl::unexpected(
            ParseError{at, wrong ? phrase("Breakpoint", "one field stands here") : wrong.error().what});
    }
    return Breakpoint{Breakpoint::watch, {}, {{{*field, Relation::changed, 0, {}}}}};
}

bool functionExists(const QString &name, const TraceDocument *document) {
    if (trace::Catalogue::builtin().find(name.toStdString())) return true;
    if (!document) return false;
    const QRegularExpression wanted = pattern(name);
    const QStringList names = document->functionNames();
    return std::any_of(names.begin(), names.end(), [&](const QString &f) { return wanted.match(f).hasMatch(); });
}

Parsed parseFunction(const QString &name, int at, const TraceDocument *document) {
    if (!functionExists(name, document))
        return tl::unexpected(ParseError{
            at, phrase("Breakpoint",
                       "`%1` is no function of this trace or of the catalogue. Allowed are a function, a condition "
                       "on a field (len > 100, data changed), drop, drop REASON and watch FIELD")
                    .arg(name)});
    return Breakpoint{Breakpoint::function, name, {}};
}
} // namespace

QString Breakpoint::text() const {
    switch (kind) {
    case function:
        return name;
    case condition:
        return when.text();
    case drop:
        return name.isEmpty() ? QStringLiteral("drop") : QStringLiteral("drop ") + name.mid(reasonPrefix.size());
    case watch:
        return QStringLiteral("watch ") + skbFieldName(field());
    }
    return {};
}

Parsed parseBreakpoint(const QString &text, const TraceDocument *document) {
    static const QRegularExpression keyword(QStringLiteral("^(drop|watch)(\\s+|$)"));
    static const QRegularExpression function(QStringLiteral("^[A-Za-z_*][A-Za-z0-9_.*]*(\\(\\))?$"));
    const QString wanted = text.trimmed();
    const int shift = int(text.indexOf(wanted));
    if (wanted.isEmpty())
        return tl::unexpected(
            ParseError{0, phrase("Breakpoint", "nothing is written here. Allowed are a function (ip_rcv), a "
                                               "condition on a field (len > 100, data changed), drop, drop "
                                               "REASON and watch FIELD")});
    if (const auto match = keyword.match(wanted); match.hasMatch()) {
        const QString rest = wanted.mid(match.capturedEnd()).trimmed();
        const int at = shift + int(wanted.size() - rest.size());
        return match.captured(1) == QLatin1String("drop") ? parseDrop(rest, at, document) : parseWatch(rest, at);
    }
    if (function.match(wanted).hasMatch() && !skbFieldNamed(wanted))
        return parseFunction(QString(wanted).remove(QStringLiteral("()")), shift, document);
    const auto when = parseCondition(text);
    if (!when) return tl::unexpected(when.error());
    return Breakpoint{Breakpoint::condition, {}, *when};
}

namespace {
std::vector<quint32> dropSteps(const QString &reason, const TraceDocument &d, const Landmarks &landmarks) {
    if (reason.isEmpty()) return landmarks.drops();
    std::vector<quint32> out;
    for (const SideKind kind : bothSides)
        if (const DocumentSide *s = d.side(kind))
            for (const quint32 i : s->effects())
                if (isDrop(s->event(i)) &&
                    qs(trace::drop_reason_name(s->side->info, s->event(i).drop.reason)) == reason)
                    out.push_back(d.stepAt(kind, i));
    return out;
}

std::vector<quint32> callSteps(const QString &name, const Landmarks &landmarks) {
    std::vector<quint32> out;
    const auto add = [&](const QString &function) {
        const std::span<const quint32> calls = landmarks.callsOf(function);
        out.insert(out.end(), calls.begin(), calls.end());
    };
    if (!name.contains(QLatin1Char('*'))) {
        add(name);
        return out;
    }
    const QRegularExpression wanted = pattern(name);
    for (const QString &function : landmarks.functions())
        if (wanted.match(function).hasMatch()) add(function);
    return out;
}
} // namespace

std::vector<quint32> stepsOf(const Breakpoint &b, const TraceDocument &d, const Landmarks &landmarks, SideKind side) {
    std::vector<quint32> out;
    if (b.kind == Breakpoint::function)
        out = callSteps(b.name, landmarks);
    else if (b.kind == Breakpoint::drop)
        out = dropSteps(b.name, d, landmarks);
    else if (const DocumentSide *s = d.side(side))
        for (const quint32 event : FieldHistory(*s).events(b.when))
            out.push_back(d.stepAt(side, event));
    sortUnique(out);
    return out;
}

} // namespace skbscope::ui
