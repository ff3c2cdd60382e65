// SPDX-License-Identifier: GPL-2.0-or-later
// The grammar's promises about colour, recomputed from the theme file.
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <cmath>
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

// Second text and labels are as dark as the first (7 is WCAG's enhanced level), separators can be seen.
TEST(Theme, HighContrastIsHigher) {
    for (const Palette *base : {&Palette::light(), &Palette::dark()}) {
        const Palette high = base->highContrast();
        check(high, "high contrast");
        EXPECT_EQ(high[Ink::ink2], (*base)[Ink::ink]);
        EXPECT_EQ(high[Ink::ink3], (*base)[Ink::ink]);
        EXPECT_EQ(high[Ink::line], (*base)[Ink::lineS]);
        for (const Ink text : {Ink::ink, Ink::ink2, Ink::ink3})
            for (const Ink back : {Ink::bg, Ink::panel, Ink::panel2, Ink::nowRow, Ink::qTint})
                EXPECT_GE(contrast(high[text], high[back]), 7.0) << inkName(text) << " on " << inkName(back);
        for (const Ink back : {Ink::bg, Ink::panel, Ink::panel2})
            EXPECT_GE(contrast(high[Ink::line], high[back]), 3.0) << inkName(back);
    }
}

using Rgb = std::array<double, 3>;
using Matrix = std::array<Rgb, 3>;

double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

Rgb times(const Matrix &m, const Rgb &v) {
    Rgb out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return out;
}

// CIELAB (D65) of a colour as somebody sees it.
Rgb lab(const QColor &c, const Matrix &vision) {
    Rgb seen = times(vision, {linear(c.redF()), linear(c.greenF()), linear(c.blueF())});
    for (double &channel : seen)
        channel = std::clamp(channel, 0.0, 1.0);
    constexpr Matrix toXyz{
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    constexpr Rgb white{0.95047, 1, 1.08883};
    Rgb f = times(toXyz, seen);
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = f[i] / white[i];
        f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

// Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
struct Vision {
    const char *name;
    Matrix matrix;
    double least; // between any two layers
};
constexpr std::array visions = {
    Vision{"full", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, 35},
    Vision{"protan",
           {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
           16},
    Vision{"deutan",
           {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
           16},
    Vision{"tritan",
           {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
           11}};

// The grammar asks for 11; letter and pattern tell the layers apart where the colour does not.
TEST(Theme, LayersStayApartForEveryEye) {
    for (const Palette *palette : {&Palette::light(), &Palette::dark()})
        for (const Vision &v : visions)
            for (const Ink a : {Ink::aMark, Ink::tMark, Ink::nMark, Ink::lMark, Ink::qMark})
                for (const Ink b : {Ink::aMark, Ink::tMark, Ink::nMark, Ink::lMark, Ink::qMark}) {
                    if (a >= b) continue;
                    const Rgb l = lab((*palette)[a], v.matrix), r = lab((*palette)[b], v.matrix);
                    const double apart = std::hypot(l[0] - r[0], l[1] - r[1], l[2] - r[2]);
                    EXPECT_GE(apart, v.least) << v.name << ": " << inkName(a) << " and " << inkName(b);
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
