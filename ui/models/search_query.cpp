// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/search_query.h"
#include "ui/models/phrase.h"

#include <QRegularExpression>

namespace skbscope::ui {

namespace {
using Parsed = tl::expected<SearchQuery, ParseError>;

tl::unexpected<ParseError> wrong(qsizetype at, const QString &what) {
    return tl::unexpected(ParseError{int(at), what});
}

qsizetype firstNonSpace(const QString &text, qsizetype from) {
    while (from < text.size() && text[from].isSpace())
        ++from;
    return from;
}

Parsed parsePacket(const QString &text, qsizetype at) {
    const qsizetype number = firstNonSpace(text, at);
    qsizetype end = number;
    while (end < text.size() && text[end].isDigit())
        ++end;
    if (end == number) return wrong(number, phrase("SearchQuery", "the number of a packet stands here: #3"));
    if (const qsizetype rest = firstNonSpace(text, end); rest < text.size())
        return wrong(rest, phrase("SearchQuery", "one packet at a time: nothing stands behind its number"));
    bool fits = false;
    SearchQuery out;
    out.kind = SearchQuery::packet;
    out.packetId = QStringView(text).mid(number, end - number).toUInt(&fits);
    if (!fits) return wrong(number, phrase("SearchQuery", "no packet has a number as large as this"));
    return out;
}

// Reads one end of a flow from text[at, end).
class EndReader {
public:
    EndReader(const QString &text, qsizetype at, qsizetype end) : text_(text), at_(firstNonSpace(text, at)), end_(end) {
        while (end_ > at_ && text_[end_ - 1].isSpace())
            --end_;
    }
    tl::expected<FlowEnd, ParseError> read() {
        FlowEnd out;
        if (at_ >= end_) return wrong(at_, phrase("SearchQuery", "an address, a :port or a host stands here"));
        if (text_[at_].isLetter()) {
            out.host = taken([](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; });
        } else if (text_[at_].isDigit()) {
            if (auto error = readAddress(out)) return tl::unexpected(std::move(*error));
        }
        if (at_ < end_ && text_[at_] == u':')
            if (auto error = readPort(out)) return tl::unexpected(std::move(*error));
        if (at_ < end_)
            return wrong(at_,
                         phrase("SearchQuery", "`%1` does not belong here: an end of a flow is 10.9.0.2:7000, 10.9.0, "
                                               ":7000 or a host of the trace")
                             .arg(text_[at_]));
        return out;
    }

private:
    template <typename Accept> QString taken(Accept accept) {
        const qsizetype from = at_;
        while (at_ < end_ && accept(text_[at_]))
            ++at_;
        return text_.mid(from, at_ - from);
    }
    std::optional<ParseError> readAddress(FlowEnd &out) {
        const qsizetype from = at_;
        for (int parts = 0; at_ < end_ && text_[at_].isDigit(); ++parts) {
            const qsizetype part = at_;
            const uint value = taken([](QChar c) { return c.isDigit(); }).toUInt();
            if (parts == 4) return ParseError{int(part), phrase("SearchQuery", "an IPv4 address has four numbers")};
            if (value > 255)
                return ParseError{int(part), phrase("SearchQuery", "a number of an IPv4 address is at most 255")};
            if (at_ < end_ && text_[at_] == u'.') ++at_;
        }
        out.address = text_.mid(from, at_ - from);
        return {};
    }
    std::optional<ParseError> readPort(FlowEnd &out) {
        const qsizetype number = ++at_;
        out.port = taken([](QChar c) { return c.isDigit(); });
        if (out.port.isEmpty()) return ParseError{int(number), phrase("SearchQuery", "a port stands behind `:`")};
        bool fits = false;
        if (out.port.toUInt(&fits) > 65535 || !fits)
            return ParseError{int(number), phrase("SearchQuery", "a port is at most 65535")};
        return {};
    }
    const QString &text_;
    qsizetype at_, end_;
};

Parsed parseFlow(const QString &text) {
    SearchQuery out;
    out.kind = SearchQuery::flow;
    const qsizetype arrow = text.indexOf(u'>');
    out.directed = arrow >= 0;
    auto from = EndReader(text, 0, out.directed ? arrow : text.size()).read();
    if (!from) return tl::unexpected(from.error());
    out.from = *from;
    if (!out.directed) return out;
    if (const qsizetype again = text.indexOf(u'>', arrow + 1); again >= 0)
        return wrong(again, phrase("SearchQuery", "a flow has two ends: one `>`"));
    auto to = EndReader(text, arrow + 1, text.size()).read();
    if (!to) return tl::unexpected(to.error());
    out.to = *to;
    return out;
}

// "10.9.0.2", "10.9", ":7000": digits alone are words, as they may stand in a text.
bool looksLikeFlow(const QString &text) {
    static const QRegularExpression address(
        QStringLiteral("^\\s*(\\d+\\.[\\d.]*|\\d*:\\d|:|\\d+\\.[\\d.]*:)[^A-Za-z]*$"));
    return text.contains(u'>') || address.match(text).hasMatch();
}
} // namespace

Parsed parseSearch(const QString &text) {
    static const QRegularExpression packet(QStringLiteral("^\\s*(#|packet\\s)"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression name(QStringLiteral("^[A-Za-z_*][A-Za-z0-9_.*]*(\\(\\))?$"));
    const QString trimmed = text.trimmed();
    SearchQuery out;
    if (trimmed.isEmpty()) return out;
    if (const auto match = packet.match(text); match.hasMatch()) return parsePacket(text, match.capturedEnd());
    if (looksLikeFlow(text)) return parseFlow(text);
    out.text = trimmed;
    const bool whole = name.match(trimmed).hasMatch() && (trimmed.contains(u'*') || trimmed.endsWith(u')'));
    out.kind = whole ? SearchQuery::function : SearchQuery::words;
    if (whole) out.text.remove(QStringLiteral("()"));
    return out;
}

} // namespace skbscope::ui
