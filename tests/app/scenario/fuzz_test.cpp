// SPDX-License-Identifier: GPL-2.0-or-later
// No input crashes the loader or makes it slow: the bundled scenarios, mutated line by line and byte by byte, with a
// fixed seed. Whatever is accepted must pass the agent's own check and must be accepted again with the same result.
#include "app/scenario/loader.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <sstream>

namespace skbscope::app {
namespace {

namespace fs = std::filesystem;
constexpr int rounds = 150; // of each kind and scenario

std::vector<std::string> corpus() {
    std::vector<std::string> out;
    for (const auto &entry : fs::directory_iterator(fs::path(SKBSCOPE_SOURCE_DIR) / "assets/scenarios")) {
        std::ifstream in(entry.path());
        out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return out;
}

void survives(const std::string &text) {
    const auto s = parseScenario(text, "fuzz.yaml");
    if (!s) {
        EXPECT_EQ(s.error().message().find('\n'), std::string::npos) << s.error().message();
        EXPECT_FALSE(s.error().what.empty());
        return;
    }
    EXPECT_TRUE(bpf::check(s->ops.list())) << text;
    const auto again = parseScenario(text, "fuzz.yaml");
    EXPECT_TRUE(again && again->ops.sameAs(s->ops)) << text;
    for (const skbscope_op &op : s->ops.ops())
        EXPECT_FALSE(describe(s->ops, op).empty());
}

std::vector<std::string> linesOf(const std::string &text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string joined(const std::vector<std::string> &lines) {
    std::string out;
    for (const std::string &l : lines)
        out += l + "\n";
    return out;
}

std::size_t below(std::mt19937 &rng, std::size_t n) {
    return rng() % n;
}

// Lines dropped, doubled, swapped, cut, taken from another scenario.
std::string mutatedLines(const std::string &text, const std::string &other, std::mt19937 &rng) {
    std::vector<std::string> lines = linesOf(text);
    const std::vector<std::string> donors = linesOf(other);
    for (std::size_t n = 1 + below(rng, 3); n > 0 && !lines.empty(); --n) {
        const auto at = static_cast<std::ptrdiff_t>(below(rng, lines.size()));
        std::string &line = lines[static_cast<std::size_t>(at)];
        switch (below(rng, 5)) {
        case 0:
            lines.erase(lines.begin() + at);
            break;
        case 1:
            lines.insert(lines.begin() + at, std::string(line));
            break;
        case 2:
            std::swap(line, lines[below(rng, lines.size())]);
            break;
        case 3:
            line.resize(below(rng, line.size() + 1));
            break;
        default:
            line = donors[below(rng, donors.size())];
            break;
        }
    }
    return joined(lines);
}

// Bytes changed, dropped, doubled; the ones YAML minds come up often.
std::string mutatedBytes(std::string text, std::mt19937 &rng) {
    constexpr std::string_view special = "{}[]:,&*!|>'\"%@`#-? \n\t\\\0\xff\xc3/.0123456789";
    for (std::size_t n = 1 + below(rng, 6); n > 0; --n) {
        const std::size_t at = below(rng, text.size());
        switch (below(rng, 4)) {
        case 0:
            text[at] = special[below(rng, special.size())];
            break;
        case 1:
            text.insert(at, 1, special[below(rng, special.size())]);
            break;
        case 2:
            text.erase(at, 1 + below(rng, 4));
            break;
        default:
            text[at] = static_cast<char>(rng());
            break;
        }
        if (text.empty()) text = " ";
    }
    return text;
}

TEST(ScenarioFuzz, MutatedLines) {
    std::mt19937 rng(20240501);
    const std::vector<std::string> texts = corpus();
    ASSERT_FALSE(texts.empty());
    for (const std::string &text : texts)
        for (int i = 0; i < rounds; ++i)
            survives(mutatedLines(text, texts[below(rng, texts.size())], rng));
}

TEST(ScenarioFuzz, MutatedBytes) {
    std::mt19937 rng(20240502);
    for (const std::string &text : corpus())
        for (int i = 0; i < rounds; ++i)
            survives(mutatedBytes(text, rng));
}

TEST(ScenarioFuzz, EveryPrefix) {
    for (const std::string &text : corpus())
        for (std::size_t n = 0; n < text.size(); n += 3)
            survives(text.substr(0, n));
}

TEST(ScenarioFuzz, HandMade) {
    std::string deep(5000, '['), deepMap;
    for (int i = 0; i < 3000; ++i)
        deepMap += "{a: ";
    for (const std::string &text :
         {deep, deepMap, std::string("&a [*a]"), std::string("hosts: &a [*a]\nsteps: *a\n"),
          std::string("hosts: [a]\nsteps: &x [*x, *x]\n"), std::string("? [a]\n: b\n"), std::string("hosts: {a: b}\n"),
          std::string("!!binary x"), std::string("%YAML 9.9\n---\n"), std::string("\xff\xfe\x00\x00", 4),
          std::string(2 << 20, 'a'), std::string(1, '\0'), std::string("hosts: [a]\nsteps: [{ trace: ~ }]\n"),
          std::string("hosts: [~]\n"), std::string("hosts: [a]\nsteps: [~, ~]\n"), std::string("- - - - -\n"),
          std::string("a: b: c\n"), std::string(",\nhosts: [a]\n"), std::string(",,,,, host\nhosts: [a]\nsteps: []\n")})
        survives(text);
}

// "Billion laughs": aliases may not blow a small file up.
TEST(ScenarioFuzz, NestedAliases) {
    std::string text = "hosts: [a]\nx0: &x0 [{ sleep: 1 }]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*x" + std::to_string(i - 1);
        text += "x" + std::to_string(i) + ": &x" + std::to_string(i) + " [" + before + ", " + before + "]\n";
    }
    survives(text + "steps: *x29\n");
}

} // namespace
} // namespace skbscope::app
