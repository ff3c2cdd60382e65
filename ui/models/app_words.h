// SPDX-License-Identifier: GPL-2.0-or-later
// Lines that are made outside ui/ (runs, devices, changes of a setting, reasons) in the window's language. Their makers
// write English, which the terminal shows as it is; app_words_list.cpp holds what they write, %1 for each name or
// value.
#pragma once

#include <QString>
#include <string_view>

namespace skbscope::ui {

// A line that the list does not hold is taken apart at "; " and behind ": ", and what is known of it is translated; the
// rest (a library's or a kernel's own words) stays as it is.
[[nodiscard]] QString appWords(const QString &line);
[[nodiscard]] QString appWords(std::string_view line); // UTF-8

} // namespace skbscope::ui
