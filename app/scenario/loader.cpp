// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/loader.h"

#include "app/scenario/steps.h"

#include <fstream>
#include <iterator>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace skbscope::app {

namespace {

constexpr std::size_t longestFile = 1 << 20; // a megabyte of steps is more than the operation list holds

Scenario compile(const YAML::Node &root, const std::string &text, const std::string &file) {
    Scenario s;
    s.file = file;
    s.text = text;
    Fields f = Value(root, "", {1, 1}).fields();
    f.rename("a scenario");
    f.only({"name", "title", "description", "hosts", "links", "taps", "devices", "neighbours", "neighbors", "routes",
            "sysctls", "rps-sock-flow-entries", "steps"});
    const auto textOf = [&](const char *key) {
        const std::optional<Value> v = f.find({key});
        return v ? v->text() : std::string();
    };
    s.name = textOf("name");
    if (s.name.empty()) s.name = std::filesystem::path(file).stem().string();
    s.title = textOf("title");
    s.description = textOf("description");
    Names names;
    const Topology topology(f, names);
    topology.emit(s.ops);
    Steps steps(names, topology, s.ops);
    const Value list = f.need({"steps"}, "steps: [{ trace: on }]");
    for (const Value &v : list.listOnly())
        steps.read(v);
    if (steps.count() == 0) list.fail("is empty", "add at least one step");
    s.steps = steps.count();
    s.ops.sockets = names.socketNames();
    if (const auto ok = bpf::check(s.ops.list()); !ok) // its limits are the agent's: the amount of data, above all
        throw Bad{{ok.error().line, 1}, "steps", ok.error().what, "use less of it"};
    return s;
}

tl::unexpected<ScenarioError> wholeFile(const std::string &file, std::string what, std::string todo) {
    return tl::make_unexpected(ScenarioError{file, {}, "", std::move(what), std::move(todo)});
}

// Whether a document has anything in it.
class Contents : public YAML::EventHandler {
public:
    bool any = false;
    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override { any = true; }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override { any = true; }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {
        any = true;
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override {
        any = true;
    }
    void OnMapEnd() override {}
};

// Not by YAML::LoadAll(): yaml-cpp 0.7 makes one document after another of a text that begins with a comma, for ever.
bool severalDocuments(const std::string &text) {
    std::istringstream in(text);
    YAML::Parser parser(in);
    Contents first, second;
    return parser.HandleNextDocument(first) && parser.HandleNextDocument(second) && second.any;
}

} // namespace

tl::expected<Scenario, ScenarioError> parseScenario(const std::string &text, const std::string &file) {
    if (text.size() > longestFile) return wholeFile(file, "is larger than 1 MiB", "a scenario is a short text file");
    try {
        if (severalDocuments(text))
            return wholeFile(file, "holds several YAML documents", "put each scenario in a file of its own");
        const YAML::Node document = YAML::Load(text);
        if (document.IsNull()) return wholeFile(file, "is empty", "see docs/scenario.md for what a scenario holds");
        return compile(document, text, file);
    } catch (const Bad &bad) {
        return tl::make_unexpected(ScenarioError{file, bad.place, bad.key, bad.what, bad.todo});
    } catch (const YAML::Exception &e) {
        const Place at = e.mark.is_null()
                             ? Place{}
                             : Place{static_cast<unsigned>(e.mark.line) + 1, static_cast<unsigned>(e.mark.column) + 1};
        return tl::make_unexpected(
            ScenarioError{file, at, "", "is not YAML: " + escaped(e.msg), "check brackets, quotes and indentation"});
    }
}

tl::expected<Scenario, ScenarioError> loadScenario(const std::filesystem::path &path) {
    std::error_code ec;
    if (std::filesystem::is_directory(path, ec))
        return wholeFile(path.string(), "is a directory", "name a scenario file");
    std::ifstream in(path, std::ios::binary);
    if (!in) return wholeFile(path.string(), "cannot be read", "check the path");
    std::string text(longestFile + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return parseScenario(text, path.string());
}

} // namespace skbscope::app
