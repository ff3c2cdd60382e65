// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/condition.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QStringList>
#include <array>

namespace skbscope::ui {

namespace {
struct Spelling {
    const char *text;
    Relation relation;
};
// The longer one of two that begin alike comes first.
constexpr std::array relations = {Spelling{"==", Relation::equal},       Spelling{"!=", Relation::unequal},
                                  Spelling{"<=", Relation::lessEqual},   Spelling{">=", Relation::greaterEqual},
                                  Spelling{"<", Relation::less},         Spelling{">", Relation::greater},
                                  Spelling{"changed", Relation::changed}};

const char *spelling(Relation relation) {
    for (const Spelling &s : relations)
        if (s.relation == relation) return s.text;
    return "?";
}

QString allowedRelations() {
    QStringList out;
    for (const Spelling &s : relations)
        out << QLatin1String(s.text);
    return out.join(QStringLiteral(", "));
}

QString allowedFields() {
    QStringList out;
    for (const SkbField &f : skbFields())
        out << QLatin1String(f.name);
    return out.join(QStringLiteral(", "));
}

bool isWord(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('.') || c == QLatin1Char('-') ||
           c == QLatin1Char('@');
}

class Parser {
public:
    explicit Parser(const QString &text) : text_(text) {}

    tl::expected<Condition, ParseError> run() {
        Condition out;
        do {
            auto term = parseTerm();
            if (!term) return tl::unexpected(term.error());
            out.terms.push_back(*term);
        } while (joins());
        skipBlanks();
        if (at_ < text_.size())
            return error(phrase("Condition", "`%1` does not belong here; another condition is joined with `and`")
                             .arg(text_.mid(at_)));
        return out;
    }

private:
    tl::expected<ConditionTerm, ParseError> parseTerm() {
        skipBlanks();
        const int start = at_;
        const QString name = word();
        const std::optional<SkbFieldId> field = skbFieldNamed(name);
        if (!field) {
            at_ = start;
            return error(name.isEmpty() ? phrase("Condition", "a field is missing; there are ") + allowedFields()
                                        : phrase("Condition", "the sk_buff has no field `%1` here; there are %2")
                                              .arg(name, allowedFields()));
        }
        skipBlanks();
        const std::optional<Relation> relation = takeRelation();
        if (!relation) {
            const QString found = text_.mid(at_).section(QLatin1Char(' '), 0, 0);
            return error(found.isEmpty()
                             ? phrase("Condition", "after `%1` stands one of %2").arg(name, allowedRelations())
                             : phrase("Condition", "`%1` compares nothing; after `%2` stands one of %3")
                                   .arg(found, name, allowedRelations()));
        }
        ConditionTerm term{*field, *relation, 0, {}};
        if (*relation == Relation::changed) return term;
        return parseValue(term, name);
    }

    tl::expected<ConditionTerm, ParseError> parseValue(ConditionTerm term, const QString &name) {
        skipBlanks();
        const int start = at_;
        const QString value = word();
        at_ = start;
        const QStringList words = skbFieldWords(term.field);
        const bool named = isDeviceField(term.field);
        if (named && term.relation != Relation::equal && term.relation != Relation::unequal)
            return error(phrase("Condition", "devices have no order; `dev` is compared with == or !="));
        const std::optional<qint64> number = named ? std::nullopt : skbFieldParse(term.field, value);
        if (named ? value.isEmpty() : !number) {
            const QString allowed = named ? phrase("Condition", "the name of a device")
                                    : words.isEmpty()
                                        ? phrase("Condition", "a number, decimal or 0x...")
                                        : phrase("Condition", "a number or one of ") + words.join(QStringLiteral(", "));
            return error(
                value.isEmpty()
                    ? phrase("Condition", "`%1` is compared with nothing; here stands %2").arg(name, allowed)
                    : phrase("Condition", "`%1` is no value of `%2`; here stands %3").arg(value, name, allowed));
        }
        term.value = number.value_or(0);
        if (named) term.device = value;
        at_ += int(value.size());
        return term;
    }

    std::optional<Relation> takeRelation() {
        for (const Spelling &s : relations) {
            const QLatin1String text(s.text);
            if (!QStringView(text_).mid(at_).startsWith(text)) continue;
            const int end = at_ + int(text.size());
            const bool letters = s.relation == Relation::changed;
            const QChar next = end < text_.size() ? text_[end] : QLatin1Char(' ');
            // "changedX" and ">>" are something else
            if (letters ? isWord(next) : QStringLiteral("=<>!").contains(next)) return {};
            at_ = end;
            return s.relation;
        }
        return {};
    }

    bool joins() {
        skipBlanks();
        for (const QLatin1String join : {QLatin1String("and"), QLatin1String("&&")})
            if (QStringView(text_).mid(at_).startsWith(join)) {
                at_ += int(join.size());
                return true;
            }
        return false;
    }

    QString word() {
        const int start = at_;
        while (at_ < text_.size() && isWord(text_[at_]))
            ++at_;
        return text_.mid(start, at_ - start);
    }
    void skipBlanks() {
        while (at_ < text_.size() && text_[at_].isSpace())
            ++at_;
    }
    [[nodiscard]] tl::unexpected<ParseError> error(const QString &what) const {
        return tl::unexpected(ParseError{at_, what});
    }

    QString text_;
    int at_ = 0;
};

// -1: the side has no such device, so nothing equals it.
qint64 deviceNumber(const trace::Side &side, const QString &name) {
    for (std::size_t i = 1; i < side.devices.size(); ++i)
        if (qs(side.devices[i]) == name) return qint64(i);
    return -1;
}
} // namespace

QString Condition::text() const {
    QStringList parts;
    for (const ConditionTerm &t : terms) {
        QString value = t.device;
        if (value.isEmpty() && t.relation != Relation::changed) {
            value = QString::number(t.value);
            for (const QString &word : skbFieldWords(t.field))
                if (skbFieldParse(t.field, word) == t.value) value = word;
        }
        parts << QStringLiteral("%1 %2 %3")
                     .arg(skbFieldName(t.field), QLatin1String(spelling(t.relation)), value)
                     .trimmed();
    }
    return parts.join(phrase("Condition", " and "));
}

bool Condition::hasChanged() const {
    for (const ConditionTerm &t : terms)
        if (t.relation == Relation::changed) return true;
    return false;
}

tl::expected<Condition, ParseError> parseCondition(const QString &text) {
    return Parser(text).run();
}

bool holds(const ConditionTerm &t, const SkbView *before, const SkbView &now, const trace::Side &side) {
    const qint64 value = skbFieldValue(t.field, now);
    const qint64 wanted = isDeviceField(t.field) ? deviceNumber(side, t.device) : t.value;
    switch (t.relation) {
    case Relation::equal:
        return value == wanted;
    case Relation::unequal:
        return value != wanted;
    case Relation::less:
        return value < wanted;
    case Relation::lessEqual:
        return value <= wanted;
    case Relation::greater:
        return value > wanted;
    case Relation::greaterEqual:
        return value >= wanted;
    case Relation::changed:
        return before && skbFieldValue(t.field, *before) != value;
    }
    return false;
}

} // namespace skbscope::ui
