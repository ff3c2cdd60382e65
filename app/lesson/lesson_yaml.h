// SPDX-License-Identifier: GPL-2.0-or-later
// What lessons and their words in other languages are both read with. Internal to app/lesson/.
#pragma once

#include "app/lesson/lesson_file.h"
#include "app/scenario/value.h"

#include <functional>

namespace skbscope::app {

[[nodiscard]] std::string textOf(const Fields &f, const char *key); // empty: it is not there
void checkMarkup(const Value &v);                                   // fails for a ` or a ** that is not closed

[[nodiscard]] tl::unexpected<ScenarioError> wholeFile(const std::string &file, std::string what, std::string todo);
// Runs `compile` on the parsed file; what it or the parser finds wrong is the error.
[[nodiscard]] std::optional<ScenarioError> readYaml(const std::string &text, const std::string &file,
                                                    const std::function<void(const Value &root)> &compile);
[[nodiscard]] tl::expected<std::string, ScenarioError> readLessonText(const std::filesystem::path &path);

} // namespace skbscope::app
