// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/filter_model.h"

#include "ui/models/found_words.h"
#include "ui/models/landmarks.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <utility>

namespace skbscope::ui {

FilterModel::FilterModel(Selection *selection, SearchIndex *index, QObject *parent)
    : QObject(parent), selection_(selection), index_(index) {
    connect(selection, &Selection::documentChanged, this, [this] {
        revealed_.clear();
        search();
        emit updated();
    });
    connect(selection, &Selection::documentGrew, this, [this] {
        search();
        emit updated();
    });
    connect(selection, &Selection::stepChanged, this, &FilterModel::follow);
    connect(&texts_, &TextSearch::found, this, &FilterModel::takeMore);
}

void FilterModel::setQuery(const QString &query) {
    if (query == query_) return;
    query_ = query;
    const auto parsed = parseSearch(query);
    error_ = parsed ? QString() : parsed.error().message();
    errorAt_ = parsed ? -1 : parsed.error().at;
    if (!parsed || *parsed == applied_) return emit updated();
    applied_ = *parsed;
    revealed_.clear();
    search();
    emit changed();
    emit updated();
}

// The panes show another document, or more of it, by themselves: only another query is told as changed().
void FilterModel::search() {
    const bool open = isOn() && !selection_->isEmpty();
    isMatch_.assign(open ? selection_->document()->rows().size() : 0, false);
    SearchIndex::Found found = open ? index_->search(applied_) : SearchIndex::Found{};
    texts_.stop();
    if (found.isInTexts) {
        texts_.begin(selection_->document(), applied_.text);
        found.rows = texts_.take();
    }
    matches_ = found.rows.size();
    kind_ = found.kind;
    for (const quint32 row : found.rows)
        isMatch_[row] = true;
    visible_ = std::move(found.rows);
    show();
}

void FilterModel::takeMore() {
    const std::vector<quint32> rows = texts_.take();
    if (!rows.empty()) {
        if (guest_ != npos) visible_.erase(visible_.begin() + placeOf(guest_));
        matches_ += rows.size();
        for (const quint32 row : rows)
            isMatch_[row] = true;
        visible_.insert(visible_.end(), rows.begin(), rows.end());
        show();
        emit changed();
    }
    emit updated();
}

// visible_ holds the matches; adds what was revealed, and the current row.
void FilterModel::show() {
    steps_.clear();
    stepsMade_ = false;
    guest_ = npos;
    if (!isOn() || selection_->isEmpty()) return visible_.clear();
    const quint32 rows = quint32(isMatch_.size());
    for (const auto &[from, to] : revealed_)
        for (quint32 row = from; row < std::min(to, rows); ++row)
            isMatch_[row] = true, visible_.push_back(row);
    if (!revealed_.empty()) sortUnique(visible_);
    follow();
}

void FilterModel::follow() {
    if (!isOn() || selection_->isEmpty() || isMatch_.empty()) return;
    const quint32 now = selection_->document()->steps()[selection_->step()].row;
    if (now == guest_) return;
    if (guest_ != npos) visible_.erase(visible_.begin() + placeOf(guest_));
    guest_ = isMatch_[now] ? npos : now;
    if (guest_ != npos) visible_.insert(visible_.begin() + placeOf(now), now);
    emit updated();
}

bool FilterModel::isWrong() const {
    return errorAt_ >= 0 || (isOn() && matches_ == 0 && !texts_.isRunning());
}

bool FilterModel::isMatch(quint32 row) const {
    return row < isMatch_.size() && isMatch_[row];
}

bool FilterModel::isVisible(quint32 row) const {
    return isMatch(row) || row == guest_;
}

quint32 FilterModel::placeOf(quint32 row) const {
    return quint32(std::lower_bound(visible_.begin(), visible_.end(), row) - visible_.begin());
}

quint32 FilterModel::hiddenBefore(std::size_t place) const {
    if (!isOn()) return 0;
    const quint32 from = place == 0 ? 0 : visible_[place - 1] + 1;
    const quint32 to = place < visible_.size() ? visible_[place] : quint32(isMatch_.size());
    return to - from;
}

quint32 FilterModel::hidden() const {
    return isOn() ? quint32(isMatch_.size() - visible_.size()) : 0;
}

void FilterModel::reveal(quint32 row) {
    const quint32 place = placeOf(row), gap = isOn() ? hiddenBefore(place) : 0;
    if (gap == 0) return;
    const quint32 end = place < visible_.size() ? visible_[place] : quint32(isMatch_.size());
    revealed_.emplace_back(end - gap, end);
    if (guest_ != npos) visible_.erase(visible_.begin() + placeOf(guest_));
    show();
    emit changed();
    emit updated();
}

QString FilterModel::words() const {
    if (!error_.isEmpty()) return error_;
    if (!isOn()) return phrase("FilterModel", "function, tcp_*, #packet, address:port, a > b, or any words");
    if (isMatch_.empty()) return phrase("FilterModel", "waits for the first call");
    if (texts_.isRunning())
        return phrase("FilterModel", "%1 %2 so far; %3 % of the texts searched")
            .arg(grouped(qint64(matches_)), foundWords(kind_, qint64(matches_)), QString::number(texts_.percent()));
    if (matches_ == 0)
        return phrase("FilterModel",
                      "nothing fits: no function, packet, flow or text like this. Esc shows all %1 calls")
            .arg(grouped(qint64(isMatch_.size())));
    QString out = phrase("FilterModel", "%1 %2 of %3, %4 not shown")
                      .arg(grouped(qint64(matches_)), foundWords(kind_, qint64(matches_)),
                           grouped(qint64(isMatch_.size())), grouped(hidden()));
    if (guest_ != npos) out += phrase("FilterModel", "; the current call is none of them");
    return out;
}

const std::vector<quint32> &FilterModel::steps() const {
    if (std::exchange(stepsMade_, true) || isMatch_.empty()) return steps_;
    const TraceDocument &d = *selection_->document();
    for (quint32 s = 0; s < d.steps().size(); ++s)
        if (isMatch(d.rowAtStep(s))) steps_.push_back(s);
    return steps_;
}

// The stride is made as without the filter; where it would end at a call that is not shown it goes on to the next one
// that is.
std::optional<quint32> FilterModel::stepFrom(quint32 step, Stride stride, Direction direction) const {
    const std::optional<quint32> to = ui::stepFrom(*selection_->document(), step, stride, direction);
    if (!to || !isOn()) return to;
    return direction == Direction::forward ? nextAmong(steps(), *to - 1, direction)
                                           : nextAmong(steps(), *to + 1, direction);
}

std::optional<quint32> FilterModel::firstStep() const {
    if (!isOn()) return selection_->isEmpty() ? std::nullopt : std::optional<quint32>(0);
    return steps().empty() ? std::nullopt : std::optional(steps().front());
}

std::optional<quint32> FilterModel::lastStep() const {
    if (!isOn()) return selection_->isEmpty() ? std::nullopt : std::optional(quint32(selection_->stepCount()) - 1);
    return steps().empty() ? std::nullopt : std::optional(steps().back());
}

} // namespace skbscope::ui
