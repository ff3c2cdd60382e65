// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/byte_differences.h"

#include "ui/models/decode.h"
#include "ui/models/names.h"

#include <QRegularExpression>

namespace skbscope::ui {

namespace {
// The comparison names bytes "bytes 18-19", counted from head.
void explain(const trace::FieldDifference &f, ByteDifferences &out) {
    static const QRegularExpression pattern(QStringLiteral("^bytes? (\\d+)(?:-(\\d+))?$"));
    if (f.reason.code == trace::ReasonCode::none) return;
    const QRegularExpressionMatch match = pattern.match(qs(f.field));
    if (!match.hasMatch()) return;
    const int from = match.captured(1).toInt(), to = match.captured(2).isEmpty() ? from : match.captured(2).toInt();
    for (auto it = out.at.lower_bound(from); it != out.at.end() && it->first <= to; ++it) {
        it->second = true;
        out.reason = qs(f.reason.text);
    }
}
} // namespace

ByteDifferences byteDifferences(const TraceDocument &d, quint32 step) {
    ByteDifferences out;
    const Moment model = momentAt(d, step, SideKind::model), kernel = momentAt(d, step, SideKind::kernel);
    if (!model.hasPacket() || !kernel.hasPacket()) return out;
    const ByteView a(model.state), b(kernel.state);
    const std::size_t common = std::min(model.state.known.size(), kernel.state.known.size());
    for (int at = 0; at < int(common); ++at)
        if (a.known(at) && b.known(at) && a.u8(at) != b.u8(at)) out.at.emplace(at, false);
    if (out.at.empty()) return out;
    for (quint32 row = d.steps()[step].number; row-- > 0;)
        for (const trace::FieldDifference &f : d.rows()[row].fields)
            explain(f, out);
    return out;
}

} // namespace skbscope::ui
