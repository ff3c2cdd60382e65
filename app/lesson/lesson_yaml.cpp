// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lesson/lesson_yaml.h"

#include <algorithm>
#include <fstream>
#include <yaml-cpp/yaml.h>

namespace skbscope::app {

namespace {
constexpr std::size_t longestFile = 256 * 1024;
} // namespace

std::string textOf(const Fields &f, const char *key) {
    const std::optional<Value> v = f.find({key});
    return v ? v->text() : std::string();
}

// A backquote or a pair of stars without its other half would style the rest of the text.
void checkMarkup(const Value &v) {
    const std::string text = v.text();
    std::size_t stars = 0;
    for (std::size_t at = text.find("**"); at != std::string::npos; at = text.find("**", at + 2))
        ++stars;
    if (std::count(text.begin(), text.end(), '`') % 2) v.fail("has a ` that is not closed", "close it, or take it out");
    if (stars % 2) v.fail("has a ** that is not closed", "close it, or take it out");
}

tl::unexpected<ScenarioError> wholeFile(const std::string &file, std::string what, std::string todo) {
    return tl::make_unexpected(ScenarioError{file, {}, "", std::move(what), std::move(todo)});
}

std::optional<ScenarioError> readYaml(const std::string &text, const std::string &file,
                                      const std::function<void(const Value &root)> &compile) {
    if (text.size() > longestFile)
        return wholeFile(file, "is larger than 256 KiB", "a lesson is a short text file").value();
    if (text.starts_with(","))
        return wholeFile(file, "is not YAML", "begin with title: ...").value(); // yaml-cpp 0.7 would hang
    try {
        const YAML::Node document = YAML::Load(text);
        if (document.IsNull())
            return wholeFile(file, "is empty", "see docs/lessons.md for what a lesson holds").value();
        compile(Value(document, "", {1, 1}));
        return {};
    } catch (const Bad &bad) {
        return ScenarioError{file, bad.place, bad.key, bad.what, bad.todo};
    } catch (const YAML::Exception &e) {
        const Place at = e.mark.is_null() ? Place{} : Place{unsigned(e.mark.line) + 1, unsigned(e.mark.column) + 1};
        return ScenarioError{file, at, "", "is not YAML: " + escaped(e.msg), "check quotes, colons and indentation"};
    }
}

tl::expected<std::string, ScenarioError> readLessonText(const std::filesystem::path &path) {
    std::error_code ec;
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path, ec))
        return wholeFile(path.string(), "cannot be read", "name a lesson file (.yaml)");
    std::string text(longestFile + 1, '\0');
    in.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(in.gcount()));
    return text;
}

} // namespace skbscope::app
