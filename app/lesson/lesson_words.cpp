// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lesson/lesson_words.h"

#include "app/lesson/lesson_yaml.h"

#include <algorithm>

namespace skbscope::app {

namespace {
namespace fs = std::filesystem;

// A text that stands in the words exactly where the lesson has one.
std::string matching(const Fields &f, const char *key, const std::string &lessons) {
    const std::optional<Value> v = f.find({key});
    if (v && lessons.empty()) v->fail("is not in the lesson", "take it out");
    if (!v && !lessons.empty()) f.fail(key, "is missing: the lesson has one", "translate it");
    if (v) checkMarkup(*v);
    return v ? v->text() : std::string();
}

ui::LessonPartWords partOf(const Value &v, const ui::LessonPart &part, std::size_t number) {
    Fields f = v.fields();
    f.rename("a part's words");
    f.only({"at", "title", "text", "ask", "because"});
    const Value at = f.need({"at"}, "at: " + part.at.call);
    if (at.text() != part.at.call)
        at.fail(quoted(at.text()) + " is not where part " + std::to_string(number) + " of the lesson is",
                "that is " + part.at.call + "; put the parts in the lesson's order");
    ui::LessonPartWords out;
    out.title = matching(f, "title", part.title);
    out.text = matching(f, "text", part.text);
    out.ask = matching(f, "ask", part.gate ? part.gate->ask : std::string());
    out.because = matching(f, "because", part.gate ? part.gate->because : std::string());
    return out;
}

ui::LessonWords compile(const Value &root, const ui::Lesson &lesson) {
    Fields f = root.fields();
    f.rename("a lesson's words");
    f.only({"title", "summary", "parts"});
    ui::LessonWords out;
    out.title = matching(f, "title", lesson.title);
    out.summary = matching(f, "summary", lesson.summary);
    const Value parts = f.need({"parts"}, "parts: [{ at: ..., title: ..., text: ... }]");
    const std::vector<Value> all = parts.listOnly();
    for (std::size_t i = 0; i < all.size() && i < lesson.parts.size(); ++i)
        out.parts.push_back(partOf(all[i], lesson.parts[i], i + 1));
    if (all.size() != lesson.parts.size())
        parts.fail("has " + std::to_string(all.size()) + " parts, the lesson " + std::to_string(lesson.parts.size()),
                   "give each part of the lesson its words");
    return out;
}

// "udp-send.it" -> "it"; empty: no language
std::string languageIn(const std::string &stem) {
    const std::size_t dot = stem.rfind('.');
    const std::string code = dot == stem.npos ? std::string() : stem.substr(dot + 1);
    return isLanguageCode(code) ? code : std::string();
}
} // namespace

bool isLanguageCode(const std::string &word) {
    return word.size() == 2 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool isWordsOfOne(const fs::path &file) {
    std::error_code ec;
    const std::string stem = file.stem().string(), language = languageIn(stem);
    return !language.empty() &&
           fs::exists(file.parent_path() / (stem.substr(0, stem.size() - language.size() - 1) + ".yaml"), ec);
}

tl::expected<ui::LessonWords, ScenarioError> parseLessonWords(const std::string &text, const std::string &file,
                                                              const ui::Lesson &lesson) {
    ui::LessonWords out;
    auto wrong = readYaml(text, file, [&](const Value &root) { out = compile(root, lesson); });
    if (wrong) return tl::make_unexpected(std::move(*wrong));
    return out;
}

void addLessonWords(ui::Lesson &lesson, const fs::path &file) {
    std::error_code ec;
    const fs::path folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
    for (const auto &entry : fs::directory_iterator(folder, ec)) {
        const std::string stem = entry.path().stem().string(), language = languageIn(stem);
        if (entry.path().extension() != ".yaml" || language.empty()) continue;
        if (stem != lesson.name + "." + language) continue;
        const auto text = readLessonText(entry.path());
        auto words = text ? parseLessonWords(*text, entry.path().string(), lesson)
                          : tl::expected<ui::LessonWords, ScenarioError>(tl::make_unexpected(text.error()));
        ui::LessonWords &there = lesson.words[language];
        if (words)
            there = std::move(*words);
        else
            there.error = words.error().message();
    }
}

} // namespace skbscope::app
