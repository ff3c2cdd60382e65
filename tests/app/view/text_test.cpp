// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/terminal/style.h"
#include "app/terminal/terminal.h"
#include "app/terminal/text.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace skbscope::app {
namespace {

TEST(Text, Columns) {
    EXPECT_EQ(columnsOf("abc"), 3U);
    EXPECT_EQ(columnsOf("0→1"), 3U);
    EXPECT_EQ(columnsOf(""), 0U);
}

TEST(Text, CutInTheMiddle) {
    EXPECT_EQ(cutMiddle("neigh_resolve_output", 20), "neigh_resolve_output");
    EXPECT_EQ(cutMiddle("neigh_resolve_output", 9), "neig…tput");
    EXPECT_EQ(cutMiddle("0→1→2→3", 5), "0→…→3");
    EXPECT_EQ(cutMiddle("abc", 1), "…");
    EXPECT_EQ(cutMiddle("abc", 0), "");
}

TEST(Text, CutAtTheEnd) {
    EXPECT_EQ(cutEnd("abcdef", 4), "abc…");
    EXPECT_EQ(cutEnd("abc", 3), "abc");
    EXPECT_EQ(cutEnd("abc", 0), "");
}

TEST(Text, Printable) {
    EXPECT_EQ(printable("a\x1b[1m\n\xff"), "a\\x1b[1m\\x0a\\xff");
}

TEST(Style, PaintsOnlyWhenAsked) {
    EXPECT_EQ(Style(false).paint(Ink::bold, "x"), "x");
    EXPECT_EQ(Style(true).paint(Ink::bold, "x"), "\x1b[1mx\x1b[0m");
    EXPECT_EQ(Style(true).paint(Ink::plain, "x"), "x");
}

TEST(Style, AsciiStandIns) {
    const Style ascii(false, true);
    EXPECT_EQ(ascii.plain("0→1 …"), "0>1 ~");
    EXPECT_EQ(ascii.glyph(trace::RowMark::inlined), "o");
    EXPECT_EQ(Style().glyph(trace::RowMark::inlined), "◌");
}

TEST(Terminal, AFileHasNoColourUnlessForced) {
    const int file = open("/dev/null", O_WRONLY);
    ASSERT_GE(file, 0);
    EXPECT_FALSE(settingsFor(file, ColourChoice::automatic, 0).colour);
    EXPECT_TRUE(settingsFor(file, ColourChoice::always, 0).colour);
    EXPECT_FALSE(settingsFor(file, ColourChoice::automatic, 0).ascii);
    EXPECT_EQ(settingsFor(file, ColourChoice::never, 97).width, 97U);
    setenv("COLUMNS", "133", 1);
    EXPECT_EQ(settingsFor(file, ColourChoice::never, 0).width, 133U);
    setenv("COLUMNS", "nonsense", 1);
    EXPECT_EQ(settingsFor(file, ColourChoice::never, 0).width, 120U);
    unsetenv("COLUMNS");
    close(file);
}

} // namespace
} // namespace skbscope::app
