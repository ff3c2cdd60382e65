// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/find_model.h"

#include "ui/models/found_words.h"
#include "ui/models/landmarks.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui {

FindModel::FindModel(Selection *selection, SearchIndex *index, QObject *parent)
    : QObject(parent), selection_(selection), index_(index) {
    connect(selection, &Selection::documentChanged, this, &FindModel::search);
    connect(selection, &Selection::documentGrew, this, &FindModel::search);
    connect(selection, &Selection::stepChanged, this, &FindModel::updated);
    connect(&texts_, &TextSearch::found, this, [this] {
        const std::vector<quint32> more = texts_.take();
        rows_.insert(rows_.end(), more.begin(), more.end());
        emit updated();
    });
}

void FindModel::setQuery(const QString &query) {
    if (query == query_) return;
    query_ = query;
    search();
}

void FindModel::search() {
    wrapped_ = false;
    const auto query = parseSearch(query_);
    error_ = query ? QString() : query.error().message();
    SearchIndex::Found found = query ? index_->search(*query) : SearchIndex::Found{};
    texts_.stop();
    if (found.isInTexts) {
        texts_.begin(selection_->document(), query->text);
        found.rows = texts_.take();
    }
    rows_ = std::move(found.rows);
    kind_ = found.kind;
    emit updated();
}

bool FindModel::matches(quint32 row) const {
    return std::binary_search(rows_.begin(), rows_.end(), row);
}

QString FindModel::words() const {
    if (query_.trimmed().isEmpty()) return phrase("FindModel", "function, #packet, address:port or text");
    if (!error_.isEmpty()) return error_;
    if (texts_.isRunning())
        return phrase("FindModel", "%1 %2 so far; %3 % of the texts searched")
            .arg(count())
            .arg(foundWords(kind_, count()))
            .arg(texts_.percent());
    if (rows_.empty()) return phrase("FindModel", "nothing here: no function, packet, flow or text like this");
    const QString kinds = foundWords(kind_, count()); // "calls with packet 3"
    const quint32 now = selection_->document()->steps()[selection_->step()].row;
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), now);
    QString out = at != rows_.end() && *at == now
                      ? phrase("FindModel", "%1 of %2 %3").arg(at - rows_.begin() + 1).arg(count()).arg(kinds)
                      : QStringLiteral("%1 %2").arg(count()).arg(kinds);
    return wrapped_ ? out + phrase("FindModel", ", from the other end") : out;
}

void FindModel::go(Direction direction) {
    if (rows_.empty() || selection_->isEmpty()) return;
    const quint32 now = selection_->document()->steps()[selection_->step()].row;
    const std::optional<quint32> next = nextAmong(rows_, now, direction);
    wrapped_ = !next;
    selection_->setRow(next ? *next : direction == Direction::forward ? rows_.front() : rows_.back());
    emit updated();
}

} // namespace skbscope::ui
