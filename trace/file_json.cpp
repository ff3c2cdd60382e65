// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/file_json.h"

#include "trace/what_if.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace skbscope::trace {

namespace {
using nlohmann::json;

constexpr std::size_t extra_functions_max = 8192; // no kernel has as many outside the catalogue on a packet's path

// Names come from a kernel or a file and need not be UTF-8: what is not becomes U+FFFD.
std::string dump(const json &j) {
    return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

constexpr std::pair<Clock, const char *> clocks[] = {
    {Clock::virtual_ns, "virtual-ns"}, {Clock::instructions, "instructions"}, {Clock::real_ns, "real-ns"}};

const char *clock_name(Clock clock) {
    for (const auto &[value, name] : clocks)
        if (value == clock) return name;
    return clocks[0].second;
}

std::optional<Clock> clock_from(std::string_view wanted) {
    for (const auto &[value, name] : clocks)
        if (wanted == name) return value;
    return std::nullopt;
}

json side_json(const SideInfo &info) {
    return {{"kind", side_name(info.kind)}, {"clock", clock_name(info.clock)}, {"release", info.release},
            {"build", info.build},          {"transport", info.transport},     {"date", info.date},
            {"facts", info.facts}};
}

json functions_json(const Side &side) {
    std::set<FunctionId> used;
    for (const Event &e : side.events)
        if (e.fn != no_function) used.insert(e.fn);
    // Extra functions go in even when no event uses them: they keep their ids.
    const std::size_t first_extra = Catalogue::builtin().size();
    for (std::size_t i = 0; i < side.extra_functions.size(); ++i)
        used.insert(static_cast<FunctionId>(first_extra + i));
    json out = json::array();
    for (const FunctionId id : used) {
        const Function f = side.function(id);
        if (f.known || id < first_extra + side.extra_functions.size())
            out.push_back({{"id", id}, {"name", f.name}, {"file", f.file}});
    }
    return out;
}

// Reads members of an object and remembers the first thing that was wrong.
class Reader {
public:
    explicit Reader(std::string_view text) : root_(json::parse(text, nullptr, false)) {
        if (!root_.is_object()) complain("is not a JSON object");
    }
    [[nodiscard]] const json &root() const { return root_; }
    [[nodiscard]] const std::optional<std::string> &error() const { return error_; }
    void complain(std::string what) {
        if (!error_) error_ = std::move(what);
    }

    const json &member(const json &object, const char *key) {
        static const json nothing;
        if (object.is_object())
            if (const auto found = object.find(key); found != object.end()) return *found;
        complain(std::string("lacks \"") + key + "\"");
        return nothing;
    }
    std::string string(const json &object, const char *key) {
        const json &j = member(object, key);
        if (j.is_string()) return j.get<std::string>();
        complain(std::string("\"") + key + "\" is not a string");
        return {};
    }
    // A whole number from 0 to `max`.
    std::uint64_t number(const json &j, const char *what, std::uint64_t max) {
        if (j.is_number_unsigned() && j.get<std::uint64_t>() <= max) return j.get<std::uint64_t>();
        complain(std::string(what) + " is not a number up to " + std::to_string(max));
        return 0;
    }
    std::vector<std::string> strings(const json &object, const char *key, std::size_t max) {
        const json &j = member(object, key);
        std::vector<std::string> out;
        if (!j.is_array() || j.empty() || j.size() > max) {
            complain(std::string("\"") + key + "\" is not a list of 1 to " + std::to_string(max) + " names");
            return {""};
        }
        for (const json &item : j)
            out.push_back(item.is_string() ? item.get<std::string>() : std::string());
        return out;
    }

private:
    json root_;
    std::optional<std::string> error_;
};

void read_facts(Reader &in, const json &j, std::map<std::string, std::string> &facts) {
    if (!j.is_object()) return in.complain("\"facts\" is not an object");
    for (const auto &[key, value] : j.items())
        if (value.is_string()) facts[key] = value.get<std::string>();
}

Side read_side(Reader &in, const json &j) {
    Side side;
    const std::string kind = in.string(j, "kind");
    if (kind != "model" && kind != "kernel") in.complain("side of unknown kind \"" + kind + "\"");
    side.info.kind = kind == "kernel" ? SideKind::kernel : SideKind::model;
    const std::string clock = in.string(j, "clock");
    if (!clock_from(clock)) in.complain("unknown clock \"" + clock + "\"");
    side.info.clock = clock_from(clock).value_or(Clock::virtual_ns);
    side.info.release = in.string(j, "release");
    side.info.build = in.string(j, "build");
    side.info.transport = in.string(j, "transport");
    side.info.date = in.string(j, "date");
    side.info.recorded = true; // it comes from a file, so it is not live
    read_facts(in, in.member(j, "facts"), side.info.facts);
    return side;
}

void read_tasks(Reader &in, const json &j, Side &side) {
    if (!j.is_array()) return in.complain("\"tasks\" is not a list");
    for (const json &task : j) {
        const auto id = in.number(in.member(task, "id"), "a task's id", std::numeric_limits<TaskId>::max());
        side.tasks[static_cast<TaskId>(id)] = in.string(task, "comm");
    }
}

void read_functions(Reader &in, const json &j, Side &side, FunctionMap &functions) {
    if (!j.is_array()) return in.complain("\"functions\" is not a list");
    for (const json &f : j) {
        const auto id = in.number(in.member(f, "id"), "a function's id", no_function - 1);
        const std::string name = in.string(f, "name");
        const std::string file = in.string(f, "file");
        if (!name.empty()) functions[static_cast<FunctionId>(id)] = side.intern_function(name, file);
        if (side.extra_functions.size() > extra_functions_max) // each is looked up among them: many take minutes
            return in.complain("\"functions\" holds too many that are not in the catalogue");
    }
}
} // namespace

std::string meta_json(const Trace &trace) {
    json sides = json::array();
    for (const Side &side : trace.sides)
        sides.push_back(side_json(side.info));
    return dump({{"scenario", {{"name", trace.scenario_name}, {"text", trace.scenario_text}}}, {"sides", sides}});
}

std::string names_json(const Side &side) {
    json tasks = json::array();
    for (const auto &[id, comm] : side.tasks)
        tasks.push_back({{"id", id}, {"comm", comm}});
    return dump({{"hosts", side.hosts},
                 {"devices", side.devices},
                 {"queues", side.queues},
                 {"tasks", tasks},
                 {"functions", functions_json(side)}});
}

bool has_alike_sides(const Trace &trace) {
    return trace.sides.size() == 2 && trace.sides[0].info.kind == trace.sides[1].info.kind && !is_what_if(trace);
}

std::string end_json(const Trace &trace) {
    json counts = json::array();
    for (const Side &side : trace.sides)
        counts.push_back(side.events.size());
    return dump({{"events", counts}});
}

std::optional<std::string> parse_meta(std::string_view text, Trace &trace) {
    Reader in(text);
    if (in.error()) return in.error();
    const json &scenario = in.member(in.root(), "scenario");
    trace.scenario_name = in.string(scenario, "name");
    trace.scenario_text = in.string(scenario, "text");
    const json &sides = in.member(in.root(), "sides");
    if (!sides.is_array() || sides.size() > 2) in.complain("\"sides\" is not a list of at most two");
    if (in.error()) return in.error();
    for (const json &side : sides)
        trace.sides.push_back(read_side(in, side));
    if (has_alike_sides(trace)) in.complain(alike_sides_text);
    return in.error();
}

std::optional<std::string> parse_names(std::string_view text, Side &side, FunctionMap &functions) {
    Reader in(text);
    if (in.error()) return in.error();
    side.hosts = in.strings(in.root(), "hosts", 1U << 8);
    side.devices = in.strings(in.root(), "devices", 1U << 16);
    side.queues = in.strings(in.root(), "queues", 1U << 20);
    read_tasks(in, in.member(in.root(), "tasks"), side);
    read_functions(in, in.member(in.root(), "functions"), side, functions);
    return in.error();
}

std::optional<std::string> parse_end(std::string_view text, const Trace &trace) {
    Reader in(text);
    const json &counts = in.member(in.root(), "events");
    if (!in.error() && (!counts.is_array() || counts.size() != trace.sides.size()))
        in.complain("\"events\" does not count every side");
    for (std::size_t i = 0; !in.error() && i < counts.size(); ++i)
        if (in.number(counts[i], "a count of events", std::numeric_limits<std::uint32_t>::max()) !=
            trace.sides[i].events.size())
            in.complain("counts other events of the " + std::string(side_name(trace.sides[i].info.kind)) +
                        " than it holds");
    return in.error();
}

} // namespace skbscope::trace
