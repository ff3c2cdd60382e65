// SPDX-License-Identifier: GPL-2.0-or-later
// The aligned trees of a page.
#include "ui/export/page_writer.h"

#include "ui/models/call_window.h"

#include <algorithm>

namespace skbscope::ui {

// The calls that are stepped through, and who called them.
void PageWriter::chooseRows() {
    std::vector<bool> wanted(d_.rows().size(), false);
    for (quint32 i = o_.first; i <= o_.last; ++i)
        for (quint32 row = d_.steps()[i].row; row != npos && !wanted[row]; row = d_.rows()[row].parent)
            wanted[row] = true;
    numberOfRow_.assign(d_.rows().size(), -1);
    for (quint32 row = 0; row < wanted.size(); ++row) {
        if (!wanted[row]) continue;
        numberOfRow_[row] = int(rows_.size());
        rows_.push_back(row);
    }
    losses_ = lossNotes(d_);
    session_.calls.unfoldAll(); // the page folds by itself: it is told each call as it is
}

// Hand-overs and losses that stand before a call: [words, words at the right, context], context -1 for a loss.
QByteArray PageWriter::barsBefore(quint32 row) {
    QByteArray out;
    const auto add = [&](const QString &words, const QString &right, int context) {
        out += (out.isEmpty() ? "[" : ",[") + QByteArray::number(symbols_.text(words)) + ',' +
               QByteArray::number(symbols_.text(right)) + ',' + QByteArray::number(context) + ']';
    };
    for (const LossNote &loss : losses_)
        if (loss.row == row) add(loss.text, {}, -1);
    if (const auto bar = handOverBefore(d_, row, row - 1)) add(bar->text, bar->right, int(bar->context));
    return "[" + out + "]";
}

// [parent, depth, first step, model, kernel, layer, mark, worst row, worst mark, reason, tip, chip, time, context,
// bars]
QByteArray PageWriter::row(quint32 row) {
    const DocumentRow &r = d_.rows()[row];
    const CallCells c = session_.calls.cells(row);
    const auto name = [&](const QString &words) {
        return symbols_.text(words.isEmpty() || !c.inferred ? words : words + QLatin1Char('?'));
    };
    const int first = int(std::max(r.firstStep, o_.first) - o_.first);
    QByteArray out = "[";
    for (const int number :
         {r.parent == npos ? -1 : numberOfRow_[r.parent], int(r.depth), first, name(c.model), name(c.kernel),
          symbols_.text(QString(QLatin1Char(c.layer))), r.mark ? int(*r.mark) : -1,
          r.worstRow == npos ? -1 : numberOfRow_[r.worstRow], r.worst ? int(*r.worst) : -1, symbols_.text(c.reason),
          symbols_.text(c.tip), symbols_.text(c.chip), symbols_.text(c.time), int(c.context)})
        out += QByteArray::number(number) + ',';
    return out + barsBefore(row) + ']';
}

QByteArray PageWriter::rows() {
    QByteArray out = "[";
    for (const quint32 number : rows_)
        out += (out.size() > 1 ? ",\n" : "") + row(number);
    out += "],\n\"rowNumbers\":[";
    for (const quint32 number : rows_)
        out += (out.endsWith('[') ? "" : ",") + QByteArray::number(number);
    return out + "]";
}

} // namespace skbscope::ui
