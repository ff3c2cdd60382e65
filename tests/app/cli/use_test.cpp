// SPDX-License-Identifier: GPL-2.0-or-later
// Wrong use and bad input: one line on stderr that names the place, nothing on stdout, exit code 2 or 3.
#include "program.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace skbscope::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

void expectRefusal(const Ran &ran, int code, const std::string &message) {
    EXPECT_EQ(ran.code, code) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(message));
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
}

TEST(Use, HelpIsNoError) {
    const Ran ran = runProgram({"--help"});
    EXPECT_EQ(ran.code, 0);
    for (const char *command : {"run", "compare", "inspect", "export", "open", "lab"})
        EXPECT_THAT(ran.out, HasSubstr(command));
    for (const char *command : {"run", "compare", "inspect", "export", "open"}) {
        const Ran help = runProgram({command, "--help"});
        EXPECT_EQ(help.code, 0);
        EXPECT_THAT(help.out, HasSubstr("Usage"));
    }
}

// Qt would abort: "Reinstalling the application may fix this problem".
TEST(Use, ADisplayThatCannotBeReached) {
    const Ran ran = runProgram({"--allow-root"}, {{"DISPLAY", ":4711"}, {"QT_QPA_PLATFORM", "xcb"}});
    if (ran.err.find("has no window") != std::string::npos) GTEST_SKIP() << ran.err;
    expectRefusal(ran, 3, "skbscope: the window cannot be shown: could not connect to display :4711. Check DISPLAY");
}

TEST(Use, NoBundledScenariosWhereTheyAreLookedFor) {
    for (const std::vector<std::string> &words :
         {std::vector<std::string>{"run", "udp-veth"}, {"run", "x", "--what-if", "list"}})
        expectRefusal(runProgram(words, {{"SKBSCOPE_ASSETS", "/nowhere"}}), 2,
                      ": the bundled scenarios are not here; give a path, or set SKBSCOPE_ASSETS");
}

// The window's options may stand before the command, too; and what is wrong is said once.
TEST(Use, OptionsOfTheWindowBeforeOpen) {
    const Ran ran = runProgram({"--allow-root", "open", "/nowhere.skbt"}, {{"QT_QPA_PLATFORM", "offscreen"}});
    if (ran.err.find("has no window") != std::string::npos) GTEST_SKIP() << ran.err;
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("skbscope: /nowhere.skbt: cannot be opened"));
    EXPECT_THAT(ran.err, testing::Not(HasSubstr("skbscope: skbscope:")));
}

TEST(Use, CostsThatAreNone) {
    expectRefusal(runProgram({"experiment", "livelock", "--cost", "syscall=3"}), 2, "there are interrupt, isr-packet");
    for (const char *bad : {"interrupt", "interrupt=", "interrupt=-1", "interrupt=1us", "interrupt=2000000000"})
        expectRefusal(runProgram({"experiment", "livelock", "--cost", bad}), 2, std::string("--cost ") + bad);
}

TEST(Use, PicturesThatCannotBeWritten) {
    for (const char *option : {"--svg", "--csv", "--json"})
        expectRefusal(runProgram({"experiment", "livelock", option, "/nowhere/x"}), 2, "/nowhere/x: cannot be written");
}

// A short run, twice: the same bytes; the picture is an SVG that states the costs.
TEST(Use, AnExperimentGivesTheSameBytesTwice) {
    const std::vector<std::string> words = {"experiment", "livelock", "--modes",   "no-napi,napi",
                                            "--steps",    "2",        "--measure", "5",
                                            "--warm-up",  "5",        "--cost",    "system-call=900"};
    const auto with = [&](const std::string &option) {
        std::vector<std::string> all = words;
        all.insert(all.end(), {option, "-"});
        return runProgram(all);
    };
    const Ran csv = with("--csv"), again = with("--csv"), svg = with("--svg");
    EXPECT_EQ(csv.code, 0) << csv.err;
    EXPECT_EQ(csv.out, again.out);
    EXPECT_THAT(csv.out, HasSubstr("system-call 900"));
    EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 3 + 1 + 4);
    EXPECT_THAT(svg.out, StartsWith("<svg "));
}

TEST(Use, Version) {
    const Ran ran = runProgram({"--version"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, AllOf(StartsWith("skbscope "), HasSubstr("Linux 6.1")));
}

TEST(Use, WrongOptions) {
    const std::vector<std::vector<std::string>> wrong = {{"run"},
                                                         {"run", "udp-veth", "--sides", "model"},
                                                         {"run", "udp-veth", "--side", "left"},
                                                         {"run", "udp-veth", "--format", "xml"},
                                                         {"run", "udp-veth", "--depth", "-1"},
                                                         {"run", "udp-veth", "--width", "3"},
                                                         {"run", "udp-veth", "--color", "sometimes"},
                                                         {"fly"},
                                                         {"compare"},
                                                         {"compare", "a", "b", "c"},
                                                         {"export", "x.skbt"},
                                                         {"export", "x.skbt", "--to", "pdf"},
                                                         {"open"},
                                                         {"experiment"},
                                                         {"experiment", "flood"},
                                                         {"experiment", "livelock", "--modes", "polling"},
                                                         {"experiment", "livelock", "--steps", "0"},
                                                         {"experiment", "livelock", "--ring", "100"},
                                                         {"experiment", "livelock", "--payload", "1473"},
                                                         {"experiment", "bottom-halves", "--cpus", "17"}};
    for (const auto &arguments : wrong) {
        const Ran ran = runProgram(arguments);
        EXPECT_EQ(ran.code, 2) << testing::PrintToString(arguments) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_NE(ran.err, "");
    }
}

TEST(Use, UnknownScenario) {
    expectRefusal(runProgram({"run", "udp-vteh", "--side", "model"}), 2,
                  "skbscope: 'udp-vteh': no such file and no bundled scenario; did you mean 'udp-veth'?");
    expectRefusal(runProgram({"run", "no/such.yaml"}), 2, "no/such.yaml: cannot be read; check the path");
}

TEST(Use, BrokenScenarioNamesItsPlace) {
    const TemporaryDirectory dir;
    const auto file = dir.write("broken.yaml", "hosts: [a]\nsteps:\n  - { do: close, socket: s }\n");
    expectRefusal(runProgram({"run", file, "--side", "model"}), 2,
                  file.string() +
                      ":3:18: socket: no socket 's' yet; make it first: { do: socket, as: NAME, type: udp }");
}

TEST(Use, KernelThatIsNone) {
    expectRefusal(runProgram({"run", "udp-veth", "--kernel", "windows"}), 2, "use lab, host, recorded or ssh:HOST");
    expectRefusal(runProgram({"run", "udp-veth", "--kernel", "ssh:"}), 2, "use lab, host, recorded or ssh:HOST");
    expectRefusal(runProgram({"run", "udp-veth", "--kernel", "ssh:-oProxyCommand=x"}), 2, "no such kernel");
}

TEST(Use, OneSidedFormatsNeedASide) {
    expectRefusal(runProgram({"run", "udp-veth", "--format", "tree", "--kernel", "recorded"}), 2,
                  "add --side model or --side kernel");
    expectRefusal(runProgram({"run", "udp-veth", "-o", "x.state", "--kernel", "recorded"}), 2,
                  "x.state holds one side");
}

TEST(Use, MissingAssets) {
    const TemporaryDirectory dir;
    expectRefusal(runProgram({"run", "udp-veth"}, {{"SKBSCOPE_ASSETS", dir.path()}}), 2,
                  "the bundled scenarios are not here; give a path, or set SKBSCOPE_ASSETS");
}

TEST(Use, WhatTheLabRefuses) {
    expectRefusal(runProgram({"lab"}), 2, "standard input is no terminal; give --command");
    expectRefusal(runProgram({"lab", "--deterministic", "--cpus", "2", "--command", "true"}), 2, "--deterministic");
    expectRefusal(runProgram({"lab", "--command", "true", "--copy", "/nowhere/file"}), 2, "/nowhere/file: no file");
    expectRefusal(runProgram({"lab", "--command", "true", "--vmlinuz", "/dev/null"}), 2, "is no x86 kernel image");
    expectRefusal(runProgram({"run", "udp-veth", "--kernel", "recorded", "--cpus", "2"}), 2, "are for --kernel lab");
}

TEST(Use, TracesThatAreNone) {
    const TemporaryDirectory dir;
    const auto text = dir.write("text.skbt", "this is no trace\n");
    const auto tree = dir.write("bad.tree", "1\tx\tip_rcv\n");
    for (const char *command : {"compare", "export"}) {
        std::vector<std::string> arguments = {command, text};
        if (arguments[0] == "export") arguments.insert(arguments.end(), {"--to", "jsonl"});
        expectRefusal(runProgram(arguments), 2, text.string());
    }
    expectRefusal(runProgram({"compare", dir.path() / "none.skbt", text}), 2, "none.skbt");
    expectRefusal(runProgram({"compare", tree, tree}), 2, "bad.tree: line 1");
    expectRefusal(runProgram({"compare", dir.path(), tree}), 2, "is a directory");
}

TEST(Use, InspectUnknownFunction) {
    const Ran ran = runProgram({"inspect", "ip_rvc"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("'ip_rvc': no such function in the catalogue"), HasSubstr("ip_rcv")));
}

// Without a display (and without leave to be root) the window says why it does not open.
TEST(Use, NoWindowHere) {
    const Ran ran = runProgram({}, {{"QT_QPA_PLATFORM", "xcb"}});
    EXPECT_EQ(ran.code, 3) << ran.err;
    EXPECT_NE(ran.err, "");
}

} // namespace
} // namespace skbscope::app
