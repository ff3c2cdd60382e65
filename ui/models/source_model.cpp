// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/source_model.h"

#include "ui/models/names.h"

#include <QRegularExpression>

namespace skbscope::ui {

QString highlightedLine(const QString &line, const QString &commentColor) {
    static const QRegularExpression keyword(
        QStringLiteral("\\b(auto|bool|break|case|const|constexpr|continue|default|do|else|enum|for|goto|if|inline|"
                       "namespace|nullptr|return|"
                       "sizeof|static|struct|switch|template|true|false|using|void|while)\\b"));
    const qsizetype comment = line.indexOf(QLatin1String("//"));
    QString codePart = (comment < 0 ? line : line.left(comment)).toHtmlEscaped();
    codePart.replace(keyword, QStringLiteral("<b>\\1</b>"));
    if (comment >= 0)
        codePart += QStringLiteral("<font color=\"%1\">%2</font>").arg(commentColor, line.mid(comment).toHtmlEscaped());
    return QStringLiteral("<span style=\"white-space:pre-wrap\">") + codePart + QStringLiteral("</span>");
}

SourceModel::SourceModel(Selection *selection, const QString &sourceDirectory, QObject *parent)
    : QAbstractListModel(parent), selection_(selection), directory_(sourceDirectory) {
    connect(selection, &Selection::stepChanged, this, &SourceModel::update);
    connect(selection, &Selection::documentGrew, this, &SourceModel::update);
    update();
}

int SourceModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() || !function_ ? 0 : int(function_->lines.size());
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
    default:
        return {};
    }
}

QHash<int, QByteArray> SourceModel::roleNames() const {
    return {{TextRole, "text"}, {NumberRole, "number"}, {MarkupRole, "markup"}, {CurrentRole, "current"}};
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
                          ? QStringLiteral("The model's source is not installed here.")
                          : QStringLiteral("The model's source is not in %1/core-stack.").arg(directory_);
        else if (!next)
            message = QStringLiteral("The model has no function of this name.");
    }
    const bool changed = next != function_;
    if (changed) beginResetModel();
    function_ = next;
    message_ = message;
    // A function that goes on after a callee returned is somewhere below; the trace does not say on which line.
    const bool entry = next && !selection_->document()->steps()[selection_->step()].late;
    currentLine_ = entry ? next->trace - next->first : -1;
    if (changed) endResetModel();
    emit updated();
}

} // namespace skbscope::ui
