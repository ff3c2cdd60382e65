// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_select.h"

#include <algorithm>
#include <fnmatch.h>

namespace skbscope::app {

namespace {
constexpr std::size_t recentMax = 100'000; // a watch may last for days; packets do not
} // namespace

bool LiveSelect::named(const trace::Side &side, trace::FunctionId fn) {
    if (only_.empty()) return true;
    if (fn == trace::no_function) return false;
    const auto [known, isNewName] = named_.try_emplace(fn, false);
    if (!isNewName) return known->second;
    const std::string name(side.function_name(fn));
    known->second = std::ranges::any_of(
        only_, [&name](const std::string &pattern) { return fnmatch(pattern.c_str(), name.c_str(), 0) == 0; });
    return known->second;
}

bool LiveSelect::isNew(trace::PacketId packet) {
    if (packet == trace::no_packet || recent_.contains(packet)) return false;
    if (full()) return true;
    recent_.insert(packet);
    if (recent_.size() > recentMax) recent_.erase(recent_.begin());
    ++packets_;
    return false;
}

std::vector<trace::Event> LiveSelect::take(const trace::Side &side, std::span<const trace::Event> events) {
    std::vector<trace::Event> out;
    for (const trace::Event &e : events) {
        if (!trace::is_extension(e)) {
            const bool loss = e.kind == SKBSCOPE_EV_LOSS;
            taking_ = loss || (!over_ && named(side, e.fn));
            if (taking_ && !loss && isNew(e.packet)) {
                over_ = true;
                taking_ = false;
            }
        }
        std::uint32_t &left = leftOut_[e.cpu];
        if (!taking_) {
            ++left;
            continue;
        }
        out.push_back(e);
        out.back().seq -= left; // a hole in the numbers would be a loss
    }
    return out;
}

} // namespace skbscope::app
