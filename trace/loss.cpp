// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/loss.h"

#include <iterator>

namespace skbscope::trace {

std::string loss_reason_name(std::uint32_t reason) {
    // By enum skbscope_loss_reason.
    constexpr const char *names[] = {"",
                                     "ring full",
                                     "a probe ran already on this CPU",
                                     "hole in the sequence",
                                     "a call without its end, or an end without its call",
                                     "the stream was cut",
                                     "a kprobe was missed",
                                     "the table of followed packets was full"};
    const bool known = reason > 0 && reason < std::size(names);
    return known ? names[reason] : "reason " + std::to_string(reason);
}

std::string loss_text(const Event &event) {
    if (event.kind != SKBSCOPE_EV_LOSS) return "events are missing here: hole in the sequence";
    const std::uint64_t lost = event.loss.lost;
    const std::string what = lost == 0   ? std::string("events are missing here")
                             : lost == 1 ? std::string("1 event lost here")
                                         : std::to_string(lost) + " events lost here";
    return event.loss.reason == 0 ? what : what + ": " + loss_reason_name(event.loss.reason);
}

} // namespace skbscope::trace
