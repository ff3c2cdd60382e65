// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope export --to svg, png, html.
#include "program.h"

#include <gmock/gmock.h>

namespace skbscope::app {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string bundled = SKBSCOPE_SOURCE_DIR "/assets/traces/udp-veth.skbt";

// A build without the window says so; everything else is tested with one.
bool drawn(const Ran &ran) {
    if (ran.code != 3) return true;
    EXPECT_THAT(ran.err, HasSubstr("SKBSCOPE_GUI=OFF"));
    return false;
}

Ran exported(std::vector<std::string> words, const std::string &trace = bundled) {
    words.insert(words.begin(), {"export", trace});
    return runProgram(words);
}

TEST(ExportView, WritesPicturesAndPages) {
    const Ran svg = exported({"--to", "svg", "--at", "ip_rcv_core"});
    if (!drawn(svg)) return;
    EXPECT_EQ(svg.code, 0) << svg.err;
    EXPECT_THAT(svg.out, StartsWith("<?xml"));
    EXPECT_THAT(svg.out, HasSubstr("<desc>ip_rcv_core: "));
    const Ran again = exported({"--to", "svg", "--at", "ip_rcv_core"});
    EXPECT_EQ(again.out, svg.out);
    const Ran png = exported({"--to", "png", "--pane", "skbuff", "--scale", "1", "--theme", "dark"});
    EXPECT_THAT(png.out, StartsWith("\x89PNG"));
    const Ran page = exported({"--to", "html", "--side", "kernel"});
    EXPECT_THAT(page.out, StartsWith("<!DOCTYPE html>"));
    EXPECT_THAT(page.out, HasSubstr("\"side\":\"kernel\""));
    EXPECT_LT(page.out.size(), 1U << 20);
}

TEST(ExportView, SaysWhatThereIsNot) {
    if (!drawn(exported({"--to", "svg"}))) return;
    const TemporaryDirectory directory;
    const std::string file = (directory.path() / "x.svg").string();
    const auto refused = [&](std::vector<std::string> words, const std::string &why) {
        words.insert(words.end(), {"-o", file});
        const Ran ran = exported(words);
        EXPECT_EQ(ran.code, 2);
        EXPECT_THAT(ran.err, HasSubstr(why));
        EXPECT_FALSE(std::filesystem::exists(file)) << "nothing half done is left";
    };
    refused({"--to", "svg", "--at", "nosuch"}, "--at nosuch: no such function is called");
    refused({"--to", "png", "--at", "9999"}, "has calls 1 to");
    refused({"--to", "svg", "--step", "9999"}, "has steps 0 to");
    refused({"--to", "html", "--from", "20", "--until", "10"}, "--from is behind --until");
}

} // namespace
} // namespace skbscope::app
