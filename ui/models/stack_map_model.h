// SPDX-License-Identifier: GPL-2.0-or-later
// Which layer has the packet, and who runs it: the sender's stations down the left, the receiver's up the right, what
// each one did, in which context, and how long the queues are.
#pragma once

#include "ui/models/decode.h"
#include "ui/models/journey.h"
#include "ui/models/moment.h"
#include "ui/models/pane_model.h"

#include <QStringList>
#include <unordered_map>

namespace skbscope::ui {

struct MapQueue {
    bool known = false; // the trace tells its length
    quint32 length = 0, limit = 0;
    bool justLeft = false; // a packet was taken from it in this step or the ones since
    QString capacity;      // "of 1,000"
};

struct MapBox {
    Station station = Station::none;
    QString title, function; // "IP", "ip_rcv_core"
    QString note;            // "noqueue: nothing to wait in"
    bool reached = false, here = false, bypassed = false;
    std::optional<MapQueue> queue = {};
    trace::Context context = trace::Context::process;
    quint8 vector = 0xff, cpu = 0;
    QString stack;    // the system call on whose stack it ran: "sendto()"
    quint32 step = 0; // the first step there, to jump to
};

struct StackMap {
    QString leftHost, rightHost, leftText, rightText;
    QStringList origin;            // of a packet that nobody sent on this way: where it comes from, markup, a line each
    std::vector<MapBox> boxes;     // only stations of this hop, sender first
    Station token = Station::none; // where the packet is; none: it does not exist at this step
    bool dropped = false;          // ... and was given up there
    quint32 tokenLength = 0;
    std::vector<Header> tokenHeaders; // those still in the packet
    std::vector<Station> trail;       // stations of this hop the packet was at, in order, the present one last
    std::vector<Station> ahead;       // those still to come
    quint32 networkLength = 0, wireLength = 0, payloadLength = 0; // 0: not known yet
    QString link;                                                 // "veth pair", "loopback"
    bool handOver = false;                                        // the softirq side was reached
    QString handOverText;                                         // "softirq runs|in sendto()"
    [[nodiscard]] const MapBox *box(Station station) const;
};

class StackMapModel : public PaneModel {
    Q_OBJECT

public:
    explicit StackMapModel(Selection *selection, QObject *parent = nullptr);
    [[nodiscard]] const StackMap &map() const { return map_; }
    [[nodiscard]] const StackMap &before() const { return before_; }
    void setCurtain(bool drawn); // a question is open: the way ahead is not told

private:
    void update();
    void forget();
    [[nodiscard]] const Journey &journey(const Moment &moment);

    Selection *selection_;
    bool curtain_ = false;
    StackMap map_, before_;
    std::unordered_map<quint64, Journey> journeys_; // side and packet
};

[[nodiscard]] StackMap stackMapAt(const TraceDocument &document, quint32 step, const Moment &moment,
                                  const Journey &journey);

} // namespace skbscope::ui
