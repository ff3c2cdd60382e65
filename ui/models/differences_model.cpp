// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/differences_model.h"

#include "ui/models/app_words.h"
#include "ui/models/names.h"
#include "ui/models/side_words.h"

#include <algorithm>

namespace skbscope::ui {

DifferencesModel::DifferencesModel(Selection *selection, QObject *parent)
    : QAbstractListModel(parent), selection_(selection) {
    connect(selection, &Selection::documentChanged, this, &DifferencesModel::collect);
    connect(selection, &Selection::documentGrew, this, &DifferencesModel::collect);
    connect(selection, &Selection::stepChanged, this, &DifferencesModel::follow);
}

void DifferencesModel::setOpen(bool open) {
    if (open == open_) return;
    open_ = open;
    collect();
}

// What it holds are rows of the document that was there: a new one is looked through anew, or nothing is kept.
void DifferencesModel::collect() {
    beginResetModel();
    std::vector<trace::ReasonCode> folded;
    for (const Group &group : groups_)
        if (group.folded) folded.push_back(group.of.code);
    groups_ = {}, lines_ = {}, counts_ = {};
    const TraceDocument *d = selection_->document();
    if (open_ && d)
        for (DifferenceGroup &group : differencesOf(*d)) {
            for (const Difference &difference : group.all)
                ++counts_[std::size_t(markOf(*d, difference))];
            const bool isFolded = std::find(folded.begin(), folded.end(), group.code) != folded.end();
            groups_.push_back({std::move(group), {}, isFolded});
        }
    layOut();
    endResetModel();
    emit updated();
}

void DifferencesModel::filter() {
    beginResetModel();
    layOut();
    endResetModel();
    emit updated();
}

void DifferencesModel::layOut() {
    const QStringList words = query_.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    lines_.clear();
    for (quint32 g = 0; g < groups_.size(); ++g) {
        Group &group = groups_[g];
        group.shown.clear();
        for (const Difference &difference : group.of.all)
            if (passes(group.of.code, difference, words)) group.shown.push_back(difference);
        if (group.shown.empty()) continue;
        lines_.push_back({g, npos});
        for (quint32 i = 0; !group.folded && i < group.shown.size(); ++i)
            lines_.push_back({g, i});
    }
}

// The cheap questions first: a text is made only where the name does not answer.
bool DifferencesModel::passes(trace::ReasonCode code, const Difference &difference, const QStringList &words) const {
    const TraceDocument &d = *selection_->document();
    if (unexplainedOnly_ && code != trace::ReasonCode::none) return false;
    const trace::RowMark mark = markOf(d, difference);
    if (hidden_[std::size_t(mark)]) return false;
    if (words.isEmpty()) return true;
    const QString name = d.rows()[difference.row].name;
    QString rest;
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        if (name.contains(word, Qt::CaseInsensitive)) return true;
        if (rest.isEmpty())
            rest = QStringList{differenceSentence(d, difference), appWords(reasonOf(d, difference).evidence),
                               differencePlace(d, difference), markWords(d, mark), groupTitle(code)}
                       .join(QLatin1Char('\n'));
        return rest.contains(word, Qt::CaseInsensitive);
    });
}

void DifferencesModel::setQuery(const QString &query) {
    if (query == query_) return;
    query_ = query;
    filter();
}

void DifferencesModel::setUnexplainedOnly(bool only) {
    if (only == unexplainedOnly_) return;
    unexplainedOnly_ = only;
    filter();
}

void DifferencesModel::toggleKind(int mark) {
    if (mark < 0 || std::size_t(mark) >= marks) return;
    hidden_[std::size_t(mark)] = !hidden_[std::size_t(mark)];
    filter();
}

int DifferencesModel::headOf(int line) const {
    if (line < 0 || line >= rowCount()) return -1;
    return lines_[std::size_t(line)].entry == npos ? line : line - 1 - int(lines_[std::size_t(line)].entry);
}

void DifferencesModel::toggleFold(int line) {
    const int head = headOf(line);
    if (head < 0) return;
    const quint32 g = lines_[std::size_t(head)].group;
    Group &group = groups_[g];
    const int first = head + 1, last = head + int(group.shown.size());
    const auto at = lines_.begin() + first;
    if (group.folded) {
        std::vector<Line> inside;
        for (quint32 i = 0; i < group.shown.size(); ++i)
            inside.push_back({g, i});
        beginInsertRows({}, first, last);
        lines_.insert(at, inside.begin(), inside.end());
        endInsertRows();
        group.folded = false;
    } else {
        beginRemoveRows({}, first, last);
        lines_.erase(at, at + std::ptrdiff_t(group.shown.size()));
        endRemoveRows();
        group.folded = true;
    }
    emit dataChanged(index(head), index(head));
    emit updated();
}

void DifferencesModel::choose(int line) {
    if (line < 0 || line >= rowCount()) return;
    const Line &at = lines_[std::size_t(line)];
    if (at.entry == npos) return toggleFold(line);
    selection_->setRow(groups_[at.group].shown[at.entry].row);
}

quint32 DifferencesModel::currentRow() const {
    return selection_->isEmpty() ? npos : selection_->document()->steps()[selection_->step()].row;
}

int DifferencesModel::currentLine() const {
    const quint32 now = currentRow();
    int best = 0;
    quint32 least = npos;
    for (std::size_t i = 0; i < lines_.size() && least != 0; ++i) {
        if (lines_[i].entry == npos) continue;
        const quint32 row = groups_[lines_[i].group].shown[lines_[i].entry].row;
        if (row >= now && row - now < least) least = row - now, best = int(i);
    }
    return best;
}

void DifferencesModel::follow() {
    if (!lines_.empty()) emit dataChanged(index(0), index(rowCount() - 1), {HereRole, TextRole});
}

int DifferencesModel::unexplained() const {
    const trace::Comparison *c = selection_->document() ? selection_->document()->comparison() : nullptr;
    return c ? int(c->unexplained) : 0;
}

} // namespace skbscope::ui
