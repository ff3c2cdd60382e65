// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope run SCENARIO --what-if SETTING, and what becomes of the two runs that it keeps.
#include "program.h"
#include "trace/trace_file.h"
#include "trace/what_if.h"

#include <gmock/gmock.h>

namespace skbscope::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(RunWhatIf, ListsWhatCanBeChanged) {
    const Ran ran = runProgram({"run", "udp-veth-napi", "--what-if", "list"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("b.vb.gro=off"), HasSubstr("GRO off on b.vb, and NAPI with it\n"),
                               HasSubstr("  Look at who takes the frames"), HasSubstr("neighbour=missing")));
}

TEST(RunWhatIf, ShowsBothRunsAndWhatWasChanged) {
    const Ran ran = runProgram({"run", "udp-veth-napi", "--what-if", "b.vb.gro=off"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out,
                AllOf(StartsWith("udp-veth-napi: GRO off on b.vb, and NAPI with it. Look at who takes the frames"),
                      HasSubstr("Model, as it was"), HasSubstr("Model, with gro of b.vb off"),
                      HasSubstr("changed run only"), HasSubstr("you changed  gro of b.vb: on → off\n"),
                      HasSubstr("you changed gro of b.vb"), HasSubstr("unexplained  0\n"), HasSubstr("first run    ")));
    EXPECT_THAT(ran.out, Not(HasSubstr("kernel only")));
}

// Kept, compared, exported and named run by run.
TEST(RunWhatIf, IsKeptAndReadAgain) {
    const TemporaryDirectory dir;
    const std::string file = dir.path() / "changed.skbt";
    const Ran ran = runProgram({"run", "udp-veth", "--what-if", "bind=none", "-o", file, "--width", "160"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto trace = trace::read_trace(file);
    ASSERT_TRUE(trace) << trace.error().message();
    EXPECT_TRUE(trace::is_what_if(*trace));
    const Ran compared = runProgram({"compare", file, "--width", "160"});
    EXPECT_EQ(compared.code, 1) << compared.err;
    EXPECT_EQ(compared.out.substr(compared.out.find('\n')), ran.out.substr(ran.out.find('\n'))) << "the same view";
    const Ran runs = runProgram({"compare", file + ":first", file + ":changed"});
    EXPECT_EQ(runs.code, 1) << runs.err;
    EXPECT_THAT(runs.out, HasSubstr("you changed  bind to port 7000: done → left out"));
    const Ran first = runProgram({"export", file + ":first", "--to", "tree"}),
              changed = runProgram({"export", file + ":changed", "--to", "tree"});
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(changed.code, 0) << changed.err;
    EXPECT_THAT(first.out, AllOf(HasSubstr("__udp_enqueue_schedule_skb"), Not(HasSubstr("icmp_send"))));
    EXPECT_THAT(changed.out, AllOf(HasSubstr("icmp_send"), Not(HasSubstr("__udp_enqueue_schedule_skb"))));
    const Ran jsonl = runProgram({"export", file, "--to", "jsonl"});
    EXPECT_EQ(jsonl.code, 0) << jsonl.err;
    EXPECT_THAT(jsonl.out, AllOf(HasSubstr("\"run\":\"first\""), HasSubstr("\"run\":\"changed\"")));
}

TEST(RunWhatIf, ErrorsNameThePlaceAndWhatToDo) {
    const auto error = [](std::vector<std::string> more) {
        std::vector<std::string> all = {"run", "udp-veth", "--what-if"};
        all.insert(all.end(), more.begin(), more.end());
        const Ran ran = runProgram(all);
        EXPECT_EQ(ran.code, 2);
        EXPECT_EQ(ran.out, "");
        return ran.err;
    };
    EXPECT_THAT(error({"bind=nun"}), AllOf(HasSubstr("--what-if 'bind=nun': udp-veth has no such setting"),
                                           HasSubstr("did you mean 'bind=none'?"), HasSubstr("--what-if list")));
    EXPECT_THAT(error({"bind=none", "--side", "kernel"}),
                AllOf(HasSubstr("--side has no place beside --what-if"), HasSubstr("leave one of them out")));
    EXPECT_THAT(error({"bind=none", "--kernel", "lab"}), HasSubstr("--kernel has no place beside --what-if"));
    EXPECT_THAT(error({"bind=none", "--format", "tree"}), HasSubstr("export FILE.skbt:first"));
    EXPECT_THAT(error({"bind=none", "-o", "x.tree"}), HasSubstr("export FILE.skbt:first"));
    const TemporaryDirectory dir;
    const std::string file = dir.path() / "changed.skbt", plain = dir.path() / "plain.skbt";
    ASSERT_EQ(runProgram({"run", "udp-veth", "--what-if", "bind=none", "-o", file}).code, 0);
    ASSERT_EQ(runProgram({"run", "udp-veth", "--side", "model", "-o", plain}).code, 0);
    EXPECT_THAT(runProgram({"export", file, "--to", "tree"}).err, HasSubstr("FILE.skbt:first or FILE.skbt:changed"));
    EXPECT_THAT(runProgram({"export", file + ":model", "--to", "tree"}).err, HasSubstr("two runs of the model"));
    EXPECT_THAT(runProgram({"compare", file, plain}).err, HasSubstr("say which: " + file + ":first"));
    EXPECT_THAT(runProgram({"compare", plain + ":changed", file + ":first"}).err,
                HasSubstr("does not hold two runs of the model"));
}

} // namespace
} // namespace skbscope::app
