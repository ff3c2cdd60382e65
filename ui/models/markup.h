// SPDX-License-Identifier: GPL-2.0-or-later
// Sentences carry two kinds of emphasis and nothing else: `code` and **what changed**. Models write this, views turn it
// into rich text, screen readers get it plain.
#pragma once

#include <QString>

namespace skbscope::ui {

[[nodiscard]] QString richText(const QString &markup, const QString &monoFamily, const QString &codeStyle = {});
[[nodiscard]] QString plainText(const QString &markup);
[[nodiscard]] QString code(const QString &name); // `name`
[[nodiscard]] QString bold(const QString &text); // **text**

} // namespace skbscope::ui
