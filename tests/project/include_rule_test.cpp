// SPDX-License-Identifier: GPL-2.0-or-later
// Who may include whom: docs/architecture.md. Arrows only point down; core-stack knows no Qt and no libbpf.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = SKBSCOPE_SOURCE_DIR;
const std::set<std::string> rooms = {"trace", "core-stack", "bpf", "ui", "app"};
const std::map<std::string, std::set<std::string>> may_include = {
    {"trace", {}},
    {"core-stack", {"trace"}},
    {"bpf", {"trace"}},
    {"ui", {"trace"}},
    {"app", {"trace", "core-stack", "bpf", "ui"}},
};
// Libraries a room must not know, by the beginning of the included name.
const std::map<std::string, std::vector<std::string>> forbidden = {
    {"trace", {"Q", "bpf/", "netlink/"}},
    {"core-stack", {"Q", "bpf/", "netlink/", "linux/", "sys/socket", "netinet/", "arpa/"}},
    {"ui", {"bpf/", "netlink/"}},
};

struct Include {
    bool system;
    std::string name;
    int line;
};

std::vector<Include> includes_of(std::istream &in) {
    static const std::regex directive(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> found;
    std::string line;
    for (int n = 1; std::getline(in, line); ++n) {
        std::smatch m;
        if (std::regex_search(line, m, directive)) found.push_back({m[1] == "<", m[2], n});
    }
    return found;
}

bool is_source(const fs::path &p) {
    static const std::set<std::string> ext = {".cpp", ".h", ".c"};
    return ext.contains(p.extension().string());
}

// The room an include leads to; empty for the standard library and other projects.
std::string room_of(const Include &include) {
    const std::string first = include.name.substr(0, include.name.find('/'));
    return !include.system && rooms.contains(first) ? first : "";
}

std::vector<std::string> violations(const std::string &room, const fs::path &file, std::istream &in) {
    std::vector<std::string> out;
    for (const Include &i : includes_of(in)) {
        const std::string where = file.string() + ":" + std::to_string(i.line) + ": " + i.name;
        const std::string target = room_of(i);
        if (!target.empty() && target != room && !may_include.at(room).contains(target)) out.push_back(where);
        const auto bans = forbidden.find(room);
        if (!i.system || bans == forbidden.end()) continue;
        for (const std::string &ban : bans->second)
            if (i.name.starts_with(ban)) out.push_back(where);
    }
    return out;
}

class IncludeRule : public testing::TestWithParam<std::string> {};

TEST_P(IncludeRule, ArrowsPointDown) {
    std::vector<std::string> wrong;
    int files = 0;
    for (const auto &entry : fs::recursive_directory_iterator(root / GetParam())) {
        if (!entry.is_regular_file() || !is_source(entry.path())) continue;
        std::ifstream in(entry.path());
        ++files;
        for (std::string &v : violations(GetParam(), fs::relative(entry.path(), root), in))
            wrong.push_back(std::move(v));
    }
    EXPECT_THAT(wrong, testing::IsEmpty());
    EXPECT_GT(files, 0);
}

INSTANTIATE_TEST_SUITE_P(Rooms, IncludeRule, testing::ValuesIn(rooms), [](const auto &room) {
    std::string name = room.param;
    std::erase(name, '-');
    return name;
});

TEST(IncludeRuleSelf, FindsAWrongArrow) {
    std::istringstream in("#include \"trace/event.h\"\n  #  include \"app/main.h\"\n#include <QString>\n");
    EXPECT_THAT(violations("core-stack", "x.cpp", in), testing::ElementsAre("x.cpp:2: app/main.h", "x.cpp:3: QString"));
}

} // namespace
