// SPDX-License-Identifier: GPL-2.0-or-later
// A condition on the fields of an sk_buff, as a user writes it:
//
//     len > 100        users == 2        data changed        len > 100 and ip_summed == PARTIAL
//
// A comparison holds or not; "changed" is true at the event that gives the field another value. Terms are joined by
// "and" (or &&).
#pragma once

#include "ui/models/phrase.h"
#include "ui/models/skb_fields.h"

#include <tl/expected.hpp>
#include <vector>

namespace skbscope::ui {

enum class Relation : quint8 { equal, unequal, less, lessEqual, greater, greaterEqual, changed };

struct ConditionTerm {
    SkbFieldId field = 0;
    Relation relation = Relation::changed;
    qint64 value = 0;
    QString device; // of isDeviceField(): the name, which each side numbers for itself
    bool operator==(const ConditionTerm &) const = default;
};

struct Condition {
    std::vector<ConditionTerm> terms;
    bool operator==(const Condition &) const = default;
    [[nodiscard]] QString text() const; // as it would be written again
    [[nodiscard]] bool hasChanged() const;
};

struct ParseError {
    int at = 0;   // character, from 0
    QString what; // what is wrong, and what is allowed
    // "At character 5, `>>`: ..."
    [[nodiscard]] QString message() const { return phrase("Condition", "At character %1: %2").arg(at + 1).arg(what); }
};

[[nodiscard]] tl::expected<Condition, ParseError> parseCondition(const QString &text);

// Whether a term holds for `now`; `before` is the view one event earlier of the same packet, null at its first sight.
[[nodiscard]] bool holds(const ConditionTerm &term, const SkbView *before, const SkbView &now, const trace::Side &side);

} // namespace skbscope::ui
