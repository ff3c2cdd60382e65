// SPDX-License-Identifier: GPL-2.0-or-later
// The same filters in the kernel itself: it takes the translation, and says what libpcap's interpreter says
// (BPF_PROG_TEST_RUN). Skipped, with the reason, without the privilege.
#include "bpf/filter_jit.h"
#include "bpf/probes/filter_marks.h"
#include "classic_filters.h"

#include <bpf/bpf.h>
#include <cstring>
#include <gtest/gtest.h>
#include <linux/bpf.h>
#include <unistd.h>

namespace {

using namespace skbscope;
using namespace skbscope::bpf;
using namespace skbscope::test;

// The program's context, which is kernel memory: what it is asked, what it answers, and the packet.
struct question {
    std::uint32_t length, have, answer, pad;
    std::uint8_t packet[256];
};

constexpr kernel_insn insn(unsigned code, unsigned dst, unsigned src, int off, std::int32_t imm) {
    return {static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(dst | src << 4U), static_cast<std::int16_t>(off),
            imm};
}

// Asks the filter as filter.bpf.h does: arguments in r1 to r3, a mark where the call will be. The address of the packet
// must be a number: the kernel would not let a pointer be added to.
std::vector<kernel_insn> asking() {
    return {
        insn(0xbf, 6, 1, 0, 0),    // r6 = context
        insn(0x7b, 10, 1, -8, 0),  // spill it
        insn(0xbf, 1, 10, 0, 0),   // r1 = frame - 16
        insn(0x07, 1, 0, 0, -16),  //
        insn(0xb7, 2, 0, 0, 8),    // r2 = 8
        insn(0xbf, 3, 10, 0, 0),   // r3 = frame - 8
        insn(0x07, 3, 0, 0, -8),   //
        insn(0x85, 0, 0, 0, 113),  // bpf_probe_read_kernel: its bytes, no pointer any more
        insn(0x79, 1, 10, -16, 0), // r1 = context as a number
        insn(0x07, 1, 0, 0, offsetof(question, packet)),
        insn(0x61, 2, 6, offsetof(question, length), 0),
        insn(0x61, 3, 6, offsetof(question, have), 0),
        insn(0xb7, 0, 0, 0, SKBSCOPE_MARK_ETHERNET), // the call
        insn(0x63, 6, 0, offsetof(question, answer), 0),
        insn(0xb7, 0, 0, 0, 0),
        insn(0x95, 0, 0, 0, 0),
    };
}

class FilterInKernel : public testing::Test {
protected:
    void SetUp() override {
        std::string why;
        program_ = load({classic_insn{0x06, 0, 0, 1}}, why);
        if (program_ < 0) GTEST_SKIP() << "the kernel takes no BPF program from this user: " << why;
        close(program_);
    }
    static int load(const std::vector<classic_insn> &filter, std::string &why) {
        const auto translation = translate(filter);
        EXPECT_TRUE(translation) << translation.error();
        if (!translation) return -1;
        const auto all = with_filter(asking(), {*translation, {}});
        std::string log(1U << 16, '\0');
        bpf_prog_load_opts opts{};
        opts.sz = sizeof opts;
        opts.prog_flags = BPF_F_SLEEPABLE;
        opts.log_buf = log.data();
        opts.log_size = static_cast<__u32>(log.size());
        opts.log_level = 0;
        const int fd = bpf_prog_load(BPF_PROG_TYPE_SYSCALL, "filter_test", "GPL",
                                     reinterpret_cast<const bpf_insn *>(all.data()), all.size(), &opts);
        if (fd < 0) why = std::string(std::strerror(errno)) + "\n" + log.c_str();
        return fd;
    }
    static std::uint32_t ask(int program, const packet &p, std::uint32_t length) {
        question q{};
        q.length = length;
        q.have = static_cast<std::uint32_t>(p.size());
        q.answer = 0xdead;
        std::memcpy(q.packet, p.data(), p.size());
        bpf_test_run_opts opts{};
        opts.sz = sizeof opts;
        opts.ctx_in = &q;
        opts.ctx_size_in = sizeof q;
        EXPECT_EQ(bpf_prog_test_run_opts(program, &opts), 0) << std::strerror(errno);
        return q.answer;
    }
    int program_ = -1;
};

TEST_F(FilterInKernel, ExpressionsOnPackets) {
    std::mt19937 random(11);
    unsigned wanted = 0;
    for (const bool ethernet : {true, false}) {
        for (const char *text : expressions) {
            const auto filter = compile(text, ethernet);
            ASSERT_TRUE(filter) << text;
            std::string why;
            const int program = load(*filter, why);
            ASSERT_GE(program, 0) << text << ": " << why;
            for (int i = 0; i < 40; ++i) {
                const packet p = random_packet(random, ethernet);
                const std::uint32_t expected = ask_libpcap(*filter, p, 1000);
                EXPECT_EQ(ask(program, p, 1000), expected) << text;
                wanted += expected != 0;
            }
            close(program);
        }
    }
    EXPECT_GT(wanted, 100U);
}

TEST_F(FilterInKernel, EveryOpcodeInRandomFilters) {
    std::mt19937 random(12);
    for (int n = 0; n < 300; ++n) {
        const auto filter = random_filter(random, 1 + random() % 40);
        std::string why;
        const int program = load(filter, why);
        ASSERT_GE(program, 0) << "filter " << n << ": " << why;
        for (int i = 0; i < 4; ++i) {
            const packet p = random_packet(random, true);
            EXPECT_EQ(ask(program, p, 1000), ask_libpcap(filter, p, 1000)) << "filter " << n;
        }
        close(program);
    }
}

} // namespace
