// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/picker_model.h"

#include <algorithm>

namespace skbscope::ui {

void PickerModel::open(PickerRequest request) {
    request_ = std::move(request);
    query_.clear();
    filter();
    emit opened();
}

void PickerModel::setQuery(const QString &query) {
    if (query == query_) return;
    query_ = query;
    filter();
}

void PickerModel::filter() {
    beginResetModel();
    shown_.clear();
    for (std::size_t i = 0; i < request_.items.size(); ++i)
        if (auto match = fuzzyMatch(query_, request_.items[i].title))
            shown_.push_back({i, std::move(*match)});
        else if (request_.items[i].also.contains(query_, Qt::CaseInsensitive))
            shown_.push_back({i, {}});
    std::stable_sort(shown_.begin(), shown_.end(),
                     [](const Shown &a, const Shown &b) { return a.match.score > b.match.score; });
    endResetModel();
    emit queryChanged();
}

bool PickerModel::isChoosable(int index) const {
    return index >= 0 && index < count() && request_.items[shown_[std::size_t(index)].item].why.isEmpty();
}

void PickerModel::choose(int index) {
    if (!isChoosable(index)) return;
    const auto run = request_.items[shown_[std::size_t(index)].item].run; // it may open another list
    if (run) run();
}

int PickerModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant PickerModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Shown &shown = shown_[std::size_t(index.row())];
    const PickerItem &item = request_.items[shown.item];
    switch (role) {
    case TitleRole:
        return item.title;
    case MarkupRole:
        return withMatch(item.title, shown.match.places);
    case DetailRole:
        return item.detail;
    case KeysRole:
        return item.keys;
    case WhyRole:
        return item.why;
    default:
        return {};
    }
}

QHash<int, QByteArray> PickerModel::roleNames() const {
    return {{TitleRole, "title"}, {MarkupRole, "markup"}, {DetailRole, "detail"}, {KeysRole, "keys"}, {WhyRole, "why"}};
}

} // namespace skbscope::ui
