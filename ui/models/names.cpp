// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/names.h"

#include "ui/models/phrase.h"

#include <array>

namespace skbscope::ui {

namespace {
// What trace/ calls them; said in the window's language below and in differences.cpp.
[[maybe_unused]] constexpr const char *namesOfTrace[] = {QT_TRANSLATE_NOOP("Marks", "match"),
                                                         QT_TRANSLATE_NOOP("Marks", "inlined"),
                                                         QT_TRANSLATE_NOOP("Marks", "kernel only"),
                                                         QT_TRANSLATE_NOOP("Marks", "model only"),
                                                         QT_TRANSLATE_NOOP("Marks", "order"),
                                                         QT_TRANSLATE_NOOP("Marks", "differs"),
                                                         QT_TRANSLATE_NOOP("Marks", "lost"),
                                                         QT_TRANSLATE_NOOP("Marks", "unexplained"),
                                                         QT_TRANSLATE_NOOP("Contexts", "process"),
                                                         QT_TRANSLATE_NOOP("Contexts", "softirq"),
                                                         QT_TRANSLATE_NOOP("Contexts", "hardirq"),
                                                         QT_TRANSLATE_NOOP("Contexts", "idle"),
                                                         QT_TRANSLATE_NOOP("Sides", "model"),
                                                         QT_TRANSLATE_NOOP("Sides", "kernel"),
                                                         QT_TRANSLATE_NOOP("Reasons", "inlined in this kernel"),
                                                         QT_TRANSLATE_NOOP("Reasons", "inlined at this call"),
                                                         QT_TRANSLATE_NOOP("Reasons", "not traceable here"),
                                                         QT_TRANSLATE_NOOP("Reasons", "outside the model"),
                                                         QT_TRANSLATE_NOOP("Reasons", "configuration"),
                                                         QT_TRANSLATE_NOOP("Reasons", "lost"),
                                                         QT_TRANSLATE_NOOP("Reasons", "random by design"),
                                                         QT_TRANSLATE_NOOP("Reasons", "outside the scope"),
                                                         QT_TRANSLATE_NOOP("Reasons", "time differs"),
                                                         QT_TRANSLATE_NOOP("Reasons", "not written yet")};

constexpr std::array softirqs = {"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                 "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};

// PACKET_HOST ... of include/uapi/linux/if_packet.h
constexpr std::array packetTypes = {"HOST",     "BROADCAST", "MULTICAST", "OTHERHOST",
                                    "OUTGOING", "LOOPBACK",  "USER",      "KERNEL"};
// CHECKSUM_NONE ... of include/linux/skbuff.h
constexpr std::array checksums = {"NONE", "UNNECESSARY", "COMPLETE", "PARTIAL"};

template <class Table> QString entry(const Table &table, std::size_t index, const QString &otherwise) {
    return index < table.size() ? QString::fromLatin1(table[index]) : otherwise;
}
} // namespace

QString softirqName(unsigned vector) {
    return entry(softirqs, vector, phrase("Names", "vector %1").arg(vector));
}

QString packetTypeName(unsigned type) {
    return entry(packetTypes, type, QString::number(type));
}
QString checksumStateName(unsigned ipSummed) {
    return entry(checksums, ipSummed, QString::number(ipSummed));
}

QString protocolName(unsigned etherType) {
    switch (etherType) {
    case 0x0800:
        return QStringLiteral("IPv4");
    case 0x0806:
        return QStringLiteral("ARP");
    case 0x86dd:
        return QStringLiteral("IPv6");
    default:
        return {};
    }
}

QString icmpTypeWords(unsigned type) {
    switch (type) { // Linux 6.1: include/uapi/linux/icmp.h
    case 0:
        return phrase("Decode", "echo reply");
    case 3:
        return phrase("Decode", "destination unreachable");
    case 5:
        return phrase("Decode", "redirect");
    case 8:
        return phrase("Decode", "echo request");
    case 11:
        return phrase("Decode", "time exceeded");
    default:
        return {};
    }
}

QString contextWords(trace::Context context, unsigned vector) {
    const QString name = phrase("Contexts", trace::context_name(context));
    if (context != trace::Context::softirq || vector >= softirqs.size()) return name;
    return name + QLatin1Char(' ') + softirqName(vector);
}

QString markWords(trace::RowMark mark) {
    return phrase("Marks", trace::mark_name(mark));
}

QString systemCall(std::string_view function) {
    for (const std::string_view prefix : {"__sys_", "__x64_sys_", "__do_sys_"})
        if (function.starts_with(prefix)) return qs(function.substr(prefix.size())) + QStringLiteral("()");
    return {};
}

QString grouped(qint64 number) {
    QString digits = QString::number(qAbs(number));
    const QString separator = phrase("Names", ",", "between groups of three digits");
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, separator);
    return number < 0 ? QChar(0x2212) + digits : digits;
}

QString plural(qint64 count, const QString &one, const QString &many) {
    return grouped(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

} // namespace skbscope::ui
