// SPDX-License-Identifier: GPL-2.0-or-later
// Words for what events carry as numbers. Names are the kernel's own (6.1).
#pragma once

#include "trace/compare.h"
#include "trace/trace.h"

#include <QString>
#include <string_view>

namespace skbscope::ui {

[[nodiscard]] inline QString qs(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

[[nodiscard]] QString softirqName(unsigned vector);                          // 3: "NET_RX"
[[nodiscard]] QString packetTypeName(unsigned type);                         // 0: "HOST"
[[nodiscard]] QString checksumStateName(unsigned ipSummed);                  // 3: "PARTIAL"
[[nodiscard]] QString protocolName(unsigned etherType);                      // 0x0800: "IPv4"; empty for others
[[nodiscard]] QString icmpTypeWords(unsigned type);                          // 8: "echo request"; empty for others
[[nodiscard]] QString contextWords(trace::Context context, unsigned vector); // "softirq NET_RX"
[[nodiscard]] QString markWords(trace::RowMark mark);
// "__sys_sendto" -> "sendto()": the system call a task's stack begins with; empty for another function.
[[nodiscard]] QString systemCall(std::string_view function);
// "1,000": digits in groups, as the pictures write them.
[[nodiscard]] QString grouped(qint64 number);
[[nodiscard]] QString plural(qint64 count, const QString &one, const QString &many);

} // namespace skbscope::ui
