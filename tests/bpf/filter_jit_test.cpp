// SPDX-License-Identifier: GPL-2.0-or-later
// Translated filters say what libpcap's own interpreter says: every opcode, at the edges, on random packets.
#include "bpf/filter_jit.h"
#include "bpf/probes/filter_marks.h"
#include "classic_filters.h"
#include "kernel_bpf.h"

#include <gmock/gmock.h>
#include <set>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using namespace skbscope::test;
using testing::HasSubstr;

std::vector<kernel_insn> translated(const std::vector<classic_insn> &filter) {
    auto out = translate(filter);
    EXPECT_TRUE(out) << out.error();
    return out ? std::move(*out) : std::vector<kernel_insn>();
}

void agrees(const std::vector<classic_insn> &filter, const packet &p, std::uint32_t length) {
    const auto program = translated(filter);
    EXPECT_EQ(kernel_bpf().run(program, p, length), ask_libpcap(filter, p, length));
}

TEST(FilterJit, ExpressionsOnPackets) {
    std::mt19937 random(1);
    std::uint32_t wanted = 0;
    for (const bool ethernet : {true, false}) {
        for (const char *text : expressions) {
            const auto filter = compile(text, ethernet);
            ASSERT_TRUE(filter) << text;
            const auto program = translated(*filter);
            for (int i = 0; i < 400; ++i) {
                const packet p = random_packet(random, ethernet);
                const auto length = static_cast<std::uint32_t>(p.size() + random() % 2 * 100);
                const std::uint32_t expected = ask_libpcap(*filter, p, length);
                ASSERT_EQ(kernel_bpf().run(program, p, length), expected) << text;
                wanted += expected != 0;
            }
        }
    }
    EXPECT_GT(wanted, 1000U) << "hardly any packet is wanted: this proves little";
}

TEST(FilterJit, EveryOpcodeInRandomFilters) {
    std::mt19937 random(2);
    std::set<std::uint16_t> used;
    for (int n = 0; n < 3000; ++n) {
        const auto filter = random_filter(random, 1 + random() % 40);
        for (const classic_insn &i : filter)
            used.insert(i.code);
        const auto program = translated(filter);
        for (int i = 0; i < 4; ++i) {
            const packet p = random_packet(random, true);
            ASSERT_EQ(kernel_bpf().run(program, p, 1000), ask_libpcap(filter, p, 1000)) << "filter " << n;
        }
    }
    EXPECT_EQ(used.size(), classic_opcodes().size());
}

// Each load with its last byte just inside and just outside, by constant and by X, and where the sum would wrap.
TEST(FilterJit, LoadsEndWhereThePacketEnds) {
    const packet p(64, 0x5a);
    for (const unsigned size : {0x00U, 0x08U, 0x10U}) {
        for (const std::uint32_t k :
             {0U, 59U, 60U, 61U, 62U, 63U, 64U, 65U, 0x7fffffffU, 0x80000000U, 0xfffffffcU, 0xffffffffU}) {
            agrees({{static_cast<std::uint16_t>(0x20 | size), 0, 0, k}, {0x06, 0, 0, 7}}, p, 64);
            for (const std::uint32_t x : {0U, 1U, 3U, 4U, 63U, 0xffffffffU, 0x80000000U})
                agrees({{0x01, 0, 0, x}, {static_cast<std::uint16_t>(0x40 | size), 0, 0, k}, {0x06, 0, 0, 7}}, p, 64);
        }
    }
    for (const std::uint32_t k : {0U, 63U, 64U, 0xffffffffU})
        agrees({{0xb1, 0, 0, k}, {0x87, 0, 0, 0}, {0x16, 0, 0, 0}}, p, 64);
}

TEST(FilterJit, ShiftsAndDivisionsByXAtTheirEdges) {
    for (const unsigned op : {0x30U, 0x60U, 0x70U, 0x90U}) // div lsh rsh mod
        for (const std::uint32_t a : {0U, 1U, 0x80000000U, 0xffffffffU})
            for (const std::uint32_t x : {0U, 1U, 31U, 32U, 33U, 0xffffffffU})
                agrees({{0x00, 0, 0, a},
                        {0x01, 0, 0, x},
                        {static_cast<std::uint16_t>(0x0c | op), 0, 0, 0},
                        {0x16, 0, 0, 0}},
                       packet(4), 4);
}

TEST(FilterJit, JumpsCompareUnsigned) {
    for (const unsigned op : {0x10U, 0x20U, 0x30U, 0x40U})
        for (const unsigned source : {0x00U, 0x08U})
            for (const std::uint32_t a : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU})
                for (const std::uint32_t b : {0U, 1U, 0x80000000U, 0xffffffffU})
                    for (const auto &[jt, jf] :
                         {std::pair(0, 1), std::pair(1, 0), std::pair(0, 0), std::pair(1, 2), std::pair(2, 1)})
                        agrees({{0x00, 0, 0, a},
                                {0x01, 0, 0, b},
                                {static_cast<std::uint16_t>(0x05 | op | source), static_cast<std::uint8_t>(jt),
                                 static_cast<std::uint8_t>(jf), b},
                                {0x06, 0, 0, 1},
                                {0x06, 0, 0, 2},
                                {0x06, 0, 0, 3}},
                               packet(4), 4);
}

TEST(FilterJit, WhatIsRefusedNamesTheInstruction) {
    const std::pair<std::vector<classic_insn>, const char *> cases[] = {
        {{}, "is empty"},
        {{{0x00, 0, 0, 1}}, "does not end with a return"},
        {{{0xffff, 0, 0, 1}, {0x06, 0, 0, 0}}, "instruction 0: unknown opcode 65535"},
        {{{0x15, 1, 0, 1}, {0x06, 0, 0, 0}}, "instruction 0: jumps out of the filter"},
        {{{0x15, 0, 255, 1}, {0x06, 0, 0, 0}}, "jumps out of the filter"},
        {{{0x05, 0, 0, 0xffffffff}, {0x06, 0, 0, 0}}, "jumps out of the filter"},
        {{{0x02, 0, 0, 16}, {0x06, 0, 0, 0}}, "no memory word 16"},
        {{{0x60, 0, 0, 16}, {0x06, 0, 0, 0}}, "no memory word 16"},
        {{{0x34, 0, 0, 0}, {0x06, 0, 0, 0}}, "divides by 0"},
        {{{0x94, 0, 0, 0}, {0x06, 0, 0, 0}}, "divides by 0"},
        {{{0x64, 0, 0, 32}, {0x06, 0, 0, 0}}, "shifts by more than 31"},
    };
    for (const auto &[filter, why] : cases) {
        const auto out = translate(filter);
        ASSERT_FALSE(out) << why;
        EXPECT_THAT(out.error(), HasSubstr(why));
    }
    EXPECT_FALSE(translate(std::vector<classic_insn>(classic_insns_max + 1, {0x06, 0, 0, 0})));
}

// The kernel refuses programs with instructions that are never reached.
TEST(FilterJit, DeadInstructionsAreLeftOut) {
    const auto program = translated({{0x06, 0, 0, 1}, {0x20, 0, 0, 0}, {0x06, 0, 0, 2}});
    EXPECT_TRUE(std::ranges::none_of(program, [](const kernel_insn &i) { return i.code == 0x85; }));
    EXPECT_EQ(std::ranges::count(program, 0x95, &kernel_insn::code), 1);
}

TEST(FilterJit, AnyBytesAreSafeInput) {
    std::mt19937 random(3);
    for (int n = 0; n < 20'000; ++n) {
        std::vector<classic_insn> filter(1 + random() % 8);
        for (classic_insn &i : filter)
            i = {static_cast<std::uint16_t>(random() % 4 == 0 ? random()
                                                              : classic_opcodes()[random() % classic_opcodes().size()]),
                 static_cast<std::uint8_t>(random() % 8), static_cast<std::uint8_t>(random() % 8),
                 static_cast<std::uint32_t>(random() % 40)};
        if (const auto program = translate(filter)) (void)kernel_bpf().run(*program, random_packet(random, true), 100);
    }
}

TEST(FilterSplice, MarksBecomeCallsAndNothingMoves) {
    const auto mark = [](std::int32_t value) { return kernel_insn{0xb7, 0, 0, value}; };
    const std::vector<kernel_insn> program{
        mark(SKBSCOPE_MARK_FILTERING), mark(SKBSCOPE_MARK_RAW), mark(1), mark(SKBSCOPE_MARK_ETHERNET), {0x95, 0, 0, 0}};
    const filter_pair filter{translated({{0x06, 0, 0, 1}}), translated({{0x06, 0, 0, 2}})};
    const auto out = with_filter(program, filter);
    ASSERT_EQ(out.size(), program.size() + filter.ethernet.size() + filter.raw.size());
    EXPECT_EQ(out[0].imm, SKBSCOPE_MARK_FILTERING_ON);
    EXPECT_EQ(out[2].imm, 1);
    for (const std::size_t at : {1U, 3U}) {
        EXPECT_EQ(out[at].code, 0x85);
        EXPECT_EQ(out[at].registers, 0x10);
    }
    // a call leads to the instruction after it, and as many further
    EXPECT_EQ(3 + 1 + out[3].imm, 5);
    EXPECT_EQ(static_cast<std::size_t>(1 + 1 + out[1].imm), 5 + filter.ethernet.size());
    const auto open = with_filter(program, {});
    EXPECT_EQ(open.size(), program.size());
    EXPECT_EQ(open[3].imm, SKBSCOPE_MARK_ETHERNET);
}

} // namespace
