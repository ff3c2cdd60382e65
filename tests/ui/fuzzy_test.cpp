// SPDX-License-Identifier: GPL-2.0-or-later
// What the palette finds and marks: letters that stand together before letters that begin words elsewhere.
#include "ui/models/fuzzy.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope::ui;

std::string marked(const char *query, const char *text) {
    const auto match = fuzzyMatch(QString::fromUtf8(query), QString::fromUtf8(text));
    return match ? withMatch(QString::fromUtf8(text), match->places).toStdString() : "nothing";
}

int score(const char *query, const char *text) {
    const auto match = fuzzyMatch(QString::fromUtf8(query), QString::fromUtf8(text));
    return match ? match->score : -1;
}

TEST(Fuzzy, WhatStandsTogetherIsMarked) {
    EXPECT_EQ(marked("pushes 14", "eth_header pushes 14 bytes: data 16, len 40"),
              "eth_header **pushes** **14** bytes: data 16, len 40");
    EXPECT_EQ(marked("eth_type_trans", "eth_type_trans pulls 14 bytes (__skb_pull)"),
              "**eth_type_trans** pulls 14 bytes (__skb_pull)");
    EXPECT_EQ(marked("sbo", "Step back over"), "**S**tep **b**ack **o**ver");
    EXPECT_EQ(marked("xyz", "Step back over"), "nothing");
}

TEST(Fuzzy, AFunctionsOwnNameComesFirst) {
    EXPECT_GT(score("eth_type_trans", "eth_type_trans"),
              score("eth_type_trans", "eth_type_trans pulls 14 bytes: data 2, len 54 (__skb_pull)"));
    EXPECT_GT(score("push", "eth_header pushes 14 bytes"), score("push", "Put up such a host"));
}
} // namespace
