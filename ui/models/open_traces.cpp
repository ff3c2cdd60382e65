// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/open_traces.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"

#include <QFileInfo>
#include <algorithm>

namespace skbscope::ui {

int OpenTraces::add(OpenTrace trace) {
    if (trace.origin == OpenTrace::run)
        for (int i = 0; i < count(); ++i)
            if (at(i).origin == OpenTrace::run && at(i).title == trace.title && !at(i).unsaved) {
                replace(i, std::move(trace));
                return i;
            }
    beginInsertRows({}, count(), count());
    traces_.push_back(std::move(trace));
    endInsertRows();
    emit changed();
    return count() - 1;
}

void OpenTraces::replace(int index, OpenTrace trace) {
    OpenTrace &there = traces_[std::size_t(index)];
    // a watch that grows is the same trace as before: ten times a second nobody need be told
    const bool grew = there.title == trace.title && there.path == trace.path && there.unsaved == trace.unsaved;
    there = std::move(trace);
    emit dataChanged(this->index(index), this->index(index));
    if (!grew) emit changed();
}

void OpenTraces::remove(int index) {
    beginRemoveRows({}, index, index);
    traces_.erase(traces_.begin() + index);
    if (current_ >= index) --current_;
    endRemoveRows();
    emit changed();
}

void OpenTraces::setCurrent(int index) {
    current_ = index;
    if (count() > 0) emit dataChanged(this->index(0), this->index(count() - 1), {CurrentRole});
    emit changed();
}

void OpenTraces::keepStep(quint32 step) {
    if (current_ >= 0) traces_[std::size_t(current_)].step = step;
}

int OpenTraces::indexOf(const QString &path) const {
    const auto at = std::ranges::find_if(traces_, [&path](const OpenTrace &t) { return t.path == path; });
    return at == traces_.end() ? -1 : int(at - traces_.begin());
}

int OpenTraces::indexOf(OpenTrace::Origin origin) const {
    for (int i = count(); i-- > 0;) // an earlier watch is over
        if (at(i).origin == origin) return i;
    return -1;
}

QString OpenTraces::detail(int index) const {
    const OpenTrace &t = at(index);
    QStringList out;
    if (t.document) {
        QString sides = kindWord(t.document->firstSide());
        if (t.document->hasBoth())
            sides = areAlike(*t.document) ? phrase("OpenTraces", "A and B") : phrase("OpenTraces", "model and kernel");
        out << plural(qint64(t.document->rows().size()), phrase("OpenTraces", "call"), phrase("OpenTraces", "calls")) +
                   QStringLiteral(", ") + sides;
    } else {
        out << phrase("OpenTraces", "not read yet");
    }
    if (t.origin == OpenTrace::live) out << phrase("OpenTraces", "a watch");
    if (t.origin == OpenTrace::comparison) out << phrase("OpenTraces", "a comparison");
    if (!t.path.isEmpty()) out << withTilde(QFileInfo(t.path).path());
    if (t.unsaved) out << phrase("OpenTraces", "not saved");
    if (index == current_) out << phrase("OpenTraces", "shown now");
    return out.join(QStringLiteral("; "));
}

int OpenTraces::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant OpenTraces::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    switch (role) {
    case TitleRole:
        return at(index.row()).title;
    case DetailRole:
        return detail(index.row());
    case CurrentRole:
        return index.row() == current_;
    case UnsavedRole:
        return at(index.row()).unsaved;
    default:
        return {};
    }
}

QHash<int, QByteArray> OpenTraces::roleNames() const {
    return {{TitleRole, "title"}, {DetailRole, "detail"}, {CurrentRole, "current"}, {UnsavedRole, "unsaved"}};
}

} // namespace skbscope::ui
