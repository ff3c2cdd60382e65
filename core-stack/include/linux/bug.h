// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel panics or warns about, the model throws: a wrong step is an error of the model (or of a
// scenario), and must never be passed over.
#pragma once

#include <stdexcept>
#include <string>

namespace skbscope::stack {

struct kernel_panic : std::runtime_error {
    using std::runtime_error::runtime_error;
};
[[noreturn, gnu::cold]] void panic(const std::string &what);
[[noreturn, gnu::cold]] void bug(const char *what); // panic(), without a string to be made where it is called

} // namespace skbscope::stack

// Evaluate once. BUG_ON stops the machine; WARN_ON does so too, because in the model it can only be our own mistake.
#define SKBSCOPE_BUG_TEXT_(cond) __FILE__ ": BUG: " #cond
#define BUG_ON(cond)                                                                                                   \
    do {                                                                                                               \
        if (cond) [[unlikely]]                                                                                         \
            ::skbscope::stack::bug(SKBSCOPE_BUG_TEXT_(cond));                                                          \
    } while (0)
#define WARN_ON_ONCE(cond) BUG_ON(cond)
