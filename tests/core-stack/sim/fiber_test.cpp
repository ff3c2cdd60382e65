// SPDX-License-Identifier: GPL-2.0-or-later
#include "sim/fiber.h"

#include <gtest/gtest.h>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace skbscope::stack {
namespace {

TEST(Fiber, GoesOnWhereItLeft) {
    fiber main;
    std::vector<int> order;
    std::unique_ptr<fiber> f;
    f = std::make_unique<fiber>([&] {
        for (int i = 0; i < 3; ++i) {
            order.push_back(i);
            fiber_switch(*f, main);
        }
        fiber_switch(*f, main, true);
    });
    for (int i = 0; i < 3; ++i) {
        fiber_switch(main, *f);
        order.push_back(10 + i);
    }
    EXPECT_EQ(order, (std::vector{0, 10, 1, 11, 2, 12}));
}

// Deep frames, and stack memory that a sanitizer would find poisoned if the switch were not announced to it.
int deep(int n, const std::function<void()> &at_the_bottom) {
    volatile char frame[200] = {};
    frame[n % 200] = static_cast<char>(n);
    if (n == 0) at_the_bottom();
    return n == 0 ? 0 : 1 + deep(n - 1, at_the_bottom) + (frame[n % 200] == static_cast<char>(n) ? 0 : 1000);
}

TEST(Fiber, KeepsDeepStacksApart) {
    fiber main;
    std::vector<std::unique_ptr<fiber>> fibers(5);
    std::vector<int> results(fibers.size());
    for (std::size_t i = 0; i < fibers.size(); ++i)
        fibers[i] = std::make_unique<fiber>([&, i] {
            results[i] = deep(100 + static_cast<int>(i), [&] { fiber_switch(*fibers[i], main); });
            fiber_switch(*fibers[i], main, true);
        });
    for (int round = 0; round < 2; ++round)
        for (const auto &f : fibers)
            fiber_switch(main, *f);
    EXPECT_EQ(results, (std::vector{100, 101, 102, 103, 104}));
}

TEST(Fiber, CatchesWhatItThrows) {
    fiber main;
    std::unique_ptr<fiber> f;
    bool caught = false;
    f = std::make_unique<fiber>([&] {
        try {
            deep(20, [] { throw std::runtime_error("inside"); });
        } catch (const std::runtime_error &) {
            caught = true;
        }
        fiber_switch(*f, main, true);
    });
    fiber_switch(main, *f);
    EXPECT_TRUE(caught);
}

} // namespace
} // namespace skbscope::stack
