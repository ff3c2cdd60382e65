// SPDX-License-Identifier: GPL-2.0-or-later
// Answers searches in one document: which rows a query means. What it needs is worked out when a query first asks for
// it (names, flows, texts) and kept; of a trace that grows, only what is new. From then on a search is a walk over
// numbers.
#pragma once

#include "ui/models/search_query.h"
#include "ui/models/selection.h"

#include <QHash>
#include <QStringList>

namespace skbscope::ui {

class SearchIndex : public QObject {
public:
    struct Found {
        std::vector<quint32> rows; // ascending
        QString kind;              // "call", "call with packet 3": what they are, in the singular
    };

    // Of the document that `selection` shows. Whoever asks when that changes must have been made after this.
    explicit SearchIndex(Selection *selection, QObject *parent = nullptr);

    [[nodiscard]] Found search(const SearchQuery &query);

private:
    void setDocument(const TraceDocument *document);
    void forgetRows();
    void grow(const TraceDocument *before, const TraceDocument *now);
    struct Flow {
        FlowEnd from, to; // what is not known is empty
    };
    void indexFlows(SideKind kind);
    void indexTexts();
    void textsOf(quint32 row);
    [[nodiscard]] quint32 piece(const QString &text);
    [[nodiscard]] Flow flowOf(const DocumentSide &side, trace::PacketId packet) const;

    template <typename Wanted> void addPackets(std::vector<quint32> &rows, const Wanted &wanted) const;
    [[nodiscard]] std::vector<quint32> named(const QString &text, bool whole) const;
    [[nodiscard]] std::vector<quint32> told(const QString &text);

    const TraceDocument *document_ = nullptr;
    // By side: the flow of each packet as it was when the packet had been seen up to that event.
    std::array<QHash<trace::PacketId, std::pair<quint32, Flow>>, 2> flows_;
    // What is told about calls says the same again and again: each piece is kept once, in lower case.
    QHash<QString, quint32> pieceIds_;
    std::vector<QString> pieces_;
    std::array<std::vector<std::array<quint32, 2>>, 2> piecesOfEvent_; // npos: not made yet
    std::vector<quint32> textBegin_, textPieces_;                      // of row r: [textBegin_[r], textBegin_[r + 1])
};

} // namespace skbscope::ui
