// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/differences.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
using trace::ReasonCode;

// What asks for a look first.
constexpr std::array order = {ReasonCode::none,
                              ReasonCode::lost,
                              ReasonCode::configuration,
                              ReasonCode::outside_model,
                              ReasonCode::not_written,
                              ReasonCode::random_by_design,
                              ReasonCode::time_differs,
                              ReasonCode::outside_scope,
                              ReasonCode::not_traceable,
                              ReasonCode::inlined_at_call,
                              ReasonCode::inlined_in_kernel};

bool isOneSided(const trace::Row &row) {
    return row.left == npos || row.right == npos;
}
} // namespace

std::vector<DifferenceGroup> differencesOf(const TraceDocument &d) {
    std::vector<DifferenceGroup> groups;
    for (const ReasonCode code : order)
        groups.push_back({code, {}});
    const auto add = [&](ReasonCode code, Difference difference) {
        const auto at = std::find(order.begin(), order.end(), code);
        groups[std::size_t(at == order.end() ? 0 : at - order.begin())].all.push_back(difference);
    };
    if (!d.comparison()) return {};
    for (const quint32 i : d.unlike()) {
        const trace::Row &row = d.comparison()->rows[i];
        if (isOneSided(row)) {
            add(row.reason().code, {i, Difference::wholeCall});
            continue;
        }
        for (std::size_t f = 0; f < row.fields().size(); ++f)
            add(row.fields()[f].reason.code, {i, qint32(f)});
    }
    std::erase_if(groups, [](const DifferenceGroup &g) { return g.all.empty(); });
    return groups;
}

const trace::Reason &reasonOf(const TraceDocument &d, const Difference &difference) {
    const trace::Row &row = d.comparison()->rows[difference.row];
    return difference.field < 0 ? row.reason() : row.fields()[std::size_t(difference.field)].reason;
}

trace::RowMark markOf(const TraceDocument &d, const Difference &difference) {
    if (reasonOf(d, difference).code == ReasonCode::none) return trace::RowMark::unexplained;
    return difference.field < 0 ? d.comparison()->rows[difference.row].mark : trace::RowMark::differs;
}

QString groupTitle(ReasonCode code) {
    QString out =
        code == ReasonCode::none ? phrase("Differences", "unexplained") : phrase("Reasons", trace::reason_name(code));
    out[0] = out[0].toUpper();
    return out;
}

QString differenceSentence(const TraceDocument &d, const Difference &difference) {
    const DocumentRow &row = d.rows()[difference.row];
    const trace::Reason &reason = reasonOf(d, difference);
    QString out;
    if (difference.field >= 0) {
        const trace::FieldDifference &f = row.fields[std::size_t(difference.field)];
        out = QStringLiteral("%1: %2 %3, %4 %5: ")
                  .arg(appWords(f.field), sideWord(d, SideKind::model), appWords(f.left), sideWord(d, SideKind::kernel),
                       appWords(f.right));
    } else if (reason.code == ReasonCode::none) {
        const bool moved = row.mark == trace::RowMark::order;
        out = phrase("Differences", "only %1 calls it").arg(sideName(d, row.firstSide()));
        out += moved ? phrase("Differences", " here, the other elsewhere: ") : QStringLiteral(": ");
    }
    if (!reason.text.empty()) return out + appWords(reason.text);
    return out + (reason.code == ReasonCode::none ? phrase("Differences", "no reason is known")
                                                  : QString::fromLatin1(trace::reason_name(reason.code)));
}

QString differencePlace(const TraceDocument &d, const Difference &difference) {
    const DocumentRow &row = d.rows()[difference.row];
    const trace::Side &side = *d.side(row.firstSide())->side;
    const QString context = contextWords(row.context, row.vector) + phrase("Differences", ", CPU %1").arg(row.cpu);
    return row.host > 0 && row.host < side.hosts.size() ? qs(side.hosts[row.host]) + QStringLiteral(", ") + context
                                                        : context;
}

} // namespace skbscope::ui
