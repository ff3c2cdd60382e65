// SPDX-License-Identifier: GPL-2.0-or-later
#include "../sim/machine_fixture.h"

#include "linux/skbuff.h"
#include "linux/uio.h"
#include "net/checksum.h"

#include <cstring>
#include <random>

namespace skbscope::stack {
namespace {

// RFC 1071, word by word, as one would on paper. The result as it stands in memory.
sum16 naive(const std::vector<u8> &bytes) {
    u32 sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2)
        sum += u32{bytes[i]} << 8 | (i + 1 < bytes.size() ? bytes[i + 1] : 0U);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return swap16(static_cast<u16>(~sum));
}

std::vector<u8> random_bytes(std::mt19937 &random, std::size_t n) {
    std::vector<u8> v(n);
    for (u8 &b : v)
        b = static_cast<u8>(random());
    return v;
}

TEST(Checksum, AgreesWithTheTextbook) {
    std::mt19937 random(5);
    for (std::size_t n = 0; n < 300; ++n) {
        const auto bytes = random_bytes(random, n);
        EXPECT_EQ(csum_fold(csum_partial(bytes.data(), n, 0)), naive(bytes)) << n;
    }
    const std::vector<u8> ones(1500, 0xff);
    EXPECT_EQ(csum_fold(csum_partial(ones.data(), ones.size(), 0)), naive(ones));
}

TEST(Checksum, OfAKnownIpHeader) {
    std::vector<u8> header{0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
                           0x00, 0x00, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7};
    EXPECT_EQ(swap16(ip_fast_csum(header.data(), 5)), 0xb861);
    header[10] = 0xb8;
    header[11] = 0x61;
    EXPECT_EQ(ip_fast_csum(header.data(), 5), 0);
}

TEST(Checksum, PiecesAddUpWhereverTheyAreCut) {
    std::mt19937 random(6);
    for (int i = 0; i < 500; ++i) {
        const auto bytes = random_bytes(random, 1 + random() % 200);
        const std::size_t cut = random() % bytes.size();
        const wsum a = csum_partial(bytes.data(), cut, 0);
        const wsum b = csum_partial(bytes.data() + cut, bytes.size() - cut, 0);
        const wsum whole = csum_partial(bytes.data(), bytes.size(), 0);
        EXPECT_EQ(csum_fold(csum_block_add(a, b, cut)), csum_fold(whole));
        if (cut == 0) continue; // nothing is left: ones' complement has two zeros
        EXPECT_EQ(csum_fold(csum_block_sub(whole, b, cut)), csum_fold(a));
    }
}

TEST(Checksum, ThePseudoHeaderCounts) {
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
        const auto addresses = random_bytes(random, 8);
        const auto data = random_bytes(random, 8 + random() % 100);
        be32 s, d;
        std::memcpy(&s, addresses.data(), 4);
        std::memcpy(&d, addresses.data() + 4, 4);
        std::vector<u8> all = addresses;
        all.push_back(0);
        all.push_back(17);
        all.push_back(static_cast<u8>(data.size() >> 8));
        all.push_back(static_cast<u8>(data.size()));
        all.insert(all.end(), data.begin(), data.end());
        EXPECT_EQ(csum_tcpudp_magic(s, d, static_cast<u32>(data.size()), 17, csum_partial(data.data(), data.size(), 0)),
                  naive(all));
    }
}

TEST(Checksum, IsUpdatedInPlace) {
    std::mt19937 random(8);
    for (int i = 0; i < 200; ++i) {
        auto bytes = random_bytes(random, 40);
        sum16 sum = naive(bytes);
        be32 old32, new32 = be32::from_raw(static_cast<u32>(random()));
        std::memcpy(&old32, bytes.data() + 8, 4);
        std::memcpy(bytes.data() + 8, &new32, 4);
        csum_replace4(&sum, old32, new32);
        EXPECT_EQ(sum, naive(bytes));
        be16 old16, new16 = be16::from_raw(static_cast<u16>(random()));
        std::memcpy(&old16, bytes.data() + 20, 2);
        std::memcpy(bytes.data() + 20, &new16, 2);
        csum_replace2(&sum, old16, new16);
        EXPECT_EQ(sum, naive(bytes));
    }
}

using SkbChecksum = machine_fixture;

sk_buff *packet_in_pieces(const std::vector<u8> &bytes, std::size_t linear, std::size_t frag) {
    sk_buff *skb = alloc_skb(256, GFP_KERNEL);
    skb_reserve(skb, 16);
    std::memcpy(skb_put(skb, static_cast<unsigned>(linear)), bytes.data(), linear);
    int i = 0;
    for (std::size_t at = linear; at < bytes.size(); at += frag) {
        const std::size_t n = std::min(frag, bytes.size() - at);
        page *p = alloc_pages(0);
        std::memcpy(page_address(p), bytes.data() + at, n);
        skb_add_rx_frag(skb, i++, p, 0, static_cast<int>(n), PAGE_SIZE);
    }
    return skb;
}

TEST_F(SkbChecksum, SumsAcrossThePieces) {
    std::mt19937 random(9);
    for (int i = 0; i < 300; ++i) {
        const auto bytes = random_bytes(random, 20 + random() % 400);
        const std::size_t linear = 1 + random() % 19;
        sk_buff *skb = packet_in_pieces(bytes, linear, 31 + random() % 60);
        const int offset = static_cast<int>(random() % bytes.size());
        const int len = static_cast<int>(bytes.size()) - offset;
        const std::vector<u8> part(bytes.begin() + offset, bytes.end());
        EXPECT_EQ(csum_fold(skb_checksum(skb, offset, len, 0)), naive(part));
        std::vector<u8> copy(part.size());
        EXPECT_EQ(csum_fold(skb_copy_and_csum_bits(skb, offset, copy.data(), len)), naive(part));
        EXPECT_EQ(copy, part);
        kfree_skb(skb);
    }
}

TEST_F(SkbChecksum, HelpStoresWhatTheDeviceWouldHave) {
    const std::vector<u8> bytes(60, 3);
    sk_buff *skb = packet_in_pieces(bytes, 60, 1);
    skb->ip_summed = CHECKSUM_PARTIAL;
    skb->csum_start = static_cast<u16>(skb_headroom(skb) + 20);
    skb->csum_offset = 6;
    std::memset(skb->data + 26, 0, 2);
    ASSERT_EQ(skb_checksum_help(skb), 0);
    EXPECT_EQ(skb->ip_summed, CHECKSUM_NONE);
    EXPECT_EQ(csum_fold(csum_partial(skb->data + 20, 40, 0)), 0);
    skb->ip_summed = CHECKSUM_PARTIAL;
    skb->csum_offset = 100;
    EXPECT_EQ(skb_checksum_help(skb), -EINVAL);
    kfree_skb(skb);
}

TEST_F(SkbChecksum, ASumOverAllFollowsWhatIsPulled) {
    std::mt19937 random(10);
    const auto bytes = random_bytes(random, 61);
    sk_buff *skb = packet_in_pieces(bytes, 61, 1);
    skb->ip_summed = CHECKSUM_COMPLETE;
    skb->csum = csum_partial(skb->data, skb->len, 0);
    skb_pull_rcsum(skb, 14);
    EXPECT_EQ(csum_fold(skb->csum), csum_fold(csum_partial(skb->data, skb->len, 0)));
    skb_push_rcsum(skb, 14);
    EXPECT_EQ(csum_fold(skb->csum), naive(bytes));
    ASSERT_EQ(pskb_trim_rcsum(skb, 40), 0);
    EXPECT_EQ(csum_fold(skb->csum), csum_fold(csum_partial(skb->data, 40, 0)));
    kfree_skb(skb);
}

TEST_F(SkbChecksum, IterIsCopiedAndSummedAcrossSegments) {
    std::mt19937 random(11);
    for (int i = 0; i < 200; ++i) {
        const auto bytes = random_bytes(random, 1 + random() % 90);
        const std::size_t cut = random() % bytes.size();
        auto source = bytes;
        iovec iov[2] = {{source.data(), cut}, {source.data() + cut, source.size() - cut}};
        iov_iter from;
        iov_iter_init(&from, WRITE, iov, 2, bytes.size());
        std::vector<u8> copy(bytes.size());
        wsum sum = 0;
        ASSERT_TRUE(csum_and_copy_from_iter_full(copy.data(), copy.size(), &sum, &from));
        EXPECT_EQ(copy, bytes);
        EXPECT_EQ(csum_fold(sum), naive(bytes));
        EXPECT_EQ(iov_iter_count(&from), 0u);
        EXPECT_FALSE(csum_and_copy_from_iter_full(copy.data(), 1, &sum, &from));
        iov_iter_revert(&from, bytes.size());
        EXPECT_EQ(iov_iter_count(&from), bytes.size());
        ASSERT_TRUE(copy_from_iter_full(copy.data(), bytes.size(), &from));
        EXPECT_EQ(copy, bytes);
    }
}

} // namespace
} // namespace skbscope::stack
