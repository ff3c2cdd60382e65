// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of an sk_buff that a trace tells, by the names of struct sk_buff (Linux 6.1: include/linux/skbuff.h). All
// offsets count bytes from head. What a breakpoint, a watch and "who changed this last" can be asked about.
#pragma once

#include "trace/trace.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <span>

namespace skbscope::ui {

struct SkbField {
    const char *name;    // "len"
    const char *meaning; // "bytes from data on, fragments included"
};
using SkbFieldId = std::size_t; // index into skbFields()

[[nodiscard]] std::span<const SkbField> skbFields();
[[nodiscard]] QString skbFieldName(SkbFieldId field);
[[nodiscard]] std::optional<SkbFieldId> skbFieldNamed(const QString &name);

// What the trace knows of one sk_buff's struct at an instant.
struct SkbView {
    trace::Snapshot skb{};
    quint16 device = 0; // index into the side's devices
};
[[nodiscard]] qint64 skbFieldValue(SkbFieldId field, const SkbView &view);
// As the sk_buff pane writes it: "40", "0x0800", "HOST", "vb", "unset".
[[nodiscard]] QString skbFieldText(SkbFieldId field, qint64 value, const trace::Side &side);
// "PARTIAL" of ip_summed -> 3, "0x0800", "54"; nothing where the word is no value of that field. A device's name has a
// number on each side only: nothing either, see isDeviceField().
[[nodiscard]] std::optional<qint64> skbFieldParse(SkbFieldId field, const QString &word);
[[nodiscard]] QStringList skbFieldWords(SkbFieldId field); // the names its values have; empty: numbers alone
[[nodiscard]] bool isDeviceField(SkbFieldId field);

} // namespace skbscope::ui
