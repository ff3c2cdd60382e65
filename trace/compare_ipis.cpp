// SPDX-License-Identifier: GPL-2.0-or-later
// Interrupts between CPUs that one side sent and the other did not need. Two CPUs work at once, and which is sooner is
// not the same in two runs: four packets for another CPU take four interrupts when it is done with each before the next
// comes, and fewer when it is not.
#include "trace/compared.h"
#include "trace/renames.h"

#include <algorithm>
#include <array>
#include <map>

namespace skbscope::trace {

namespace {

std::uint32_t sent(const Side &side) {
    return static_cast<std::uint32_t>(std::ranges::count_if(side.events, [&](const Event &e) {
        return is_enter(e) && catalogue_name(side.function_name(e.fn)) == "net_rps_send_ipi";
    }));
}

// What runs for one such interrupt on the CPU that sends it, and on the one that takes it.
bool belongs_to_an_ipi(std::string_view name) {
    static constexpr std::array chain = {
        "do_softirq",       "__do_softirq", "handle_softirqs", "net_rx_action",       "net_rps_action_and_irq_enable",
        "net_rps_send_ipi", "__napi_poll",  "process_backlog", "rps_trigger_softirq",
    };
    return std::ranges::find(chain, name) != chain.end();
}

bool raised_by_queueing(const Compared &side, std::uint32_t call) {
    if (catalogue_name(side.name(call)) != "__raise_softirq_irqoff") return false;
    for (std::uint32_t in = side.tree.calls[call].parent; in != npos; in = side.tree.calls[in].parent)
        if (catalogue_name(side.name(in)) == "enqueue_to_backlog") return true;
    return false;
}

} // namespace

// In the comparison of one task, as many calls of a name as one side sent interrupts more than the other; no more. A
// side that sends none at all has another reason.
RowReasons ipi_rows(const std::vector<Row> &rows, const Compared &left, const Compared &right) {
    RowReasons out;
    if (left.of_tick.empty() && right.of_tick.empty()) return out;
    const std::uint32_t l = sent(left.side), r = sent(right.side);
    if (l == 0 || r == 0 || l == r) return out;
    const Compared &side = l > r ? left : right;
    const Reason reason{ReasonCode::time_differs, "of an interrupt to a CPU that the other side still found at work",
                        "net/core/dev.c: enqueue_to_backlog() schedules a backlog that is not scheduled yet; sent: " +
                            std::to_string(l) + " | " + std::to_string(r)};
    std::map<std::string_view, std::uint32_t> left_over;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t call = l > r ? rows[i].left : rows[i].right;
        if (call == npos || (l > r ? rows[i].right : rows[i].left) != npos) continue;
        if (!side.of_tick.empty() && side.of_tick[call]) continue;
        const std::string_view name = catalogue_name(side.name(call));
        if (!belongs_to_an_ipi(name) && !raised_by_queueing(side, call)) continue;
        std::uint32_t &n = left_over.try_emplace(name, std::max(l, r) - std::min(l, r)).first->second;
        if (n == 0) continue;
        out.emplace(i, reason);
        --n;
    }
    return out;
}

} // namespace skbscope::trace
