// SPDX-License-Identifier: GPL-2.0-or-later
// What happened to each packet besides its bytes: the queues it was in, the socket it is charged to, its relatives.
// Relatives are collected the first time somebody asks; the rest is read from the packet's own records.
#pragma once

#include "trace/trace.h"

#include <QString>
#include <QtGlobal>
#include <unordered_map>
#include <vector>

namespace skbscope::ui {

struct DocumentSide;

// Who holds a packet at an instant, and whose memory it is charged to.
struct Owner {
    enum Kind : quint8 { code, queue, otherPacket, nobody };
    Kind kind = code;
    QString words;     // "b backlog, 1 of 1,000", "ip_rcv is working on it", "nobody: it was freed"
    QString charged;   // "socket 10.9.0.1:5000"; empty: no socket pays, or none was recorded
    quint32 since = 0; // event
    bool operator==(const Owner &) const = default;
};

// A packet that is part of another one: of its frag_list, or merged into it.
struct Relative {
    quint32 event = 0; // that says so
    trace::PacketId packet = trace::no_packet;
    quint8 kind = 0; // SKBSCOPE_EV_FRAGMENT_OF, REASSEMBLED_FROM, MERGED_INTO
};

class PacketLog {
public:
    explicit PacketLog(const DocumentSide &side); // must outlive it

    // `seen`: the last event that showed the packet, npos if there is none.
    [[nodiscard]] Owner ownerAt(trace::PacketId packet, quint32 event, quint32 seen) const;
    // Those that a record, earlier or later, names as part of `packet`; ascending by event.
    [[nodiscard]] const std::vector<Relative> &relatives(trace::PacketId packet) const;

private:
    struct Past {
        std::vector<quint32> holds;   // enqueue, dequeue, merge, free
        std::vector<quint32> charges; // EXT_SOCKET, and the calls that end a charge
    };
    [[nodiscard]] Past pastOf(trace::PacketId packet) const;
    [[nodiscard]] QString chargedAt(const Past &past, quint32 event) const;

    const DocumentSide *side_;
    std::unordered_map<trace::PacketId, std::vector<Relative>> relatives_;
};

} // namespace skbscope::ui
