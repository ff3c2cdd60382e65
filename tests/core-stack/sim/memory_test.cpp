// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine_fixture.h"

#include "linux/skbuff.h"
#include "linux/slab.h"
#include "sim/arena.h"
#include "sim/asan.h"
#include "sim/machine_state.h"

#include <cstring>

namespace skbscope::stack {
namespace {

using Memory = machine_fixture;

TEST_F(Memory, ACacheHandsTheLastFreedObjectOutFirst) {
    kmem_cache *cache = kmem_cache_create("test", 100, 64);
    void *a = kmem_cache_alloc(cache);
    void *b = kmem_cache_alloc(cache);
    EXPECT_EQ(static_cast<u8 *>(b) - static_cast<u8 *>(a), 128);
    kmem_cache_free(cache, a);
    kmem_cache_free(cache, b);
    EXPECT_EQ(kmem_cache_alloc(cache), b);
    EXPECT_EQ(kmem_cache_alloc(cache), a);
}

// Found by tests/fuzz: the next machine's memory lay where this one's freed objects had been.
TEST(Arena, LeavesNothingPoisonedBehind) {
#if SKBSCOPE_ASAN
    auto memory = std::make_unique<arena>(1);
    const u8 *const base = memory->base;
    u8 *page = memory->take_pages(PAGE_SIZE);
    asan_poison(page, PAGE_SIZE);
    EXPECT_TRUE(__asan_address_is_poisoned(page));
    memory.reset();
    EXPECT_FALSE(__asan_address_is_poisoned(base));
#else
    GTEST_SKIP() << "built without AddressSanitizer";
#endif
}

TEST_F(Memory, ObjectsComeZeroed) {
    kmem_cache *cache = kmem_cache_create("test", 64, 8);
    auto *p = static_cast<u8 *>(kmem_cache_alloc(cache));
    std::memset(p, 0xff, 64);
    kmem_cache_free(cache, p);
    p = static_cast<u8 *>(kmem_cache_alloc(cache));
    for (int i = 0; i < 64; ++i)
        ASSERT_EQ(p[i], 0);
}

TEST_F(Memory, KmallocRoundsUpToItsClasses) {
    const std::pair<std::size_t, std::size_t> cases[] = {{1, 8},      {8, 8},       {9, 16},       {65, 96},
                                                         {97, 128},   {129, 192},   {193, 256},    {257, 512},
                                                         {513, 1024}, {4097, 8192}, {8193, 16384}, {16385, 32768}};
    for (const auto &[asked, given] : cases) {
        EXPECT_EQ(kmalloc_size_roundup(asked), given) << asked;
        void *p = kmalloc(asked);
        EXPECT_EQ(ksize(p), given) << asked;
        std::memset(p, 1, given);
        kfree(p);
        EXPECT_EQ(kmalloc(asked), p) << asked;
    }
}

TEST_F(Memory, TruesizeIsWhatTheKernelCounts) {
    // kmalloc-512 less 320 bytes of shared info leaves 192; the struct counts as 256.
    sk_buff *skb = alloc_skb(100, GFP_KERNEL);
    EXPECT_EQ(skb->end, 192u);
    EXPECT_EQ(skb->truesize, 768u);
    kfree_skb(skb);
    skb = alloc_skb(1536, GFP_KERNEL);
    EXPECT_EQ(skb->end, 1728u);
    EXPECT_EQ(skb->truesize, 2304u);
    kfree_skb(skb);
}

TEST(Memories, ShowTheSameAddressesInEveryRun) {
    const auto address = [] {
        machine m({});
        const machine::use use(m);
        sk_buff *skb = alloc_skb(100, GFP_KERNEL);
        const u64 shown = kernel_address(skb) ^ kernel_address(skb->head);
        kfree_skb(skb);
        return shown;
    };
    EXPECT_EQ(address(), address());
}

TEST_F(Memory, PagesLiveAsLongAsSomeoneRefersToThem) {
    page *p = alloc_pages(1);
    u8 *virt = page_address(p);
    get_page(p);
    put_page(p);
    std::memset(virt, 1, 2 * PAGE_SIZE);
    put_page(p);
    page *q = alloc_pages(1);
    EXPECT_EQ(page_address(q), virt);
    put_page(q);
}

} // namespace
} // namespace skbscope::stack
