// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/nearest.h"
#include "app/scenario/parse.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

namespace skbscope::app {
namespace {

TEST(Parse, Numbers) {
    EXPECT_EQ(parseNumber("0"), 0U);
    EXPECT_EQ(parseNumber("4294967295"), 4294967295U);
    EXPECT_EQ(parseNumber("0xff"), 255U);
    for (const char *bad : {"", "-1", "+1", " 1", "1 ", "0x", "4294967296", "1.5", "0xg", "1e3"})
        EXPECT_FALSE(parseNumber(bad)) << bad;
}

TEST(Parse, Times) {
    EXPECT_EQ(parseMilliseconds("250"), 250U);
    EXPECT_EQ(parseMilliseconds("250ms"), 250U);
    EXPECT_EQ(parseMilliseconds("2 s"), 2000U);
    for (const char *bad : {"", "s", "ms", "2m", "4294968s"})
        EXPECT_FALSE(parseMilliseconds(bad)) << bad;
}

TEST(Parse, Addresses) {
    EXPECT_EQ(parseAddress("10.9.0.1"), inet_addr("10.9.0.1"));
    EXPECT_EQ(parseAddress("any"), 0U);
    for (const char *bad : {"", "10.9.0", "10.9.0.256", "10.9.0.1.1", "::1", "10.9.0.1 ", "010.9.0.1"})
        EXPECT_FALSE(parseAddress(bad)) << bad;
    EXPECT_FALSE(parseAddress(std::string_view("10.9.0.1\0x", 10)));
}

TEST(Parse, Prefixes) {
    EXPECT_EQ(parsePrefix("10.9.0.0/24")->length, 24U);
    EXPECT_EQ(parsePrefix("10.9.0.1")->length, 32U);
    EXPECT_EQ(parsePrefix("default")->length, 0U);
    for (const char *bad : {"/24", "10.9.0.0/", "10.9.0.0/33", "10.9.0.0/-1", "10.9.0.0/24/2"})
        EXPECT_FALSE(parsePrefix(bad)) << bad;
}

TEST(Parse, Macs) {
    EXPECT_EQ(macText(*parseMac("02:00:00:00:00:fF")), "02:00:00:00:00:ff");
    for (const char *bad :
         {"", "02:00:00:00:00", "02:00:00:00:00:0g", "02:00:00:00:00:011", "0200.0000.0001", "2:0:0:0:0:1"})
        EXPECT_FALSE(parseMac(bad)) << bad;
}

TEST(Parse, Hex) {
    EXPECT_EQ(parseHex("61 62\n63"), "abc");
    EXPECT_EQ(parseHex("61:62"), "ab");
    for (const char *bad : {"", " ", "6", "6 1", "0x61", "6g"})
        EXPECT_FALSE(parseHex(bad)) << bad;
}

TEST(Parse, Names) {
    EXPECT_EQ(splitDevice("a.eth0.100").device, "eth0.100");
    EXPECT_EQ(splitDevice("va").host, "");
    EXPECT_TRUE(validHostName("router-1"));
    for (const char *bad : {"", "-a", "a b", "a/b", "..", "abcdefghijklmnop"})
        EXPECT_FALSE(validHostName(bad)) << bad;
    EXPECT_TRUE(validDeviceName("eth0.100"));
    for (const char *bad : {"", ".", "..", "a/b", "a b", "a:b", "%d", "abcdefghijklmnop"})
        EXPECT_FALSE(validDeviceName(bad)) << bad;
}

TEST(Nearest, Distance) {
    EXPECT_EQ(editDistance("length", "length"), 0U);
    EXPECT_EQ(editDistance("lenght", "length"), 1U);
    EXPECT_EQ(editDistance("", "abc"), 3U);
    EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
}

TEST(Nearest, SuggestsOnlyWhatIsNear) {
    const std::vector<std::string> words = {"socket", "sendto", "send"};
    EXPECT_EQ(nearest("soket", words), "socket");
    EXPECT_EQ(nearest("snd", words), "send");
    EXPECT_EQ(nearest("bind", words), "");
    EXPECT_EQ(nearest("x", words), "");
    EXPECT_EQ(suggestion("zzz", words), "possible: socket, sendto, send");
}

} // namespace
} // namespace skbscope::app
