// SPDX-License-Identifier: GPL-2.0-or-later
// Answers searches in one document: which rows a query means. What it needs is worked out when a query first asks for
// it (flows) and kept; of a trace that grows, only what is new. From then on a search is a walk over numbers. Words
// that no name has are looked for in texts, by a TextSearch of whoever asks.
#pragma once

#include "ui/models/search_query.h"
#include "ui/models/selection.h"

#include <QHash>

namespace skbscope::ui {

class SearchIndex : public QObject {
public:
    struct Found {
        std::vector<quint32> rows; // ascending
        QString kind;              // "call", "call with packet 3": what they are, in the singular
        bool isInTexts = false;    // no name has the words: they are to be looked for in the texts (text_search.h)
    };

    // Of the document that `selection` shows. Whoever asks when that changes must have been made after this.
    explicit SearchIndex(Selection *selection, QObject *parent = nullptr);

    [[nodiscard]] Found search(const SearchQuery &query);

private:
    void setDocument(const TraceDocument *document);
    void grow(const TraceDocument *before, const TraceDocument *now);
    struct Flow {
        FlowEnd from, to; // what is not known is empty
    };
    void indexFlows(SideKind kind);
    [[nodiscard]] Flow flowOf(const DocumentSide &side, trace::PacketId packet) const;

    template <typename Wanted> void addPackets(std::vector<quint32> &rows, const Wanted &wanted) const;
    [[nodiscard]] std::vector<quint32> named(const QString &text, bool whole) const;

    const TraceDocument *document_ = nullptr;
    // By side: the flow of each packet as it was when the packet had been seen up to that event.
    std::array<QHash<trace::PacketId, std::pair<quint32, Flow>>, 2> flows_;
};

} // namespace skbscope::ui
