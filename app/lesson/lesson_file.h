// SPDX-License-Identifier: GPL-2.0-or-later
// Lesson files (docs/lessons.md). What is wrong with one is told by file, line and key.
#pragma once

#include "app/scenario/error.h"
#include "ui/lesson.h"

#include <filesystem>
#include <tl/expected.hpp>
#include <vector>

namespace skbscope::app {

[[nodiscard]] tl::expected<ui::Lesson, ScenarioError> parseLesson(const std::string &text, const std::string &file);
[[nodiscard]] tl::expected<ui::Lesson, ScenarioError> loadLesson(const std::filesystem::path &path);

// Every *.yaml of a folder, in the order of `order.txt` there, the others after them by name. One that cannot be read
// is in the list with its error. No folder: none.
[[nodiscard]] std::vector<ui::Lesson> lessonsIn(const std::filesystem::path &folder);

} // namespace skbscope::app
