// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/symbols.h"

#include <gtest/gtest.h>
#include <sstream>

namespace {

using namespace skbscope::bpf;

symbol_table table(const std::string &text, const symbol_table::preference &preferred = {}) {
    std::istringstream in(text);
    return symbol_table::read(in, preferred);
}

TEST(Symbols, AnAddressBelongsToTheFunctionThatBeginsBeforeIt) {
    const symbol_table t = table("ffffffff81000100 T ip_rcv\n"
                                 "ffffffff81000200 t ip_rcv_core.constprop.0\n"
                                 "ffffffff81000300 t veth_xmit\t[veth]\n");
    EXPECT_EQ(t.at(0xffffffff810000ff), "");
    EXPECT_EQ(t.at(0xffffffff81000100), "ip_rcv");
    EXPECT_EQ(t.at(0xffffffff810001ff), "ip_rcv");
    EXPECT_EQ(t.at(0xffffffff81000210), "ip_rcv_core");
    EXPECT_EQ(t.at(0xffffffff81000310), "veth_xmit");
    EXPECT_EQ(t.start_of(0xffffffff81000310), 0xffffffff81000300);
    EXPECT_TRUE(t.has("ip_rcv_core"));
    EXPECT_FALSE(t.has("ip_rcv_core.constprop.0"));
    EXPECT_TRUE(t.usable());
}

TEST(Symbols, DataAndDamagedLinesAreNoFunctions) {
    const symbol_table t = table("ffffffff82000100 D init_net\n"
                                 "nonsense\n\n"
                                 "xyz T not_hex\n"
                                 "ffffffff81000100 T\n"
                                 "ffffffff81000100 W weak_one\n");
    EXPECT_EQ(t.size(), 1U);
    EXPECT_EQ(t.at(0xffffffff81000101), "weak_one");
}

TEST(Symbols, OfSeveralNamesThePreferredOneStands) {
    const std::string aliases = "ffffffff81000100 T srso_alias\n"
                                "ffffffff81000100 T ip_rcv\n";
    EXPECT_EQ(table(aliases).at(0xffffffff81000100), "srso_alias");
    EXPECT_EQ(table(aliases, [](std::string_view n) { return n == "ip_rcv"; }).at(0xffffffff81000100), "ip_rcv");
}

TEST(Symbols, HiddenAddressesAreOfNoUse) {
    EXPECT_FALSE(table("0000000000000000 T ip_rcv\n0000000000000000 T ip_output\n").usable());
    EXPECT_FALSE(table("").usable());
}

TEST(Symbols, CompilerSuffixesMakeNoOtherFunction) {
    EXPECT_EQ(without_suffix("ip_rcv_core.constprop.0"), "ip_rcv_core");
    EXPECT_EQ(without_suffix("ip_route_input_rcu.part.0.isra.0"), "ip_route_input_rcu");
    EXPECT_EQ(without_suffix("kfree_skb_reason.cold"), "kfree_skb_reason");
    EXPECT_EQ(without_suffix("ip_rcv"), "ip_rcv");
}

} // namespace
