// SPDX-License-Identifier: GPL-2.0-or-later
// What is pointed at, as each pane can show it: the call that made it so, its bytes, its field of the sk_buff, the
// station that holds it. And who changed it last.
#pragma once

#include "ui/models/field_history.h"
#include "ui/models/journey.h"
#include "ui/models/moment.h"
#include "ui/models/selection.h"

#include <memory>

namespace skbscope::ui {

struct LinkFacets {
    quint32 row = npos;              // tree, timeline, source, card
    ByteRange range = {};            // memory map, bytes, headers
    QString field = {};              // of the sk_buff
    Station station = Station::none; // map
    bool queue = false;              // the station's queue, not the station
    [[nodiscard]] bool any() const {
        return row != npos || range.length > 0 || !field.isEmpty() || station != Station::none;
    }
    bool operator==(const LinkFacets &) const = default;
};
// What is framed in every pane: what is pinned strongly, what is hovered lightly.
struct LinkFrames {
    LinkFacets pinned = {}, preview = {};
};

struct LastChange {
    quint32 event = npos, step = 0, row = npos;
    QString sentence; // markup
};

class LinkModel : public QObject {
    Q_OBJECT

public:
    explicit LinkModel(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] const LinkFrames &frames() const { return frames_; }
    // The change of `link` that made it what it is now; where that is this very step, the one before. Nothing, and
    // `why` says why, where there is none.
    [[nodiscard]] std::optional<LastChange> lastChange(const Linked &link, QString *why);
    [[nodiscard]] FieldHistory *history(SideKind side);    // null without the side
    [[nodiscard]] QString words(const Linked &link) const; // "len", "IPv4.checksum", "bytes 16 to 36"

signals:
    void updated();

private:
    struct Change { // of anything
        quint32 event = npos;
        QString from, to; // empty: not known
        bool first = false;
    };
    void update();
    void forget();
    [[nodiscard]] const Journey &journey(const Moment &m);
    [[nodiscard]] bool isSending(const Moment &m, quint32 event); // the packet is on its way down
    [[nodiscard]] LinkFacets facets(const Linked &link);
    void addCall(LinkFacets &out, const Moment &m, quint32 row);
    void addRow(LinkFacets &out, const Moment &m, const std::optional<Change> &change) const;
    [[nodiscard]] std::optional<Change> changeBefore(const Moment &m, const Linked &link, quint32 event);
    [[nodiscard]] std::optional<Change> bytesBefore(const Moment &m, const ByteRange &range, quint32 event) const;
    [[nodiscard]] std::optional<Change> queueBefore(const Moment &m, int station, quint32 event) const;
    [[nodiscard]] QString sentence(const Moment &m, const Linked &link, const Change &change, quint32 row) const;

    Selection *selection_;
    std::array<std::unique_ptr<FieldHistory>, 2> histories_;
    std::unordered_map<quint64, Journey> journeys_; // side and packet
    LinkFrames frames_;
};

// Bytes that a field of the sk_buff stands for: [data, tail) of len, a header's of its offset. Length 0: none.
[[nodiscard]] ByteRange rangeOfField(const QString &field, const trace::PacketState &packet);
// The station on `now`'s way of a header or the payload.
[[nodiscard]] Station stationOfRange(const ByteRange &range, const trace::PacketState &packet, bool sending);

} // namespace skbscope::ui
