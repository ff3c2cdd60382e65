// SPDX-License-Identifier: GPL-2.0-or-later
// What Ctrl+F and the filter understand, as a user writes it:
//
//     ip_rcv    tcp_*    #3    packet 3    10.9.0.2:7000    :7000    10.9.0.1 > 10.9.0.2    a > b    any other words
//
// The ends of a flow are addresses (10.9.0 stands for its whole network), ports, or the hosts of the trace by name.
#pragma once

#include "trace/event.h"
#include "ui/models/condition.h"

namespace skbscope::ui {

// One end of a flow. What is empty may be anything.
struct FlowEnd {
    QString address, host, port;
    [[nodiscard]] bool isEmpty() const { return address.isEmpty() && host.isEmpty() && port.isEmpty(); }
    bool operator==(const FlowEnd &) const = default;
};

struct SearchQuery {
    enum Kind : quint8 {
        nothing,
        function, // by its whole name, `*` stands for anything
        packet,
        flow,
        words, // a part of a function's name; where no name has it, of what is told about a call
    };
    Kind kind = nothing;
    QString text; // function, words
    trace::PacketId packetId = trace::no_packet;
    FlowEnd from, to;
    bool directed = false; // from > to; else `from` is either end
    bool operator==(const SearchQuery &) const = default;
};

// An error says at which character, and what is allowed there.
[[nodiscard]] tl::expected<SearchQuery, ParseError> parseSearch(const QString &text);

} // namespace skbscope::ui
