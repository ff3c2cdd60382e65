// SPDX-License-Identifier: GPL-2.0-or-later
// A pointer that may carry an errno instead: the top 4095 addresses are no addresses.
// Linux 6.1: include/linux/err.h
#pragma once

#include "linux/errno.h"
#include "linux/types.h"

namespace skbscope::stack {

inline constexpr std::uintptr_t MAX_ERRNO = 4095;

// Converts to any pointer type: return ERR_PTR(-ENOBUFS);
struct err_ptr_value {
    std::intptr_t error;
    template <class T> operator T *() const { return reinterpret_cast<T *>(error); } // NOLINT(*-explicit-*)
};
[[nodiscard]] inline err_ptr_value ERR_PTR(long error) {
    return {error};
}
[[nodiscard]] inline bool IS_ERR(const void *ptr) {
    return reinterpret_cast<std::uintptr_t>(ptr) >= static_cast<std::uintptr_t>(-static_cast<std::intptr_t>(MAX_ERRNO));
}
[[nodiscard]] inline bool IS_ERR_OR_NULL(const void *ptr) {
    return ptr == nullptr || IS_ERR(ptr);
}
[[nodiscard]] inline int PTR_ERR(const void *ptr) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(ptr));
}

} // namespace skbscope::stack
