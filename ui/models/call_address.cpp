// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/call_address.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

namespace skbscope::ui {

namespace {
tl::expected<quint32, QString> byNumber(const TraceDocument &d, quint32 number, SideKind side) {
    const DocumentSide *s = d.side(side);
    if (s && number >= 1 && number <= s->tree.calls.size()) return s->rowOf(quint32(number - 1));
    return tl::unexpected(phrase("CallAddress", "%1: the %2's side has calls 1 to %3")
                              .arg(number)
                              .arg(kindWord(side))
                              .arg(s ? s->tree.calls.size() : 0));
}
} // namespace

tl::expected<quint32, QString> callAt(const TraceDocument &d, const QString &address, SideKind side) {
    bool isNumber = false, counted = false;
    if (const quint32 number = address.toUInt(&isNumber); isNumber) return byNumber(d, number, side);
    const QString name = address.section(QLatin1Char(':'), 0, 0), which = address.section(QLatin1Char(':'), 1);
    const quint32 wanted = which.toUInt(&counted);
    if (!which.isEmpty() && (!counted || wanted == 0))
        return tl::unexpected(address + phrase("CallAddress", ": behind the colon stands which of its calls: ") + name +
                              QStringLiteral(":2"));
    quint32 found = 0;
    for (quint32 row = 0; row < d.rows().size(); ++row)
        if (d.rows()[row].name == name && ++found == std::max<quint32>(1, wanted)) return row;
    if (found == 0) return tl::unexpected(name + phrase("CallAddress", ": no such function is called in this trace"));
    return tl::unexpected(address +
                          phrase("CallAddress", ": it is called %1 only")
                              .arg(plural(found, phrase("CallAddress", "time"), phrase("CallAddress", "times"))));
}

quint32 lastStepOf(const TraceDocument &d, quint32 row) {
    quint32 last = d.rows()[row].firstStep;
    for (quint32 i = last; i < d.steps().size(); ++i)
        if (d.steps()[i].row == row) last = i;
    return last;
}

} // namespace skbscope::ui
