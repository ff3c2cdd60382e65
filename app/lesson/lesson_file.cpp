// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lesson/lesson_file.h"

#include "app/lesson/lesson_words.h"
#include "app/lesson/lesson_yaml.h"
#include "app/scenario/nearest.h"
#include "trace/event.h"

#include <algorithm>
#include <fstream>

namespace skbscope::app {

namespace {
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

ui::Lesson compile(const Value &root, const std::string &file) {
    Fields f = root.fields();
    f.rename("a lesson");
    f.only({"title", "summary", "language", "scenario", "trace", "constants", "parts"});
    ui::Lesson out;
    out.file = file;
    out.name = std::filesystem::path(file).stem().string();
    out.title = f.need({"title"}, "title: The life of an sk_buff").text();
    out.summary = f.need({"summary"}, "summary: What it is about, in one line").text();
    if (const std::string language = textOf(f, "language"); !language.empty()) out.language = language;
    if (!isLanguageCode(out.language))
        f.fail("language", "'" + out.language + "' is no language", "give its two letters: en, it, fr");
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

std::vector<std::string> orderIn(const std::filesystem::path &folder) {
    std::vector<std::string> out;
    std::ifstream in(folder / "order.txt");
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#') out.push_back(line);
    return out;
}
} // namespace

tl::expected<ui::Lesson, ScenarioError> parseLesson(const std::string &text, const std::string &file) {
    ui::Lesson out;
    auto wrong = readYaml(text, file, [&](const Value &root) { out = compile(root, file); });
    if (wrong) return tl::make_unexpected(std::move(*wrong));
    return out;
}

tl::expected<ui::Lesson, ScenarioError> loadLesson(const std::filesystem::path &path) {
    const auto text = readLessonText(path);
    if (!text) return tl::make_unexpected(text.error());
    auto lesson = parseLesson(*text, path.string());
    if (lesson) addLessonWords(*lesson, path);
    return lesson;
}

std::vector<ui::Lesson> lessonsIn(const std::filesystem::path &folder) {
    const std::vector<std::string> order = orderIn(folder);
    std::vector<std::filesystem::path> files;
    std::error_code ec;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ec))
        if (entry.path().extension() == ".yaml" && !isWordsOfOne(entry.path())) files.push_back(entry.path());
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
