// SPDX-License-Identifier: GPL-2.0-or-later
// What a run stops at, as a user writes it:
//
//     ip_rcv                 a call of this function; * stands for any letters: tcp_*
//     len > 100              where a condition on the sk_buff comes true (condition.h)
//     drop, drop NO_SOCKET   where a packet is dropped; for this reason only
//     watch len              wherever the field changes, its value shown beside it
#pragma once

#include "ui/models/condition.h"
#include "ui/models/field_history.h"
#include "ui/models/landmarks.h"

namespace skbscope::ui {

struct Breakpoint {
    enum Kind : quint8 { function, condition, drop, watch };
    Kind kind = function;
    QString name;        // function, drop: what is looked for; empty: any drop
    Condition when = {}; // condition; watch: "FIELD changed"
    bool operator==(const Breakpoint &) const = default;
    [[nodiscard]] QString text() const;                                         // as it would be written again
    [[nodiscard]] SkbFieldId field() const { return when.terms.front().field; } // watch
};

// `document` tells which functions and reasons there are besides the catalogue's; may be null.
[[nodiscard]] tl::expected<Breakpoint, ParseError> parseBreakpoint(const QString &text, const TraceDocument *document);

// Steps it stops at, ascending. Fields are those that `side` tells.
[[nodiscard]] std::vector<quint32> stepsOf(const Breakpoint &breakpoint, const TraceDocument &document,
                                           const Landmarks &landmarks, SideKind side);

} // namespace skbscope::ui
