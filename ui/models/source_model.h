// SPDX-License-Identifier: GPL-2.0-or-later
// The model's C++ of the very function that runs, from the source itself. Where it cannot be read the model says so.
#pragma once

#include "ui/models/link.h"
#include "ui/models/source_index.h"

#include <QAbstractListModel>
#include <memory>

namespace skbscope::ui {

class SourceModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(QString file READ file NOTIFY updated)
    Q_PROPERTY(QString message READ message NOTIFY updated)
    Q_PROPERTY(int currentLine READ currentLine NOTIFY updated)
    Q_PROPERTY(int framedLine READ framedLine NOTIFY updated)

public:
    enum Role { TextRole = Qt::DisplayRole, NumberRole = Qt::UserRole, MarkupRole, CurrentRole, FrameRole, CallRole };
    enum Frame { noFrame, preview, pinned };

    SourceModel(Selection *selection, LinkModel *link, const QString &sourceDirectory, QObject *parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] QString file() const { return function_ ? function_->file : QString(); }
    [[nodiscard]] QString message() const { return message_; }     // why nothing is shown
    [[nodiscard]] int currentLine() const { return currentLine_; } // index of the row, -1: none
    // The line that calls what is linked, or that begins the current function where that is linked; -1: none.
    [[nodiscard]] int framedLine() const { return lineOf(link_->frames().pinned.row); }
    // The call that a line makes, as a row of the document; -1: none that the trace shows.
    Q_INVOKABLE int callAt(int line) const;

signals:
    void updated();
    void functionChanged(); // the lines are another function's

private:
    void update();
    void show(const SourceFunction *next, int current);
    void findCalls();
    [[nodiscard]] int lineOf(quint32 row) const;
    [[nodiscard]] Frame frameOf(int line) const;
    Selection *selection_;
    LinkModel *link_;
    QString directory_;
    std::unique_ptr<SourceIndex> index_; // read at the first look
    const SourceFunction *function_ = nullptr;
    int shown_ = 0; // lines
    QString message_;
    int currentLine_ = -1;
    std::vector<std::pair<int, quint32>> calls_; // line and row, in the order of the calls
};

// One line as Qt's styled text: keywords bold, comments in another colour.
[[nodiscard]] QString highlightedLine(const QString &line, const QString &commentColor);

} // namespace skbscope::ui
