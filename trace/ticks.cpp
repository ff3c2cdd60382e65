// SPDX-License-Identifier: GPL-2.0-or-later
// What timer ticks bring into a tree. With the host's clock they fall anywhere, in the midst of other calls too.
#include "trace/compare_tasks.h"
#include "trace/renames.h"

namespace skbscope::trace {

namespace {

class Ticks {
public:
    Ticks(const Side &side, const CallTree &tree) : side_(side), tree_(tree), found_(tree.calls.size()) {}

    std::vector<bool> run() {
        for (auto i = static_cast<std::uint32_t>(tree_.calls.size()); i-- > 0;) // what is inside comes first
            found_[i] = is_of_tick(i);
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string_view name(std::uint32_t call) const {
        return catalogue_name(side_.function_name(tree_.calls[call].fn));
    }

    [[nodiscard]] bool is_of_tick(std::uint32_t i) const {
        const std::string_view n = name(i);
        if (n == "__raise_softirq_irqoff") return came_by_interrupt(i);
        if (n == "ksoftirqd_should_run" || n == "run_ksoftirqd") return true; // what it serves counts
        if (n == "net_rps_action_and_irq_enable") return ends_early(i);
        return (n == "__do_softirq" || n == "handle_softirqs") && nothing_else_inside(i);
    }

    // Outermost, or inside a function whose machine code cannot make this call: an interrupt hit it.
    [[nodiscard]] bool came_by_interrupt(std::uint32_t i) const {
        std::uint32_t in = tree_.calls[i].parent;
        while (in != npos && !is_kept(side_.function(tree_.calls[in].fn)))
            in = tree_.calls[in].parent;
        if (in == npos) return true;
        return side_.info.kind == SideKind::kernel && Catalogue::builtin().inlined_at(name(in), name(i)) == true;
    }

    // With no IPI to send, net_rx_action() calls it only when it stops before its list is empty. One packet's weight
    // was not used up, so it was its time: two ticks came.
    [[nodiscard]] bool ends_early(std::uint32_t i) const {
        constexpr unsigned weight = 64;
        const Call &c = tree_.calls[i];
        if (side_.info.kind != SideKind::kernel || c.parent == npos || c.end != i + 1) return false;
        if (name(c.parent) != "net_rx_action") return false;
        unsigned packets = 0;
        for (std::uint32_t inside = c.parent + 1; inside < i; ++inside)
            if (name(inside) == "__netif_receive_skb_core" || name(inside) == "napi_gro_receive") ++packets;
        return packets < weight;
    }

    [[nodiscard]] bool nothing_else_inside(std::uint32_t i) const {
        for (std::uint32_t inside = i + 1; inside < tree_.calls[i].end; ++inside)
            if (!found_[inside] && is_kept(side_.function(tree_.calls[inside].fn))) return false;
        return true;
    }

    const Side &side_;
    const CallTree &tree_;
    std::vector<bool> found_; // by call
};

} // namespace

std::vector<bool> calls_of_ticks(const Side &side, const CallTree &tree) {
    return Ticks(side, tree).run();
}

} // namespace skbscope::trace
