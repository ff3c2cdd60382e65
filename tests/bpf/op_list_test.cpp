// SPDX-License-Identifier: GPL-2.0-or-later
#include "oplists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace {

using namespace skbscope::bpf;
using skbscope::test::on_host;
using skbscope::test::udp_loopback;
using testing::HasSubstr;

std::span<const std::byte> bytes_of(const std::string &text) {
    return std::as_bytes(std::span(text));
}

std::string fault(const op_list &list) {
    const auto ok = check(list);
    return ok ? "" : ok.error().message();
}

TEST(OpList, SurvivesTheWire) {
    op_list list = udp_loopback();
    op mac = on_host(SKBSCOPE_OP_MAC, 1, "va");
    list.ops.insert(list.ops.begin() + 1, mac);
    list.ops[1].data = 0;
    list.ops[1].data_len = 6;
    list.blob = "\x02\x01\x03\x04\x05\x06";
    const std::string bytes = encode(list);
    const auto back = decode(bytes_of(bytes));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(encode(*back), bytes);
    EXPECT_EQ(back->data_of(back->ops[1]), list.blob);
    EXPECT_EQ(name_of(back->ops[1].name), "va");
}

TEST(OpList, NamesWhatIsWrongAndWhere) {
    const auto with = [](auto &&change) {
        op_list list = udp_loopback();
        list.ops.back().line = 42;
        change(list);
        return fault(list);
    };
    EXPECT_EQ(with([](op_list &) {}), "");
    EXPECT_THAT(with([](op_list &l) { l.ops.back().kind = 999; }), HasSubstr("line 42"));
    EXPECT_THAT(with([](op_list &l) { l.ops.back().kind = 999; }), HasSubstr("unknown kind of operation 999"));
    EXPECT_THAT(with([](op_list &l) { l.ops[1].host = 7; }), HasSubstr("no such host 7"));
    EXPECT_THAT(with([](op_list &l) { l.ops[1].host = 0; }), HasSubstr("no such host 0"));
    EXPECT_THAT(with([](op_list &l) { l.ops[2].sock = SKBSCOPE_SOCKETS_MAX; }), HasSubstr("socket index"));
    EXPECT_THAT(with([](op_list &l) { l.ops[0].name[0] = '/'; }), HasSubstr("name"));
    EXPECT_THAT(with([](op_list &l) { l.ops[0].name[0] = 0; }), HasSubstr("name is missing"));
    EXPECT_THAT(with([](op_list &l) { std::ranges::fill(l.ops[0].name, 'x'); }), HasSubstr("longer than 15"));
    EXPECT_THAT(with([](op_list &l) { l.ops[6].data_len = 5; }), HasSubstr("outside the list"));
    EXPECT_THAT(with([](op_list &l) { l.ops[6].data = 0xfffffff0, l.ops[6].data_len = 0x20; }), HasSubstr("outside"));
    EXPECT_THAT(with([](op_list &l) { l.ops[6].arg[0] = 2'000'000; }), HasSubstr("length over"));
    EXPECT_THAT(with([](op_list &l) { l.ops.resize(SKBSCOPE_OP_MAX + 1, l.ops.back()); }), HasSubstr("more than 4096"));
    EXPECT_THAT(with([](op_list &l) { l.add(on_host(SKBSCOPE_OP_ADDRESS, 1, "va")).arg[0] = 33; }),
                HasSubstr("prefix"));
    EXPECT_THAT(with([](op_list &l) { l.add(on_host(SKBSCOPE_OP_MAC, 1, "va"), "12345"); }), HasSubstr("6 to 6 bytes"));
}

TEST(OpList, HostsCountFromOneInOrder) {
    op_list list;
    list.add(on_host(SKBSCOPE_OP_HOST, 2, "b"));
    EXPECT_THAT(fault(list), HasSubstr("no such host"));
    list.ops[0].host = 1;
    list.add(on_host(SKBSCOPE_OP_HOST, 1, "b"));
    EXPECT_THAT(fault(list), HasSubstr("not numbered in order"));
}

TEST(OpList, RefusesBytesThatAreNoList) {
    const std::string good = encode(udp_loopback());
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(decode(bytes_of(good.substr(0, length)))) << length;
    EXPECT_FALSE(decode(bytes_of(good + "x")));
    std::string other = good;
    other[4] = 9;
    EXPECT_THAT(decode(bytes_of(other)).error().what, HasSubstr("version 9"));
}

TEST(OpList, DamagedBytesNeverGetPastTheCheck) {
    const std::string good = encode(udp_loopback());
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good;
        for (int i = 0; i < 3; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto list = decode(bytes_of(bytes));
        if (!list) continue;
        EXPECT_TRUE(check(*list));
        for (const op &o : list->ops) { // all that the agent indexes with
            EXPECT_LE(std::size_t{o.data} + o.data_len, list->blob.size());
            EXPECT_LT(o.sock, SKBSCOPE_SOCKETS_MAX);
            EXPECT_LE(o.host, list->ops.size());
        }
    }
}

} // namespace
