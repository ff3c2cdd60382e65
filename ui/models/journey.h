// SPDX-License-Identifier: GPL-2.0-or-later
// The way of one packet through the layers of one side: which station it visited when, in which context. Read from the
// functions that ran with the packet in hand; stations nobody visited are not on it.
#pragma once

#include "ui/models/trace_document.h"

#include <unordered_map>

namespace skbscope::ui {

enum class Station : quint8 {
    // sender, from the top
    txSocket,
    txTransport,
    txNetwork,
    txLink,
    txQueue,
    txDevice,
    // receiver, from the bottom
    rxDevice,
    rxBacklog,
    rxSoftirq,
    rxLink,
    rxNetwork,
    rxTransport,
    rxSocket,
    none,
};
inline constexpr std::size_t stationCount = static_cast<std::size_t>(Station::none);
[[nodiscard]] constexpr bool isSender(Station s) {
    return s <= Station::txDevice;
}
[[nodiscard]] char stationLetter(Station station);
[[nodiscard]] QString stationName(Station station); // "IP, sender"
// The queue of that name is the one behind a station.
[[nodiscard]] bool queueBehind(Station station, const QString &queue);

// One stay of the packet at a station.
struct Visit {
    Station station = Station::none;
    quint32 event = npos; // the first one there
    quint32 where = npos; // the first one of the packet's own: its host and device are not the task's
    quint32 call = npos;  // that came here first
    quint32 last = npos;  // that was here last
    quint32 hop = 0;      // 0: from the first sender; each way down begins another
    quint32 length = 0;   // len of the sk_buff at that moment, 0 before it exists
    bool held = false;    // the packet exists and is here; false: the code is on its way to make it
};

struct Journey {
    trace::PacketId packet = trace::no_packet;
    std::vector<Visit> visits; // in order of events
    // Index of the last visit that began by `event`; -1: none.
    [[nodiscard]] int at(quint32 event) const;
};

[[nodiscard]] Journey journeyOf(const DocumentSide &side, trace::PacketId packet);
// Where a call belongs, given which way the packet goes: by the layer of its function or of its nearest caller that has
// one.
[[nodiscard]] Station stationOf(const DocumentSide &side, quint32 call, bool sending);
[[nodiscard]] Station ownStation(const DocumentSide &side, quint32 call, bool sending); // none where it has none itself
// The function turns a packet that went down into one that comes up.
[[nodiscard]] bool startsReceiving(const QString &function);

} // namespace skbscope::ui
