// SPDX-License-Identifier: GPL-2.0-or-later
// The two call trees as one list: a row a call of either side, indented, foldable. A folded row shows the worst mark
// inside it. Calls that are still to come start folded, so that a step reveals them. With a filter on, the list is what
// that leaves, and nothing folds.
#pragma once

#include "ui/models/filter_model.h"
#include "ui/models/visible_rows.h"

#include <QAbstractListModel>
#include <unordered_map>

namespace skbscope::ui {

// What a row shows. Made when it is drawn, not before.
struct CallCells {
    quint32 row = npos;
    QString model, kernel; // function names; empty where that side has no such call
    QString reason;        // stands in the empty cell, or explains a difference
    QString tip;           // the reason with its evidence
    char layer = ' ';
    std::optional<trace::RowMark> mark = {}; // the worst inside where the row is folded
    QString chip;                            // "data += 14", "11 calls"
    QString time;                            // the kernel's, in timeUnit()
    trace::Context context = trace::Context::process;
    bool here = false, later = false, folded = false, foldable = false, inferred = false;
};

class CallRowsModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TextRole = Qt::DisplayRole, RowRole = Qt::UserRole, DepthRole, MarkRole, FoldedRole, HereRole };

    // `filter` may be null; it must follow the selection before this does.
    explicit CallRowsModel(Selection *selection, FilterModel *filter = nullptr, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const TraceDocument *document() const { return selection_->document(); }
    [[nodiscard]] SideKind side() const { return selection_->side(); }    // the one that is looked at
    [[nodiscard]] const VisibleRows &visible() const { return visible_; } // document rows
    [[nodiscard]] bool isFiltered() const { return filter_ && filter_->isOn(); }
    // Calls that the filter folded away right before the row at `place` of visible(), or behind the last one.
    [[nodiscard]] quint32 hiddenBefore(std::size_t place) const { return filter_ ? filter_->hiddenBefore(place) : 0; }
    [[nodiscard]] quint32 currentRow() const;
    // Of a document row; its place in visible(), or that of the folded row it hides in.
    [[nodiscard]] std::size_t place(quint32 row) const;

    [[nodiscard]] bool isFolded(quint32 row) const;
    void setFolded(quint32 row, bool folded);
    void toggle(quint32 row) { setFolded(row, !isFolded(row)); }
    void foldAll(); // all but the callers of the current row
    void unfoldAll();

    [[nodiscard]] CallCells cells(quint32 row) const;
    // A question is open: nothing that comes after the current step is told.
    void setCurtain(bool drawn);
    [[nodiscard]] bool curtain() const { return curtain_; }
    [[nodiscard]] QString timeUnit() const; // "µs", or what the kernel's clock counts; empty without a kernel

signals:
    void updated();

private:
    void reset();
    void showOthers();
    void follow(); // the current row changed
    void open(quint32 row);
    void refresh(); // makes visible() what it should be, by removing and inserting
    [[nodiscard]] VisibleRows wanted() const;
    [[nodiscard]] QString textOf(quint32 row) const;
    void fillNames(CallCells &cells) const;
    void drawCurtain(CallCells &cells) const;

    Selection *selection_;
    FilterModel *filter_;
    VisibleRows visible_;
    bool grown_ = false; // visible() is of the document as it was
    enum All : quint8 { asStepped, allFolded, allUnfolded };
    All all_ = asStepped;                      // what the user set for all of them: as the current step has it
    std::unordered_map<quint32, bool> chosen_; // folds the user set
    bool curtain_ = false;
    quint32 marked_ = npos; // the row that was current when rows were last told to redraw
};

} // namespace skbscope::ui
