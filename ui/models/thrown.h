// SPDX-License-Identifier: GPL-2.0-or-later
// An exception that leaves a thread's function ends the program. What works on a thread of its own catches all of them
// and tells them like any other error.
#pragma once

#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace skbscope::ui {

// Within a handler: one line of what is being handled, as the command line says it.
[[nodiscard]] inline std::string thrownWords() {
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return "out of memory";
    } catch (const std::exception &e) {
        return std::string("internal error: ") + e.what();
    } catch (...) {
        return "internal error: no more is known";
    }
}

// What `work` returns (a tl::expected with a std::string), or its error for what it throws.
template <typename Work> [[nodiscard]] std::invoke_result_t<Work> orThrown(const Work &work) {
    using Result = std::invoke_result_t<Work>;
    try {
        return work();
    } catch (...) {
        return typename Result::unexpected_type(thrownWords());
    }
}

} // namespace skbscope::ui
