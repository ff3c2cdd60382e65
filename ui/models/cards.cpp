// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/cards.h"

#include "ui/models/phrase.h"

#include <QStringList>
#include <array>

extern "C" const unsigned char skbscope_cards_begin[], skbscope_cards_end[], skbscope_cards_it_begin[],
    skbscope_cards_it_end[];

namespace skbscope::ui {

namespace {
struct Section {
    const char *heading;
    QString Card::*text;
};
constexpr std::array sections = {Section{"- What: ", &Card::does}, Section{"- Why here: ", &Card::why},
                                 Section{"- Context: ", &Card::context}, Section{"- Next: ", &Card::next}};

// "`net/ipv4/ip_input.c:456`"
bool readPlace(const QString &line, Card &card) {
    const qsizetype colon = line.lastIndexOf(QLatin1Char(':'));
    if (colon < 0 || !line.startsWith(QLatin1Char('`')) || !line.endsWith(QLatin1Char('`'))) return false;
    bool ok = false;
    card.file = line.mid(1, colon - 1);
    card.line = line.mid(colon + 1).chopped(1).toInt(&ok);
    return ok;
}

// What is wrong with a line of a card; empty: nothing.
QString readLine(const QString &line, Card &card) {
    if (line.startsWith(QLatin1Char('`')))
        return readPlace(line, card) ? QString() : QStringLiteral("expected `FILE:LINE` in backquotes");
    for (const Section &s : sections)
        if (const QLatin1String heading(s.heading); line.startsWith(heading)) {
            if (!(card.*s.text).isEmpty()) return QStringLiteral("said twice");
            card.*s.text = line.mid(heading.size());
            return {};
        }
    return QStringLiteral("expected one of What, Why here, Context, Next");
}

QString missing(const Card &card, bool places) {
    if (places && card.file.isEmpty()) return QStringLiteral("no `FILE:LINE`");
    for (const Section &s : sections)
        if ((card.*s.text).isEmpty()) return QStringLiteral("no line \"%1\"").arg(QLatin1String(s.heading).trimmed());
    return {};
}
} // namespace

Cards Cards::parse(std::string_view text, QString *errors) {
    return read(text, true, errors);
}

Cards Cards::withWords(std::string_view text, QString *errors) const {
    QString wrong;
    const Cards words = read(text, false, &wrong);
    QStringList complaints;
    if (!wrong.isEmpty()) complaints << wrong;
    Cards out = *this;
    for (const auto &[name, card] : words.cards_) {
        const auto at = out.cards_.find(name);
        if (at == out.cards_.end()) {
            complaints << QStringLiteral("%1: there is no such card").arg(name);
            continue;
        }
        for (const Section &s : sections)
            at->second.*s.text = card.*s.text;
    }
    if (errors) *errors = complaints.join(QLatin1Char('\n'));
    return out;
}

Cards Cards::read(std::string_view text, bool places, QString *errors) {
    Cards out;
    QStringList complaints;
    Card card;
    const auto finish = [&] {
        if (card.function.isEmpty()) return;
        if (const QString lacks = missing(card, places); !lacks.isEmpty())
            complaints << QStringLiteral("%1: %2").arg(card.function, lacks);
        else if (!out.cards_.emplace(card.function, card).second)
            complaints << QStringLiteral("%1: has a card already").arg(card.function);
    };
    const QStringList lines = QString::fromUtf8(text.data(), qsizetype(text.size())).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString &line = lines[i];
        if (line.startsWith(QLatin1String("## "))) {
            finish();
            card = Card{};
            card.function = line.mid(3).trimmed();
        } else if (line.startsWith(QLatin1String("# ")) || line.trimmed().isEmpty()) {
            continue;
        } else if (const QString wrong =
                       card.function.isEmpty() ? QStringLiteral("text outside a card") : readLine(line, card);
                   !wrong.isEmpty()) {
            complaints << QStringLiteral("line %1: %2").arg(i + 1).arg(wrong);
        }
    }
    finish();
    if (errors) *errors = complaints.join(QLatin1Char('\n'));
    return out;
}

bool Cards::isBuiltinEnglish() {
    return phrase("Cards", "en", "the language of the cards: en or it") == QLatin1String("en");
}

const Cards &Cards::builtin() {
    const auto between = [](const unsigned char *begin, const unsigned char *end) {
        return std::string_view(reinterpret_cast<const char *>(begin), std::size_t(end - begin));
    };
    static const Cards english = parse(between(skbscope_cards_begin, skbscope_cards_end));
    if (isBuiltinEnglish()) return english;
    static const Cards italian = english.withWords(between(skbscope_cards_it_begin, skbscope_cards_it_end));
    return italian;
}

const Card *Cards::find(const QString &function) const {
    const auto at = cards_.find(function);
    return at == cards_.end() ? nullptr : &at->second;
}

} // namespace skbscope::ui
