// SPDX-License-Identifier: GPL-2.0-or-later
// The list of differences: a head for each reason, its differences below it, filtered by text, by mark, or to those
// nobody explained. Nothing is collected before the list opens, and all of it is let go when it closes.
#pragma once

#include "ui/models/differences.h"
#include "ui/models/selection.h"

#include <QAbstractListModel>
#include <QVariantList>
#include <array>

namespace skbscope::ui {

class DifferencesModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(bool open READ isOpen WRITE setOpen NOTIFY updated)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY updated)
    Q_PROPERTY(bool unexplainedOnly READ unexplainedOnly WRITE setUnexplainedOnly NOTIFY updated)
    Q_PROPERTY(QVariantList kinds READ kinds NOTIFY updated)  // {mark, words, count, on}, by severity
    Q_PROPERTY(QString headline READ headline NOTIFY updated) // markup: fidelity, as the terminal's summary has it
    Q_PROPERTY(QString found READ found NOTIFY updated)       // "12 of 96 differences"
    Q_PROPERTY(QString nothing READ nothing NOTIFY updated)   // why the list is empty
    Q_PROPERTY(int unexplained READ unexplained NOTIFY updated)

public:
    enum Role {
        TextRole = Qt::DisplayRole, // all of it, for a screen reader
        HeadRole = Qt::UserRole,
        TitleRole, // of a head: the reason; else the function
        CountRole, // of a head: "3 calls, 1 field"
        FoldedRole,
        MarkRole,
        MarkWordsRole,
        LayerRole,
        SentenceRole,
        EvidenceRole,
        PlaceRole,
        HereRole, // the current step is of this call
    };

    explicit DifferencesModel(Selection *selection, QObject *parent = nullptr);

    [[nodiscard]] bool isOpen() const { return open_; }
    void setOpen(bool open);
    [[nodiscard]] const QString &query() const { return query_; }
    void setQuery(const QString &query); // words; each must stand somewhere in what is shown of a difference
    [[nodiscard]] bool unexplainedOnly() const { return unexplainedOnly_; }
    void setUnexplainedOnly(bool only);
    Q_INVOKABLE void toggleKind(int mark); // shows or hides a trace::RowMark
    Q_INVOKABLE void toggleFold(int line); // of the head at or above `line`
    [[nodiscard]] QVariantList kinds() const;
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString found() const;
    [[nodiscard]] QString nothing() const;
    [[nodiscard]] int unexplained() const; // of the whole comparison

    // A head folds or unfolds; a difference becomes the current step of every pane.
    Q_INVOKABLE void choose(int line);
    // Where the current step is, or the difference that comes next after it; 0: neither.
    Q_INVOKABLE int currentLine() const;
    Q_INVOKABLE int headOf(int line) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void updated();

private:
    static constexpr std::size_t marks = std::size_t(trace::RowMark::unexplained) + 1;
    struct Group {
        DifferenceGroup of;
        std::vector<Difference> shown; // that pass the filter
        bool folded = false;
    };
    struct Line {
        quint32 group = 0, entry = npos; // npos: the head
    };
    void collect();
    void filter();
    void layOut();
    void follow();
    [[nodiscard]] bool passes(trace::ReasonCode code, const Difference &difference, const QStringList &words) const;
    [[nodiscard]] QString countWords(const Group &group) const;
    [[nodiscard]] QVariant headData(const Group &group, int role) const;
    [[nodiscard]] QVariant entryData(const Difference &difference, int role) const;
    [[nodiscard]] quint32 currentRow() const;

    Selection *selection_;
    std::vector<Group> groups_;
    std::vector<Line> lines_;
    std::array<quint32, marks> counts_{};
    std::array<bool, marks> hidden_{};
    QString query_;
    bool open_ = false, unexplainedOnly_ = false;
};

} // namespace skbscope::ui
