// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope live on this very host: namespaces with a veth pair, and the built program as a user runs it.
#pragma once

#include "../cli/watching_program.h"
#include "trace/trace_file.h"
#include "veth_pair.h"

#include <arpa/inet.h>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <regex>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace skbscope::test {

using namespace std::chrono_literals;
using app::Ran;
using app::WatchingProgram;
using testing::HasSubstr;
using trace::Event;

// The first of the words that is not in the list where the one before it was, or behind; empty: all are, in order.
inline std::string missingInOrder(const std::vector<std::string> &list, const std::vector<std::string> &words) {
    auto at = list.begin();
    for (const std::string &word : words) {
        at = std::find(at, list.end(), word);
        if (at == list.end()) return word;
    }
    return {};
}

inline std::uint64_t numberBefore(const std::string &text, const std::string &what) {
    std::smatch m;
    return std::regex_search(text, m, std::regex("([0-9]+) " + what)) ? std::stoull(m[1]) : 0;
}

class Live : public testing::Test {
protected:
    void SetUp() override {
        if (const std::string why = net_.make(); !why.empty()) GTEST_SKIP() << why;
        // A kernel that lets nobody watch says so, with 3: that is no failure of ours.
        WatchingProgram first({"live", "udp port 1", "--duration", "0.1"});
        const Ran ran = first.ended();
        if (ran.code == 3) GTEST_SKIP() << ran.err;
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    [[nodiscard]] std::string file() const { return directory_.path() / "seen.skbt"; }

    // Watches while the traffic is made; then Ctrl-C.
    Ran watch(std::vector<std::string> arguments, const std::function<void()> &traffic) {
        arguments.insert(arguments.begin(), "live");
        arguments.insert(arguments.end(), {"-o", file()});
        WatchingProgram program(arguments);
        if (!program.says("watching")) return program.ended(1s);
        traffic();
        std::this_thread::sleep_for(300ms);
        program.signal(SIGINT);
        return program.ended();
    }
    void read() {
        auto trace = trace::read_trace(file());
        ASSERT_TRUE(trace) << trace.error().message();
        ASSERT_EQ(trace->sides.size(), 1U);
        side_ = std::move(trace->sides[0]);
    }
    [[nodiscard]] std::vector<std::string> entered() const {
        std::vector<std::string> names;
        for (const Event &e : side_.events)
            if (trace::is_enter(e)) names.emplace_back(side_.function_name(e.fn));
        return names;
    }
    [[nodiscard]] std::vector<Event> ofKind(unsigned kind) const {
        std::vector<Event> found;
        for (const Event &e : side_.events)
            if (e.kind == kind) found.push_back(e);
        return found;
    }
    [[nodiscard]] std::set<trace::PacketId> packets() const {
        std::set<trace::PacketId> found;
        for (const Event &e : side_.events)
            if (e.packet != trace::no_packet) found.insert(e.packet);
        return found;
    }
    // Calls that take no packet are seen around a packet's on the last rung alone.
    [[nodiscard]] bool inferred() const { return side_.info.facts.contains("traced by"); }
    [[nodiscard]] std::uint64_t lostFor(unsigned reason) const {
        std::uint64_t n = 0;
        for (const Event &e : ofKind(SKBSCOPE_EV_LOSS))
            if (e.loss.reason == reason) n += e.loss.lost;
        return n;
    }
    void expectInOrder(const std::vector<std::string> &words) const {
        EXPECT_EQ(missingInOrder(entered(), words), "") << testing::PrintToString(entered());
    }

    VethPair net_;
    app::TemporaryDirectory directory_;
    trace::Side side_;
};

} // namespace skbscope::test
