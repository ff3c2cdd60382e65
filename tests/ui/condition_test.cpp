// SPDX-License-Identifier: GPL-2.0-or-later
// What a user writes into the list of breakpoints, and what is answered when it cannot be understood.
#include "tests/ui/fixture.h"
#include "ui/models/breakpoint.h"

#include <gtest/gtest.h>

namespace {
using namespace skbscope;
using namespace skbscope::ui;

std::string wrong(const char *text) {
    const auto parsed = parseBreakpoint(QString::fromUtf8(text), nullptr);
    return parsed ? "understood" : parsed.error().message().toStdString();
}
std::string again(const char *text) {
    const auto parsed = parseBreakpoint(QString::fromUtf8(text), nullptr);
    return parsed ? parsed->text().toStdString() : parsed.error().message().toStdString();
}

TEST(Conditions, AreReadAndWrittenAgain) {
    EXPECT_EQ(again("len > 100"), "len > 100");
    EXPECT_EQ(again("  len>=0x10 "), "len >= 16");
    EXPECT_EQ(again("data changed"), "data changed");
    EXPECT_EQ(again("users == 2 and ip_summed == PARTIAL"), "users == 2 and ip_summed == PARTIAL");
    EXPECT_EQ(again("len < 60 && data changed"), "len < 60 and data changed");
    EXPECT_EQ(again("protocol == 0x0800"), "protocol == IPv4");
    EXPECT_EQ(again("pkt_type != HOST"), "pkt_type != HOST");
    EXPECT_EQ(again("mac_header == unset"), "mac_header == unset");
    EXPECT_EQ(again("dev == vb"), "dev == vb");
    EXPECT_EQ(again("ip_rcv()"), "ip_rcv");
    EXPECT_EQ(again("drop"), "drop");
    EXPECT_EQ(again("drop SKB_DROP_REASON_NO_SOCKET"), "drop NO_SOCKET");
    EXPECT_EQ(again("watch users"), "watch users");
}

// Every error names the place and what is allowed there.
TEST(Conditions, ThatCannotBeReadSayWhereAndWhatIsAllowed) {
    const auto says = [](const char *text, const char *place, const char *allowed) {
        const std::string message = wrong(text);
        EXPECT_EQ(message.rfind(place, 0), 0U) << text << " -> " << message;
        EXPECT_NE(message.find(allowed), std::string::npos) << text << " -> " << message;
    };
    says("", "At character 1: nothing is written", "a condition on a field");
    says("len", "At character 4: after `len` stands one of", "==, !=, <=, >=, <, >, changed");
    says("len >> 3", "At character 5: `>>` compares nothing", "==, !=");
    says("len =< 3", "At character 5: `=<` compares nothing", "<=");
    says("len > ", "At character 7: `len` is compared with nothing", "a number");
    says("len > much", "At character 7: `much` is no value of `len`", "a number, decimal or 0x");
    says("ip_summed == HALF", "At character 14: `HALF` is no value of `ip_summed`", "PARTIAL");
    says("length > 3", "At character 1: the sk_buff has no field `length`", "truesize");
    says("len > 3 len < 9", "At character 9: `len < 9` does not belong here", "`and`");
    says("len > 3 and", "At character 12: a field is missing", "data_len");
    says("dev < vb", "At character 7: devices have no order", "==");
    says("no_such_function", "At character 1: `no_such_function` is no function", "watch FIELD");
    says("drop BECAUSE", "At character 6: `BECAUSE` is no drop reason", "NO_SOCKET");
    says("watch size", "At character 7: the sk_buff has no field `size`", "truesize");
    says("data changedX", "At character 6: `changedX` compares nothing", "changed");
    says("len > -3", "At character 7: `-3` is no value", "a number");
}

// Nothing a user can type makes the parser do anything but answer.
TEST(Conditions, AnyTextGetsAnAnswer) {
    const char *pieces[] = {"len", " ", ">",    "=",     "and", "&&", "changed", "0x",
                            "9",   "*", "drop", "watch", "(",   "ä",  "`"};
    for (const char *a : pieces)
        for (const char *b : pieces)
            for (const char *c : pieces) {
                const QString text = QString::fromUtf8(a) + QString::fromUtf8(b) + QString::fromUtf8(c);
                const auto parsed = parseBreakpoint(text, nullptr);
                if (parsed) continue;
                EXPECT_GE(parsed.error().at, 0) << text.toStdString();
                EXPECT_LE(parsed.error().at, text.size()) << text.toStdString();
                EXPECT_FALSE(parsed.error().what.isEmpty()) << text.toStdString();
            }
}

class Stops : public testing::Test {
protected:
    std::shared_ptr<const TraceDocument> d = TraceDocument::build(ui::test::udpVeth());
    Landmarks landmarks{*d};
    std::vector<std::string> names(const char *text, SideKind side = SideKind::model) const {
        const auto parsed = parseBreakpoint(QString::fromUtf8(text), d.get());
        std::vector<std::string> out;
        EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message().toStdString());
        if (parsed)
            for (const quint32 step : stepsOf(*parsed, *d, landmarks, side))
                out.push_back(d->rows()[d->steps()[step].row].name.toStdString());
        return out;
    }
    using Names = std::vector<std::string>;
};

TEST_F(Stops, AreCallsOfTheFunction) {
    EXPECT_EQ(names("ip_rcv"), Names{"ip_rcv"});
    const auto all = names("ip_rcv*");
    EXPECT_GT(all.size(), 3U);
    for (const std::string &name : all)
        EXPECT_EQ(name.rfind("ip_rcv", 0), 0U);
    EXPECT_TRUE(names("tcp_v4_rcv").empty()); // known, but never called here
}

TEST_F(Stops, AreWhereAFieldChanges) {
    const auto moved = names("data changed");
    EXPECT_NE(std::find(moved.begin(), moved.end(), "skb_pull_inline"), moved.end());
    EXPECT_NE(std::find(moved.begin(), moved.end(), "skb_push"), moved.end());
    EXPECT_EQ(names("watch data"), moved);
}

// A comparison stops where it comes true, not wherever it holds.
TEST_F(Stops, AreWhereAComparisonComesTrue) {
    const auto big = names("len > 50");
    EXPECT_EQ(big, Names{"skb_push"}); // 40 -> 54 with the Ethernet header
    const auto both = names("len > 50 and data changed");
    EXPECT_EQ(both, Names{"skb_push"});
    EXPECT_TRUE(names("len > 100000").empty());
}

TEST_F(Stops, ReadTheSideThatIsLookedAt) {
    // the kernel compiled skb_pull_inline away: there the change is first seen at the next entry
    EXPECT_NE(names("data changed", SideKind::kernel), names("data changed", SideKind::model));
}
} // namespace
