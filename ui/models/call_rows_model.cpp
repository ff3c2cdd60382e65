// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/call_rows_model.h"

#include "trace/duration.h"
#include "ui/models/app_words.h"
#include "ui/models/effects.h"
#include "ui/models/losses.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/row_chip.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

CallRowsModel::CallRowsModel(Selection *selection, FilterModel *filter, QObject *parent)
    : QAbstractListModel(parent), selection_(selection), filter_(filter) {
    connect(selection, &Selection::documentChanged, this, &CallRowsModel::reset);
    connect(selection, &Selection::documentGrew, this, [this] {
        grown_ = true;
        refresh();
        grown_ = false;
    });
    connect(selection, &Selection::stepChanged, this, &CallRowsModel::follow);
    connect(selection, &Selection::sideChanged, this, &CallRowsModel::updated); // what is summed up is that side's
    if (filter) connect(filter, &FilterModel::changed, this, &CallRowsModel::showOthers);
    reset();
}

int CallRowsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : int(visible_.size());
}

QVariant CallRowsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const quint32 row = visible_[std::size_t(index.row())];
    const DocumentRow &r = document()->rows()[row];
    switch (role) {
    case TextRole:
        return textOf(row);
    case RowRole:
        return row;
    case DepthRole:
        return r.depth;
    case MarkRole:
        return r.mark ? markWords(*document(), isFolded(row) ? *r.worst : *r.mark) : QString();
    case FoldedRole:
        return isFolded(row);
    case HereRole:
        return row == currentRow();
    default:
        return {};
    }
}

QHash<int, QByteArray> CallRowsModel::roleNames() const {
    return {{TextRole, "text"}, {RowRole, "row"},       {DepthRole, "depth"},
            {MarkRole, "mark"}, {FoldedRole, "folded"}, {HereRole, "here"}};
}

quint32 CallRowsModel::currentRow() const {
    return selection_->isEmpty() ? npos : document()->steps()[selection_->step()].row;
}

std::size_t CallRowsModel::place(quint32 row) const {
    const std::size_t at = visible_.placeOf(row);
    const bool here = at < visible_.size() && visible_[at] == row;
    return here || at == 0 ? at : at - 1;
}

bool CallRowsModel::isFolded(quint32 row) const {
    if (document()->insideOf(row) == 0 || isFiltered()) return false;
    if (const auto it = chosen_.find(row); it != chosen_.end()) return it->second;
    if (all_ != asStepped) return all_ == allFolded;
    return document()->firstStepOf(row) > selection_->step();
}

void CallRowsModel::setFolded(quint32 row, bool folded) {
    if (!document() || row >= document()->rows().size() || document()->insideOf(row) == 0) return;
    chosen_.erase(row); // what is so without a choice needs none
    if (isFolded(row) != folded) chosen_[row] = folded;
    refresh();
}

void CallRowsModel::foldAll() {
    if (selection_->isEmpty()) return;
    chosen_.clear();
    all_ = allFolded;
    open(currentRow());
    refresh();
}

void CallRowsModel::unfoldAll() {
    if (selection_->isEmpty()) return;
    chosen_.clear();
    all_ = allUnfolded;
    refresh();
}

void CallRowsModel::reset() {
    beginResetModel();
    chosen_.clear();
    all_ = asStepped;
    visible_ = {};
    visible_ = wanted();
    marked_ = currentRow();
    endResetModel();
    emit updated();
}

// A step into something the user folded opens it: the current row is never hidden.
void CallRowsModel::follow() {
    const quint32 current = currentRow();
    if (current != npos)
        for (const quint32 row : document()->ancestors(current))
            if (const auto it = chosen_.find(row); it != chosen_.end() && it->second) chosen_.erase(it);
    if (current != npos && all_ == allFolded)
        for (const quint32 row : document()->ancestors(current))
            chosen_[row] = false;
    refresh();
}

// The call and its callers, where all others are folded.
void CallRowsModel::open(quint32 row) {
    for (; row != npos; row = document()->parentOf(row))
        chosen_[row] = false;
}

VisibleRows CallRowsModel::wanted() const {
    if (selection_->isEmpty()) return {};
    if (isFiltered()) return VisibleRows(filter_->visible());
    const TraceDocument &d = *document();
    if (chosen_.empty() && all_ == asStepped) {
        VisibleRows next = visible_;
        return !grown_ && next.follow(d, selection_->step()) ? next : VisibleRows::entered(d, selection_->step());
    }
    const bool allShown = chosen_.empty() && all_ == allUnfolded;
    if (allShown && !grown_ && visible_.size() == d.rows().size()) return visible_;
    std::vector<quint32> out;
    std::vector<bool> hidden(d.rows().size(), false);
    for (quint32 row = 0; row < hidden.size(); ++row) {
        const quint32 parent = d.parentOf(row);
        hidden[row] = parent != npos && (hidden[parent] || isFolded(parent));
        if (!hidden[row]) out.push_back(row);
    }
    return VisibleRows(std::move(out));
}

void CallRowsModel::refresh() {
    VisibleRows next = wanted();
    const auto [head, tail] = visible_.common(next);
    const std::size_t removed = visible_.size() - head - tail, added = next.size() - head - tail;
    // a row tells how many are not shown before it
    if (isFiltered() && removed + added > 0) return showOthers();
    if (removed > 0) {
        beginRemoveRows({}, int(head), int(head + removed) - 1);
        visible_ = next.ends(head, tail);
        endRemoveRows();
    }
    if (added > 0) beginInsertRows({}, int(head), int(head + added) - 1);
    visible_ = std::move(next);
    if (added > 0) endInsertRows();
    if (!visible_.empty()) emit dataChanged(index(0), index(int(visible_.size()) - 1));
    marked_ = currentRow();
    emit updated();
}

// Other calls altogether: nobody follows them one by one.
void CallRowsModel::showOthers() {
    beginResetModel();
    visible_ = wanted();
    marked_ = currentRow();
    endResetModel();
    emit updated();
}

QString CallRowsModel::textOf(quint32 row) const {
    const CallCells c = cells(row);
    if (c.later && curtain_) return phrase("CallRowsModel", "hidden: a question is open");
    QStringList parts{c.model.isEmpty() ? c.kernel : c.model};
    for (const LossNote &loss : lossNotes(*document()))
        if (loss.row == row) parts.prepend(loss.text);
    if (const quint32 hidden = isFiltered() ? hiddenBefore(place(row)) : 0)
        parts.prepend(
            plural(hidden, phrase("CallRowsModel", "call not shown"), phrase("CallRowsModel", "calls not shown")));
    if (c.inferred) parts << phrase("CallRowsModel", "inferred from a stack");
    if (c.mark) parts << markWords(*document(), *c.mark);
    if (!c.reason.isEmpty()) parts << c.reason;
    if (!c.chip.isEmpty()) parts << c.chip;
    if (!c.time.isEmpty()) parts << c.time + QLatin1Char(' ') + timeUnit();
    parts << contextWords(c.context, document()->rows()[row].vector);
    return parts.join(QStringLiteral(", "));
}

QString CallRowsModel::timeUnit() const {
    const DocumentSide *kernel = document() ? document()->side(SideKind::kernel) : nullptr;
    if (!kernel) return {};
    // of two kernels, the right one's
    const QString whose =
        areAlike(*document()) ? sideWord(*document(), SideKind::kernel) + QLatin1Char(' ') : QString();
    switch (kernel->side->info.clock) {
    case trace::Clock::instructions:
        return whose + phrase("CallRowsModel", "k instr.");
    case trace::Clock::real_ns:
        return whose + QStringLiteral("µs");
    case trace::Clock::virtual_ns:
        break;
    }
    return {};
}

void CallRowsModel::fillNames(CallCells &c) const {
    const DocumentRow &row = document()->rows()[c.row];
    for (const SideKind kind : bothSides) {
        const quint32 call = row.call[sideIndex(kind)];
        if (call == npos) continue;
        const DocumentSide &s = *document()->side(kind);
        (kind == SideKind::model ? c.model : c.kernel) = s.functionName(s.tree.calls[call].fn);
        const trace::Event &enter = s.event(s.tree.calls[call].enter);
        c.inferred = c.inferred || trace::provenance_of(enter) == trace::Provenance::inferred;
        if (kind == SideKind::kernel)
            if (const auto took = trace::duration(*s.side, s.tree.calls[call]))
                c.time = QString::number(double(*took) / 1000, 'f', 1);
    }
}

void CallRowsModel::setCurtain(bool drawn) {
    if (drawn == curtain_) return;
    curtain_ = drawn;
    refresh();
}

// A question is open: what is still to come shows dots, what still runs not what it will do.
void CallRowsModel::drawCurtain(CallCells &c) const {
    if (c.later) {
        const quint32 row = c.row;
        c = {};
        c.row = row;
        c.model = c.kernel = QStringLiteral(". . . . . .");
        c.later = true;
    } else if (document()->isInside(currentRow(), c.row)) {
        c.chip.clear();
        c.time.clear();
        if (!c.here) return;
        c.mark = document()->rows()[c.row].mark;
        c.folded = c.foldable = false;
    }
}

CallCells CallRowsModel::cells(quint32 row) const {
    const DocumentRow &r = document()->rows()[row];
    CallCells c;
    c.row = row;
    fillNames(c);
    c.layer = trace::layer_letter(r.layer);
    c.folded = isFolded(row);
    c.foldable = r.inside > 0 && !isFiltered();
    c.mark = c.folded ? r.worst : r.mark;
    c.context = r.context;
    c.here = row == currentRow();
    c.later = r.firstStep > selection_->step() && !c.here;
    const DocumentRow &shown = c.folded && r.worstRow != npos ? document()->rows()[r.worstRow] : r;
    c.reason = r.reasonWords();
    c.tip = c.mark ? markWords(*document(), *c.mark) : QString();
    // the mark of a folded row is that of a call inside it, which is then named
    const bool inside = c.folded && r.worstRow != npos && r.worstRow != row;
    const QStringList why{inside ? shown.name : QString(), shown.reasonWords()};
    for (const QString &part : why)
        if (!part.isEmpty()) c.tip += QStringLiteral(": ") + part;
    if (!shown.reason.evidence.empty()) c.tip += QLatin1Char('\n') + appWords(shown.reason.evidence);
    for (const trace::FieldDifference &f : shown.fields)
        c.tip += QStringLiteral("\n%1: %2 %3, %4 %5%6")
                     .arg(appWords(f.field), sideWord(*document(), SideKind::model), qs(f.left),
                          sideWord(*document(), SideKind::kernel), qs(f.right),
                          f.reason.text.empty() ? phrase("CallRowsModel", ", unexplained")
                                                : QStringLiteral(", ") + appWords(f.reason.text));
    if (c.inferred) c.tip += phrase("CallRowsModel", "\n?: inferred from a stack, nothing was read when it ran");
    c.chip = c.folded ? plural(r.inside, phrase("CallRowsModel", "call"), phrase("CallRowsModel", "calls"))
                      : chipOf(*document(), r);
    if (isFiltered() && !filter_->isMatch(row)) c.chip = phrase("CallRowsModel", "not in the filter");
    if (curtain_) drawCurtain(c);
    return c;
}

} // namespace skbscope::ui
