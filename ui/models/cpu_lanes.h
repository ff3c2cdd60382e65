// SPDX-License-Identifier: GPL-2.0-or-later
// What runs on each CPU at a moment, and what handed the work over: raise, IPI, wake. Read from the records of contexts
// where there are some, else from the functions that do it.
#pragma once

#include "ui/models/trace_document.h"

namespace skbscope::ui {

// One CPU. Texts are empty where nothing of that context runs there.
struct CpuLane {
    quint8 cpu = 0;
    bool known = false;                // something was recorded there by now
    QString process, softirq, hardirq; // "sendto() of send", "NET_RX", "simnic_msix_rings"
    QString pending;                   // softirqs raised and not begun: "NET_RX"
    trace::Context top = trace::Context::idle;
};

struct HandOver {
    enum Kind : quint8 { raise, ipi, wake } kind = raise;
    quint32 event = npos;
    quint8 from = 0, to = 0; // CPUs
    QString words;           // "raises NET_RX", "IPI to CPU 1", "wakes recv"
    QString by;              // the function
};

class CpuLanes {
public:
    explicit CpuLanes(const DocumentSide &side);
    [[nodiscard]] const std::vector<quint8> &cpus() const { return cpus_; }
    [[nodiscard]] std::vector<CpuLane> at(quint32 event) const;
    // Those of [begin, event], oldest first; none there: the last one before.
    [[nodiscard]] std::vector<HandOver> handOvers(quint32 begin, quint32 event) const;

private:
    [[nodiscard]] CpuLane lane(quint8 cpu, quint32 event) const;
    [[nodiscard]] quint32 lastOf(quint8 cpu, quint32 event) const;
    [[nodiscard]] HandOver handOver(quint32 event, HandOver::Kind kind) const;
    void note(quint32 event);

    const DocumentSide *side_;
    std::vector<quint8> cpus_;
    static constexpr quint32 block = 256;                              // events
    std::array<std::vector<quint32>, 256> blocks_;                     // per CPU: those that hold events of it
    std::array<std::vector<std::pair<quint32, quint32>>, 256> raised_; // per CPU: event, mask of pending vectors
    std::vector<std::pair<quint32, HandOver::Kind>> hands_;            // event
};

} // namespace skbscope::ui
