// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/run_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace skbscope;
using testing::Contains;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::Pair;

// One call, of a function that only a kprobe could take.
bpf::read_state stateWith(const std::string &by) {
    bpf::read_state s;
    trace::Event e{};
    e.kind = SKBSCOPE_EV_ENTER;
    e.fn = s.side.intern_function("ip_rcv_core");
    s.side.events.push_back(e);
    s.inspect.push_back({"ip_rcv_core", by, "no BTF"});
    s.unknowable = "calls that a kprobe missed: this kernel counts none of them";
    return s;
}

TEST(RunFacts, ARungWhoseMissesNobodyCountsSaysSo) {
    bpf::read_state s = stateWith("kprobe");
    app::addRunFacts(s, "lab", "lab");
    EXPECT_THAT(s.side.info.facts, Contains(Pair("lab.kprobes", "ip_rcv_core (no BTF)")));
    EXPECT_THAT(s.side.info.facts, Contains(Pair("not known", HasSubstr("a kprobe missed"))));
}

TEST(RunFacts, OthersDoNot) {
    bpf::read_state s = stateWith("fentry");
    app::addRunFacts(s, "lab", "lab");
    EXPECT_THAT(s.side.info.facts, Not(Contains(Key("not known"))));
}

TEST(RunFacts, NameEachLoss) {
    bpf::read_state s = stateWith("fentry");
    s.lost = 3;
    s.losses = {{"ring full", 3}, {"unpaired", 0}};
    app::addRunFacts(s, "lab", "lab");
    EXPECT_THAT(s.side.info.facts, Contains(Pair("lab.lost", "3")));
    EXPECT_THAT(s.side.info.facts, Contains(Pair("lab.lost: ring full", "3")));
    EXPECT_THAT(s.side.info.facts, Not(Contains(Key("lab.lost: unpaired"))));
}

TEST(RunFacts, NothingCameOfARunThatBrokeAtOnce) {
    const app::RunError why{app::RunErrorCode::notPossibleHere, "lab", "died"};
    EXPECT_FALSE(app::withPartial(why, {}, "lab", "lab").partial);
    EXPECT_TRUE(app::withPartial(why, stateWith("fentry"), "lab", "lab").partial);
}

} // namespace
