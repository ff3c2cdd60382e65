// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lesson/lesson_file.h"

#include "app/scenario/nearest.h"
#include "app/scenario/value.h"
#include "trace/event.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <yaml-cpp/yaml.h>

namespace skbscope::app {

namespace {
constexpr std::size_t longestFile = 256 * 1024;

std::string textOf(const Fields &f, const char *key) {
    const std::optional<Value> v = f.find({key});
    return v ? v->text() : std::string();
}

std::optional<trace::SideKind> sideOf(const Fields &f, const char *key) {
    const std::optional<Value> v = f.find({key});
    if (!v) return {};
    const std::string word = v->text();
    if (word == "model") return trace::SideKind::model;
    if (word == "kernel") return trace::SideKind::kernel;
    v->fail(quoted(word) + " is no side", "give model or kernel");
}

std::vector<std::string> eventKinds() {
    std::vector<std::string> out;
    for (unsigned kind = SKBSCOPE_EV_ALLOC; kind < SKBSCOPE_EV_TRACE_ON; ++kind)
        if (const std::string name = trace::kind_name(kind); name != "?") out.push_back(name);
    return out;
}

// One of several words, or an error that names the nearest.
std::string wordOf(const Value &v, const std::vector<std::string> &words) {
    const std::string word = v.text();
    if (std::find(words.begin(), words.end(), word) == words.end())
        v.fail(quoted(word) + " is none of them", suggestion(word, words));
    return word;
}

ui::LessonAddress addressOf(const Value &v) {
    ui::LessonAddress out;
    out.line = v.place().line;
    if (v.isText()) {
        out.call = v.text();
        return out;
    }
    Fields f = v.fields();
    f.rename("a place");
    f.only({"call", "nth", "side", "packet", "then"});
    out.call = f.need({"call"}, "call: ip_rcv").text();
    if (const auto nth = f.find({"nth"})) out.nth = nth->number(1, 1000000);
    if (const auto packet = f.find({"packet"})) out.packet = packet->number(1, 1000000);
    if (const auto then = f.find({"then"})) out.then = wordOf(*then, eventKinds());
    out.side = sideOf(f, "side");
    return out;
}

ui::LessonGate gateOf(const Value &v) {
    const std::vector<std::string> kinds(ui::lessonGateKinds.begin(), ui::lessonGateKinds.end());
    ui::LessonGate out;
    if (v.isText()) {
        out.kind = wordOf(v, kinds);
        return out;
    }
    Fields f = v.fields();
    f.rename("a gate");
    f.only({"kind", "ask", "because"});
    out.kind = wordOf(f.need({"kind"}, "kind: pointer"), kinds);
    out.ask = textOf(f, "ask");
    out.because = textOf(f, "because");
    return out;
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

ui::LessonPart partOf(const Value &v) {
    Fields f = v.fields();
    f.rename("a part");
    f.only({"title", "text", "at", "look", "do", "pin", "gate"});
    ui::LessonPart out;
    out.line = v.place().line;
    const Value title = f.need({"title"}, "title: Room first"), text = f.need({"text"}, "text: What happens here");
    checkMarkup(title);
    checkMarkup(text);
    out.title = title.text();
    out.text = text.text();
    out.at = addressOf(f.need({"at"}, "at: { call: ip_rcv }"));
    out.look = sideOf(f, "look");
    out.pin = textOf(f, "pin");
    if (const auto commands = f.find({"do"}))
        for (const Value &command : commands->list())
            out.commands.push_back(command.text());
    if (const auto gate = f.find({"gate"})) out.gate = gateOf(*gate);
    return out;
}

ui::LessonConstant constantOf(const Value &v) {
    Fields f = v.fields();
    f.rename("a constant");
    f.only({"number", "file", "name"});
    return {f.need({"number"}, "number: 300").integer(), f.need({"file"}, "file: net/core/dev.c").text(),
            f.need({"name"}, "name: netdev_budget").text()};
}

ui::Lesson compile(const YAML::Node &root, const std::string &file) {
    Fields f = Value(root, "", {1, 1}).fields();
    f.rename("a lesson");
    f.only({"title", "summary", "scenario", "trace", "constants", "parts"});
    ui::Lesson out;
    out.file = file;
    out.name = std::filesystem::path(file).stem().string();
    out.title = f.need({"title"}, "title: The life of an sk_buff").text();
    out.summary = f.need({"summary"}, "summary: What it is about, in one line").text();
    out.scenario = textOf(f, "scenario");
    out.trace = textOf(f, "trace");
    if (out.scenario.empty() == out.trace.empty())
        f.fail("scenario", out.scenario.empty() ? "is missing, and so is trace" : "is given, and trace too",
               "give one of them: a bundled scenario's name, or a .skbt file");
    if (!out.trace.empty()) out.trace = (std::filesystem::path(file).parent_path() / out.trace).string();
    if (const auto constants = f.find({"constants"}))
        for (const Value &v : constants->listOnly())
            out.constants.push_back(constantOf(v));
    const Value parts = f.need({"parts"}, "parts: [{ title: ..., text: ..., at: ... }]");
    for (const Value &v : parts.listOnly())
        out.parts.push_back(partOf(v));
    if (out.parts.empty()) parts.fail("is empty", "add at least one part");
    return out;
}

tl::unexpected<ScenarioError> wholeFile(const std::string &file, std::string what, std::string todo) {
    return tl::make_unexpected(ScenarioError{file, {}, "", std::move(what), std::move(todo)});
}

std::vector<std::string> orderIn(const std::filesystem::path &folder) {
    std::vector<std::string> out;
    std::ifstream in(folder / "order.txt");
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#') out.push_back(line);
    return out;
}
} // namespace

tl::expected<ui::Lesson, ScenarioError> parseLesson(const std::string &text, const std::string &file) {
    if (text.size() > longestFile) return wholeFile(file, "is larger than 256 KiB", "a lesson is a short text file");
    if (text.starts_with(","))
        return wholeFile(file, "is not YAML", "begin with title: ..."); // yaml-cpp 0.7 would hang
    try {
        const YAML::Node document = YAML::Load(text);
        if (document.IsNull()) return wholeFile(file, "is empty", "see docs/lessons.md for what a lesson holds");
        return compile(document, file);
    } catch (const Bad &bad) {
        return tl::make_unexpected(ScenarioError{file, bad.place, bad.key, bad.what, bad.todo});
    } catch (const YAML::Exception &e) {
        const Place at = e.mark.is_null() ? Place{} : Place{unsigned(e.mark.line) + 1, unsigned(e.mark.column) + 1};
        return tl::make_unexpected(
            ScenarioError{file, at, "", "is not YAML: " + escaped(e.msg), "check quotes, colons and indentation"});
    }
}

tl::expected<ui::Lesson, ScenarioError> loadLesson(const std::filesystem::path &path) {
    std::error_code ec;
    std::ifstream in(path, std::ios::binary);
    if (!in || std::filesystem::is_directory(path, ec))
        return wholeFile(path.string(), "cannot be read", "name a lesson file (.yaml)");
    std::string text(longestFile + 1, '\0');
    in.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(in.gcount()));
    return parseLesson(text, path.string());
}

std::vector<ui::Lesson> lessonsIn(const std::filesystem::path &folder) {
    const std::vector<std::string> order = orderIn(folder);
    std::vector<std::filesystem::path> files;
    std::error_code ec;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ec))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    const auto place = [&order](const std::filesystem::path &p) {
        return std::pair(std::find(order.begin(), order.end(), p.stem().string()) - order.begin(), p.string());
    };
    std::sort(files.begin(), files.end(), [&](const auto &a, const auto &b) { return place(a) < place(b); });
    std::vector<ui::Lesson> out;
    for (const auto &file : files) {
        auto lesson = loadLesson(file);
        if (lesson) {
            out.push_back(std::move(*lesson));
            continue;
        }
        ui::Lesson broken;
        broken.file = file.string();
        broken.name = broken.title = file.stem().string();
        broken.error = lesson.error().message();
        out.push_back(std::move(broken));
    }
    return out;
}

} // namespace skbscope::app
