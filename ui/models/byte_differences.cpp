// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/byte_differences.h"

#include "ui/models/app_words.h"
#include "ui/models/decode.h"
#include "ui/models/names.h"

#include <QRegularExpression>
#include <algorithm>
#include <set>

namespace skbscope::ui {

namespace {
// The comparison names bytes "bytes 18-19", counted from head. Those of `differing` that it names go to `out`.
void explain(const trace::FieldDifference &f, const std::set<int> &differing, ByteDifferences &out) {
    static const QRegularExpression pattern(QStringLiteral("^bytes? (\\d+)(?:-(\\d+))?$"));
    if (!f.field.starts_with("byte")) return;
    const QRegularExpressionMatch match = pattern.match(qs(f.field));
    if (!match.hasMatch()) return;
    const int from = match.captured(1).toInt(), to = match.captured(2).isEmpty() ? from : match.captured(2).toInt();
    const bool explained = f.reason.code != trace::ReasonCode::none;
    for (auto it = differing.lower_bound(from); it != differing.end() && *it <= to; ++it) {
        bool &known = out.at.try_emplace(*it, explained).first->second;
        known = known || explained;
        if (explained) out.reason = appWords(f.reason.text);
    }
}
} // namespace

ByteDifferences byteDifferences(const TraceDocument &d, quint32 step) {
    ByteDifferences out;
    const Moment model = momentAt(d, step, SideKind::model), kernel = momentAt(d, step, SideKind::kernel);
    if (!model.hasPacket() || !kernel.hasPacket()) return out;
    const ByteView a(model.state), b(kernel.state);
    const std::size_t common = std::min(model.state.known.size(), kernel.state.known.size());
    std::set<int> differing;
    for (int at = 0; at < int(common); ++at)
        if (a.known(at) && b.known(at) && a.u8(at) != b.u8(at)) differing.insert(at);
    if (differing.empty()) return out;
    // Only what the comparison found when a function was entered: between entries one side may have been read before
    // the bytes were written, and the other after.
    const std::vector<quint32> &unlike = d.unlikeInBytes();
    const auto entered = std::lower_bound(unlike.begin(), unlike.end(), d.steps()[step].number);
    for (auto row = std::make_reverse_iterator(entered); row != unlike.rend(); ++row)
        for (const trace::FieldDifference &f : d.comparison()->rows[*row].fields())
            explain(f, differing, out);
    return out;
}

} // namespace skbscope::ui
