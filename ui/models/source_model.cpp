// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/source_model.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <QRegularExpression>

#include <algorithm>

namespace skbscope::ui {

QString highlightedLine(const QString &line, const QString &commentColor) {
    static const QRegularExpression keyword(
        QStringLiteral("\\b(auto|bool|break|case|const|constexpr|continue|default|do|else|enum|for|goto|if|inline|"
                       "namespace|nullptr|return|"
                       "sizeof|static|struct|switch|template|true|false|using|void|while)\\b"));
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    // What stands in columns stays so: Qt's styled text makes one blank of many.
    const auto escaped = [](const QString &part) {
        return part.toHtmlEscaped().replace(QLatin1String("  "), QLatin1String("&nbsp; "));
    };
    QString codePart = escaped(comment < 0 ? line : line.left(comment));
    codePart.replace(keyword, QStringLiteral("<b>\\1</b>"));
    if (comment >= 0)
        codePart += QStringLiteral("<font color=\"%1\">%2</font>").arg(commentColor, escaped(line.mid(comment)));
    return codePart;
}

SourceModel::SourceModel(Selection *selection, LinkModel *link, const QString &sourceDirectory, QObject *parent)
    : QAbstractListModel(parent), selection_(selection), link_(link), directory_(sourceDirectory) {
    connect(link, &LinkModel::updated, this, [this] {
        if (rowCount() > 0) emit dataChanged(index(0), index(rowCount() - 1), {FrameRole});
        emit updated();
    });
    connect(selection, &Selection::stepChanged, this, &SourceModel::update);
    connect(selection, &Selection::documentGrew, this, &SourceModel::update);
    update();
}

int SourceModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : shown_;
}

QVariant SourceModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    switch (role) {
    case TextRole:
        return function_->lines[index.row()];
    case NumberRole:
        return function_->first + index.row();
    case MarkupRole:
        return highlightedLine(function_->lines[index.row()].trimmed(), QStringLiteral("$comment"));
    case CurrentRole:
        return index.row() == currentLine_;
    case FrameRole:
        return int(frameOf(index.row()));
    case CallRole:
        return callAt(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> SourceModel::roleNames() const {
    return {{TextRole, "text"},       {NumberRole, "number"}, {MarkupRole, "markup"},
            {CurrentRole, "current"}, {FrameRole, "frame"},   {CallRole, "call"}};
}

void SourceModel::update() {
    const SourceFunction *next = nullptr;
    QString message;
    if (!selection_->isEmpty()) {
        if (!index_) index_ = std::make_unique<SourceIndex>(directory_);
        const TraceDocument &d = *selection_->document();
        const DocumentRow &row = d.rows()[d.steps()[selection_->step()].row];
        const DocumentSide &s = *d.side(row.firstSide());
        const trace::Function f = s.side->function(s.tree.calls[row.call[sideIndex(row.firstSide())]].fn);
        next = index_->find(row.name, qs(f.file));
        if (index_->isEmpty())
            message = directory_.isEmpty()
                          ? phrase("SourceModel", "The model's source is not installed here.")
                          : phrase("SourceModel", "The model's source is not in %1/core-stack.").arg(directory_);
        else if (!next)
            message = phrase("SourceModel", "The model has no function of this name.");
    }
    message_ = message;
    // A function that goes on after a callee returned is somewhere below; the trace does not say on which line.
    const bool entry = next && !selection_->document()->steps()[selection_->step()].late;
    show(next, entry ? next->trace - next->first : -1);
    emit updated();
}

// Lines are replaced in place: making the view's items costs more than filling them.
void SourceModel::show(const SourceFunction *next, int current) {
    const bool changed = next != function_;
    const int before = shown_, after = next ? int(next->lines.size()) : 0;
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        shown_ = after;
        endRemoveRows();
    }
    function_ = next;
    currentLine_ = current;
    findCalls();
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        shown_ = after;
        endInsertRows();
    }
    if (const int common = std::min(before, after); common > 0) emit dataChanged(index(0), index(common - 1));
    if (changed) emit functionChanged();
}

// Callees in the order in which they were called, each at the next line that names it: a loop calls from one line
// again, a pointer from a line that names nobody.
void SourceModel::findCalls() {
    calls_.clear();
    if (!function_) return;
    const TraceDocument &d = *selection_->document();
    const quint32 row = d.steps()[selection_->step()].row;
    int from = function_->trace - function_->first;
    const auto find = [this](const QString &name, int first) {
        const QRegularExpression call(QStringLiteral("\\b%1\\s*\\(").arg(QRegularExpression::escape(name)));
        for (int i = first; i < function_->lines.size(); ++i)
            if (function_->lines[i].section(QStringLiteral("//"), 0, 0).contains(call)) return i;
        return -1;
    };
    const quint32 end = row + d.rows()[row].inside;
    for (quint32 r = row + 1; r <= end; r += d.rows()[r].inside + 1) {
        int line = find(d.rows()[r].name, from);
        if (line < 0) line = find(d.rows()[r].name, function_->trace - function_->first);
        if (line < 0) continue;
        calls_.emplace_back(line, r);
        from = line;
    }
}

int SourceModel::callAt(int line) const {
    for (const auto &[at, row] : calls_)
        if (at == line) return int(row);
    return -1;
}

// Of a call deeper down: the line that leads to it.
int SourceModel::lineOf(quint32 row) const {
    if (row == npos || !function_ || selection_->isEmpty()) return -1;
    const TraceDocument &d = *selection_->document();
    if (row >= d.rows().size()) return -1;
    if (row == d.steps()[selection_->step()].row) return function_->trace - function_->first;
    for (const auto &[line, call] : calls_)
        if (call < d.rows().size() && row >= call && row <= call + d.rows()[call].inside) return line;
    return -1;
}

SourceModel::Frame SourceModel::frameOf(int line) const {
    if (lineOf(link_->frames().pinned.row) == line) return pinned;
    return lineOf(link_->frames().preview.row) == line ? preview : noFrame;
}

} // namespace skbscope::ui
