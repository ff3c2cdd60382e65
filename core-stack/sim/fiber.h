// SPDX-License-Identifier: GPL-2.0-or-later
// A stack of its own for a task, so that it can sleep in the middle of a function. fiber_switch() is the one place
// where the stack changes.
#pragma once

#include <cstddef>
#include <functional>

namespace skbscope::stack {

struct fiber {
    // The stack the machine was called on.
    fiber() = default;
    // A new one; `entry` starts at the first switch to it and must never return: it ends by switching away for good.
    explicit fiber(std::function<void()> entry);
    ~fiber();
    fiber(const fiber &) = delete;
    fiber &operator=(const fiber &) = delete;

    void *context = nullptr; // where it goes on
    void *memory = nullptr;  // its stack with the guard page
    std::size_t memory_size = 0;
    const void *stack_bottom = nullptr;
    std::size_t stack_size = 0;
    void *fake_stack = nullptr; // AddressSanitizer's
    std::function<void()> entry;
};

// `last`: `from` never runs again.
void fiber_switch(fiber &from, fiber &to, bool last = false);

} // namespace skbscope::stack
