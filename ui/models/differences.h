// SPDX-License-Identifier: GPL-2.0-or-later
// Every difference between the two sides once, by its reason. A call that one side has alone is one difference, and so
// is each value that differs in a call both have: those without a reason are as many as the comparison counts.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

struct Difference {
    static constexpr qint32 wholeCall = -1;
    quint32 row = npos;       // of the document
    qint32 field = wholeCall; // index in its row's fields
};

// Those with one reason, in the order of the rows.
struct DifferenceGroup {
    trace::ReasonCode code = trace::ReasonCode::none;
    std::vector<Difference> all;
};

// The unexplained first, what was compiled away last; groups with nothing in them are left out. One walk over the rows
// that differ.
[[nodiscard]] std::vector<DifferenceGroup> differencesOf(const TraceDocument &document);

[[nodiscard]] trace::RowMark markOf(const TraceDocument &document, const Difference &difference);
[[nodiscard]] const trace::Reason &reasonOf(const TraceDocument &document, const Difference &difference);

// Texts, made when they are shown.
[[nodiscard]] QString groupTitle(trace::ReasonCode code); // "Unexplained", "Inlined at this call"
// "inlined at this call"; "truesize: model 768, kernel 896: random by design"
[[nodiscard]] QString differenceSentence(const TraceDocument &document, const Difference &difference);
[[nodiscard]] QString differencePlace(const TraceDocument &document, const Difference &difference); // "host B, process"

} // namespace skbscope::ui
