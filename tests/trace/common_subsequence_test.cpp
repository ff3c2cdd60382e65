// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/common_subsequence.h"
#include "trace/divided_subsequence.h"

#include "random.h"

#include <gtest/gtest.h>

namespace skbscope::trace {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Names = std::vector<std::uint32_t>;

// The whole table, as the oracle's compare.py has it.
Pairs by_the_book(const Names &a, const Names &b) {
    std::vector<Names> t(a.size() + 1, Names(b.size() + 1));
    for (std::size_t i = a.size(); i-- > 0;)
        for (std::size_t j = b.size(); j-- > 0;)
            t[i][j] = a[i] == b[j] ? t[i + 1][j + 1] + 1 : std::max(t[i][j + 1], t[i + 1][j]);
    Pairs pairs;
    for (std::uint32_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j])
            pairs.emplace_back(i++, j++);
        else if (t[i + 1][j] >= t[i][j + 1])
            ++i;
        else
            ++j;
    }
    return pairs;
}

Names random_names(test::Random &random, std::size_t count, std::uint32_t kinds) {
    Names out(count);
    for (std::uint32_t &n : out)
        n = random.below(kinds);
    return out;
}

// Some left out, some put in.
Names mutate(test::Random &random, const Names &names, unsigned one_in, std::uint32_t kinds) {
    Names out;
    for (const std::uint32_t n : names) {
        if (random.one_in(one_in)) continue;
        if (random.one_in(one_in)) out.push_back(random.below(kinds));
        out.push_back(n);
    }
    return out;
}

void expect_common(const Pairs &pairs, const Names &a, const Names &b) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        ASSERT_EQ(a.at(pairs[i].first), b.at(pairs[i].second));
        if (i == 0) continue;
        ASSERT_LT(pairs[i - 1].first, pairs[i].first);
        ASSERT_LT(pairs[i - 1].second, pairs[i].second);
    }
}

TEST(CommonSubsequence, IsThatOfTheWholeTable) {
    test::Random random(1);
    for (int round = 0; round < 400; ++round) {
        const std::uint32_t kinds = 1 + random.below(20);
        const Names a = random_names(random, random.below(300), kinds);
        const Names b = round % 3 == 0 ? random_names(random, random.below(300), kinds)
                                       : mutate(random, a, 2 + random.below(40), kinds);
        const CommonSubsequence found = common_subsequence(a, b);
        ASSERT_TRUE(found.exact);
        ASSERT_EQ(found.pairs, by_the_book(a, b)) << "round " << round;
    }
}

TEST(CommonSubsequence, TakesEmptySides) {
    const Names none, some{1, 2, 3};
    EXPECT_TRUE(common_subsequence(none, none).pairs.empty());
    EXPECT_TRUE(common_subsequence(none, some).pairs.empty());
    EXPECT_TRUE(common_subsequence(some, none).pairs.empty());
    EXPECT_EQ(common_subsequence(some, some).pairs, (Pairs{{0, 0}, {1, 1}, {2, 2}}));
}

TEST(CommonSubsequence, IsQuickOnLongSidesThatHardlyDiffer) {
    test::Random random(2);
    const Names a = random_names(random, 30'000, 300);
    const Names b = mutate(random, a, 1000, 300);
    const CommonSubsequence found = common_subsequence(a, b); // the whole table would be 900 million cells
    EXPECT_TRUE(found.exact);
    EXPECT_GT(found.pairs.size(), a.size() * 99 / 100);
}

Names without_every(std::size_t nth, const Names &all) {
    Names out;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i % nth != 3) out.push_back(all[i]);
    return out;
}

// More left out than a table of bits can hold: cut into pieces first.
TEST(CommonSubsequence, IsFoundInPiecesWhereTheTableWouldBeTooLarge) {
    test::Random random(3);
    const Names a = random_names(random, 1'000'000, 300);
    const Names b = without_every(450, a);
    const CommonSubsequence found = common_subsequence(a, b);
    EXPECT_TRUE(found.exact);
    EXPECT_EQ(found.pairs.size(), b.size());
    expect_common(found.pairs, a, b);
}

TEST(CommonSubsequence, SaysThatItMayNotBeTheLongestWhereTooMuchDiffers) {
    test::Random random(4);
    const Names a = random_names(random, 150'000, 300);
    const Names b = without_every(7, a);
    const CommonSubsequence found = common_subsequence(a, b);
    EXPECT_FALSE(found.exact);
    EXPECT_GT(found.pairs.size(), b.size() * 99 / 100);
    expect_common(found.pairs, a, b);
}

// Of two stretches whose ends differ.
TEST(CommonSubsequence, OneOfTheLongestPassesWhereItIsCut) {
    test::Random random(5);
    for (int round = 0; round < 400; ++round) {
        const std::uint32_t kinds = 2 + random.below(20);
        Names a = random_names(random, 2 + random.below(200), kinds);
        Names b = round % 3 == 0 ? random_names(random, 2 + random.below(200), kinds)
                                 : mutate(random, a, 2 + random.below(20), kinds);
        if (b.empty()) continue;
        a.front() = a.back() = kinds;
        b.front() = b.back() = kinds + 1;
        const Cut cut = Divider(a, b).cut({0, std::ssize(a), 0, std::ssize(b)});
        ASSERT_TRUE(cut.best);
        const Names a_head(a.begin(), a.begin() + cut.a), a_tail(a.begin() + cut.a, a.end());
        const Names b_head(b.begin(), b.begin() + cut.b), b_tail(b.begin() + cut.b, b.end());
        ASSERT_EQ(by_the_book(a_head, b_head).size() + by_the_book(a_tail, b_tail).size(), by_the_book(a, b).size());
        ASSERT_TRUE(!a_head.empty() || !b_head.empty());
        ASSERT_TRUE(!a_tail.empty() || !b_tail.empty());
    }
}

} // namespace
} // namespace skbscope::trace
