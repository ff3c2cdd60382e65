// SPDX-License-Identifier: GPL-2.0-or-later
// The grammar's promises about colour, recomputed from the theme file.
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <gtest/gtest.h>

namespace {
using namespace skbscope::ui;

struct Pair {
    Ink front, back;
};

// Text needs 4.5, marks that carry meaning 3 (WCAG 2).
const std::vector<Pair> texts = {
    {Ink::ink, Ink::panel},     {Ink::ink, Ink::panel2},    {Ink::ink, Ink::bg},         {Ink::ink, Ink::nowRow},
    {Ink::ink2, Ink::panel},    {Ink::ink2, Ink::panel2},   {Ink::ink2, Ink::bg},        {Ink::ink2, Ink::nowRow},
    {Ink::ink3, Ink::panel},    {Ink::ink3, Ink::panel2},   {Ink::ink3, Ink::bg},        {Ink::ink3, Ink::nowRow},
    {Ink::aText, Ink::aTint},   {Ink::tText, Ink::tTint},   {Ink::nText, Ink::nTint},    {Ink::lText, Ink::lTint},
    {Ink::qText, Ink::qTint},   {Ink::aText, Ink::panel},   {Ink::tText, Ink::panel},    {Ink::nText, Ink::panel},
    {Ink::lText, Ink::panel},   {Ink::nowInk, Ink::now},    {Ink::diffText, Ink::panel}, {Ink::diffText, Ink::nowRow},
    {Ink::procText, Ink::proc}, {Ink::softText, Ink::soft}, {Ink::hardText, Ink::hard},  {Ink::panel, Ink::ink},
    {Ink::ink2, Ink::qTint},    {Ink::ink3, Ink::qTint}};
const std::vector<Pair> marks = {{Ink::lineS, Ink::panel},     {Ink::lineS, Ink::panel2},   {Ink::lineS, Ink::bg},
                                 {Ink::ghost, Ink::panel},     {Ink::aMark, Ink::aTint},    {Ink::tMark, Ink::tTint},
                                 {Ink::nMark, Ink::nTint},     {Ink::lMark, Ink::lTint},    {Ink::qMark, Ink::qTint},
                                 {Ink::aMark, Ink::panel},     {Ink::tMark, Ink::panel},    {Ink::nMark, Ink::panel},
                                 {Ink::lMark, Ink::panel},     {Ink::qMark, Ink::panel},    {Ink::diffMark, Ink::panel},
                                 {Ink::diffMark, Ink::nowRow}, {Ink::nowMark, Ink::nowRow}, {Ink::nowMark, Ink::panel}};

void check(const Palette &palette, const char *name) {
    const auto ratio = [&palette](const Pair &p) { return contrast(palette[p.front], palette[p.back]); };
    for (const Pair &p : texts)
        EXPECT_GE(ratio(p), 4.5) << name << ": " << inkName(p.front) << " on " << inkName(p.back);
    for (const Pair &p : marks)
        EXPECT_GE(ratio(p), 3.0) << name << ": " << inkName(p.front) << " on " << inkName(p.back);
}

TEST(Theme, KnownContrasts) {
    EXPECT_DOUBLE_EQ(contrast(Qt::black, Qt::white), 21.0);
    EXPECT_DOUBLE_EQ(contrast(Qt::white, Qt::white), 1.0);
    EXPECT_NEAR(contrast(Palette::light()[Ink::ink], Palette::light()[Ink::panel]), 18.1, 0.05); // the grammar's figure
}

TEST(Theme, LightIsReadable) {
    check(Palette::light(), "light");
}
TEST(Theme, DarkIsReadable) {
    check(Palette::dark(), "dark");
}

TEST(Theme, HighContrastIsHigher) {
    for (const Palette *base : {&Palette::light(), &Palette::dark()}) {
        const Palette high = base->highContrast();
        check(high, "high contrast");
        EXPECT_EQ(high[Ink::ink3], (*base)[Ink::ink]);
        EXPECT_GE(contrast(high[Ink::line], high[Ink::panel]), 3.0);
    }
}

TEST(Theme, SwitchesAndTells) {
    Theme theme;
    theme.setMode(QStringLiteral("light"));
    int changes = 0;
    QObject::connect(&theme, &Theme::changed, [&changes] { ++changes; });
    theme.toggle();
    EXPECT_TRUE(theme.isDark());
    EXPECT_EQ(theme.palette(), Palette::dark());
    theme.setMode(QStringLiteral("mauve"));
    EXPECT_EQ(theme.mode(), QStringLiteral("dark"));
    EXPECT_EQ(changes, 1);
}

TEST(Fonts, FeaturesAreFrozenAndGarbageIsRefused) {
    EXPECT_TRUE(frozenFont(QByteArray("no font at all"), "Inter", "Skbsc").isEmpty());
    EXPECT_TRUE(frozenFont(QByteArray(300, '\xff'), "Inter", "Skbsc").isEmpty());
    QFile file(QStringLiteral("/usr/share/fonts/opentype/inter/Inter-Regular.otf"));
    if (!file.open(QIODevice::ReadOnly)) GTEST_SKIP() << "fonts-inter is not installed";
    const QByteArray before = file.readAll(), after = frozenFont(before, "Inter", "Skbsc");
    ASSERT_EQ(after.size(), before.size());
    EXPECT_TRUE(before.contains("tnum"));
    EXPECT_FALSE(after.contains("tnum")); // it goes by calt now, which is always on
    for (qsizetype cut = 0; cut < 4000; cut += 7)
        (void)frozenFont(before.left(cut), "Inter", "Skbsc");
}
} // namespace
