// SPDX-License-Identifier: GPL-2.0-or-later
// Where packets wait: in which queue each one lies at any moment of one side. Queues that a record speaks of come from
// the record. Those that no record speaks of (GRO's buckets, the list of packets that GRO is done with, a driver's
// ring, a poll list) are inferred from what the functions were called with and returned, and say so. One walk over the
// events; a look-up from then on.
#pragma once

#include "ui/models/trace_document.h"

#include <optional>
#include <unordered_map>

namespace skbscope::ui {

// Where a queue stands among the layers, from the top.
enum class MapRow : quint8 { socket, transport, network, link, queue, device };
inline constexpr int mapRows = 6;
[[nodiscard]] QString mapRowName(MapRow row); // "IP"
[[nodiscard]] char mapRowLetter(MapRow row);

struct WaitingPlace {
    QString name; // "sk_receive_queue", "gro_hash", "poll_list"
    MapRow row = MapRow::queue;
    bool inferred = false;    // no record tells of it
    bool perCpu = false;      // one on each CPU
    bool instances = false;   // holds NAPI instances, not packets
    quint32 recorded = 0;     // the side's queue number; 0: inferred
    quint8 host = 0, cpu = 0; // of who put something there first
    quint16 device = 0;
};

class Holdings {
public:
    explicit Holdings(const DocumentSide &side);

    [[nodiscard]] const std::vector<WaitingPlace> &places() const { return places_; }
    // Index of the place where `packet` waits after `event`; npos: in none.
    [[nodiscard]] quint32 placeOf(trace::PacketId packet, quint32 event) const;
    // How many are in `place` after `event`, where a record or a poll list's account tells; else nothing.
    [[nodiscard]] std::optional<quint32> lengthAt(quint32 place, quint32 event) const;

private:
    struct Stay {
        quint32 event, place; // from here on there; npos: in none
    };
    class Walk;

    std::vector<WaitingPlace> places_;
    std::unordered_map<trace::PacketId, std::vector<Stay>> stays_;
    std::unordered_map<quint32, std::vector<std::pair<quint32, quint32>>> lengths_; // place -> event, length
};

} // namespace skbscope::ui
