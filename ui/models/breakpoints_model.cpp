// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/breakpoints_model.h"

#include "ui/models/call_number.h"
#include "ui/models/markup.h"
#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <map>

namespace skbscope::ui {

BreakpointsModel::BreakpointsModel(Selection *selection, LinkModel *link, QObject *parent)
    : QAbstractListModel(parent), selection_(selection), link_(link) {
    connect(selection, &Selection::documentChanged, this, &BreakpointsModel::search);
    connect(selection, &Selection::documentGrew, this, &BreakpointsModel::search);
    connect(selection, &Selection::sideChanged, this, &BreakpointsModel::search);
    connect(selection, &Selection::stepChanged, this, &BreakpointsModel::follow);
}

const Landmarks &BreakpointsModel::landmarks() {
    if (!landmarks_) landmarks_ = std::make_unique<Landmarks>(*selection_->document());
    return *landmarks_;
}

void BreakpointsModel::find(Entry &entry) {
    entry.steps.clear();
    if (!selection_->isEmpty())
        entry.steps = stepsOf(entry.breakpoint, *selection_->document(), landmarks(), selection_->side());
}

void BreakpointsModel::search() {
    landmarks_.reset();
    for (Entry &entry : entries_)
        find(entry);
    changed();
}

// Dots and rows anew; the rows that are there keep their places.
void BreakpointsModel::changed() {
    std::map<quint32, bool> rows;
    if (!selection_->isEmpty())
        for (const Entry &entry : entries_)
            for (const quint32 step : entry.steps)
                rows[selection_->document()->steps()[step].row] |= entry.enabled;
    dots_.clear();
    for (const auto &[row, enabled] : rows)
        dots_.push_back({row, enabled});
    follow();
}

void BreakpointsModel::follow() {
    if (!entries_.empty()) emit dataChanged(index(0), index(count() - 1));
    emit updated();
}

void BreakpointsModel::setError(const QString &error, int at) {
    if (error == error_ && at == errorAt_) return;
    error_ = error;
    errorAt_ = at;
    emit errorChanged();
}

void BreakpointsModel::clearError() {
    setError({}, -1);
}

int BreakpointsModel::indexOf(const Breakpoint &breakpoint) const {
    for (int i = 0; i < count(); ++i)
        if (at(i) == breakpoint) return i;
    return -1;
}

bool BreakpointsModel::add(const QString &text) {
    const auto parsed = parseBreakpoint(text, selection_->document());
    if (!parsed) {
        setError(parsed.error().message(), parsed.error().at);
        return false;
    }
    clearError();
    if (const int there = indexOf(*parsed); there >= 0)
        setEnabled(there, true);
    else
        toggle(*parsed);
    return true;
}

void BreakpointsModel::toggle(const Breakpoint &breakpoint) {
    if (const int there = indexOf(breakpoint); there >= 0) return remove(there);
    Entry entry{breakpoint};
    find(entry);
    beginInsertRows({}, count(), count());
    entries_.push_back(std::move(entry));
    endInsertRows();
    changed();
}

void BreakpointsModel::setEnabled(int i, bool on) {
    if (i < 0 || i >= count()) return;
    entries_[std::size_t(i)].enabled = on;
    changed();
}

void BreakpointsModel::setAllEnabled(bool on) {
    for (Entry &entry : entries_)
        entry.enabled = on;
    changed();
}

void BreakpointsModel::remove(int i) {
    if (i < 0 || i >= count()) return;
    beginRemoveRows({}, i, i);
    entries_.erase(entries_.begin() + i);
    endRemoveRows();
    changed();
}

void BreakpointsModel::clear() {
    beginResetModel();
    entries_.clear();
    endResetModel();
    changed();
}

int BreakpointsModel::enabledCount() const {
    return int(std::count_if(entries_.begin(), entries_.end(), [](const Entry &entry) { return entry.enabled; }));
}

std::optional<quint32> BreakpointsModel::next(quint32 step, Direction direction) const {
    std::optional<quint32> best;
    for (const Entry &entry : entries_) {
        const std::optional<quint32> found =
            entry.enabled ? nextAmong(entry.steps, step, direction) : std::optional<quint32>();
        if (!found) continue;
        const bool nearer = !best || (direction == Direction::forward ? *found < *best : *found > *best);
        if (nearer) best = found;
    }
    return best;
}

bool BreakpointsModel::stopsAt(quint32 step) const {
    return !textsAt(step).isEmpty();
}

QStringList BreakpointsModel::textsAt(quint32 step) const {
    QStringList out;
    for (const Entry &entry : entries_)
        if (entry.enabled && std::binary_search(entry.steps.begin(), entry.steps.end(), step))
            out << entry.breakpoint.text();
    return out;
}

const BreakpointsModel::Dot *BreakpointsModel::dotAt(quint32 row) const {
    const auto it =
        std::lower_bound(dots_.begin(), dots_.end(), row, [](const Dot &dot, quint32 r) { return dot.row < r; });
    return it != dots_.end() && it->row == row ? &*it : nullptr;
}

// "40, since call 82, eth_type_trans"
QString BreakpointsModel::watched(const Entry &entry) const {
    const TraceDocument &d = *selection_->document();
    const Moment m = momentAt(d, selection_->step(), selection_->side());
    if (!m.hasPacket()) return phrase("BreakpointsModel", "no sk_buff here");
    const SkbFieldId field = entry.breakpoint.field();
    const FieldChange *change = link_->history(m.kind)->lastChange(m.packet, field, m.event);
    if (!change) return phrase("BreakpointsModel", "not seen yet");
    QString out = QStringLiteral("= ") + skbFieldText(field, change->after, *m.side->side);
    const quint32 row = d.steps()[d.stepAt(m.kind, change->event)].row;
    out += phrase("BreakpointsModel", " since call %1, %2")
               .arg(grouped(callNumber(d, row, m.kind).number))
               .arg(d.rows()[row].name);
    return out;
}

QString BreakpointsModel::detail(const Entry &entry) const {
    if (selection_->isEmpty()) return phrase("BreakpointsModel", "no trace is open");
    const QString stops = entry.steps.empty() ? phrase("BreakpointsModel", "never here")
                                              : plural(qint64(entry.steps.size()), phrase("BreakpointsModel", "stop"),
                                                       phrase("BreakpointsModel", "stops"));
    return entry.breakpoint.kind == Breakpoint::watch ? watched(entry) + QStringLiteral("; ") + stops : stops;
}

QString BreakpointsModel::summary() const {
    if (entries_.empty()) return {};
    if (count() == 1) {
        const bool watch = at(0).kind == Breakpoint::watch;
        return (watch ? phrase("BreakpointsModel", "Watch: ") : phrase("BreakpointsModel", "Breakpoint: ")) +
               bold(watch ? skbFieldName(at(0).field()) : at(0).text()) +
               (isEnabled(0) ? QString() : phrase("BreakpointsModel", ", off"));
    }
    return phrase("BreakpointsModel", "Breakpoints: ") + bold(QString::number(enabledCount())) +
           (enabledCount() == count() ? QString() : phrase("BreakpointsModel", " of %1 on").arg(count()));
}

int BreakpointsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant BreakpointsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Entry &entry = entries_[std::size_t(index.row())];
    switch (role) {
    case TextRole:
        return QStringLiteral("%1, %2, %3")
            .arg(entry.breakpoint.text(),
                 entry.enabled ? phrase("BreakpointsModel", "on") : phrase("BreakpointsModel", "off"), detail(entry));
    case ConditionRole:
        return entry.breakpoint.text();
    case EnabledRole:
        return entry.enabled;
    case DetailRole:
        return detail(entry);
    case HereRole:
        return std::binary_search(entry.steps.begin(), entry.steps.end(), selection_->step());
    case KindRole:
        return int(entry.breakpoint.kind);
    default:
        return {};
    }
}

QHash<int, QByteArray> BreakpointsModel::roleNames() const {
    return {{TextRole, "text"},     {ConditionRole, "condition"}, {EnabledRole, "on"},
            {DetailRole, "detail"}, {HereRole, "here"},           {KindRole, "kind"}};
}

} // namespace skbscope::ui
