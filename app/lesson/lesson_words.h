// SPDX-License-Identifier: GPL-2.0-or-later
// A lesson's words in another language: NAME.it.yaml beside NAME.yaml (docs/lessons.md). It holds texts alone, so that
// places, commands and questions are the same in every language.
#pragma once

#include "app/scenario/error.h"
#include "ui/lesson.h"

#include <filesystem>
#include <tl/expected.hpp>

namespace skbscope::app {

[[nodiscard]] bool isLanguageCode(const std::string &word); // two small letters: "it"
// The name says that it holds the words of a lesson that lies beside it.
[[nodiscard]] bool isWordsOfOne(const std::filesystem::path &file);

// An error also where the words do not go with `lesson`: a part too few, another place, a question that is not asked.
[[nodiscard]] tl::expected<ui::LessonWords, ScenarioError>
parseLessonWords(const std::string &text, const std::string &file, const ui::Lesson &lesson);

// All that lie beside the lesson's file. Those that cannot be shown are there with their error.
void addLessonWords(ui::Lesson &lesson, const std::filesystem::path &file);

} // namespace skbscope::app
