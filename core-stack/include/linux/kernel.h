// SPDX-License-Identifier: GPL-2.0-or-later
// Small helpers that every part of the kernel uses.
#pragma once

#include "linux/bug.h"
#include "linux/types.h"

#include <algorithm>
#include <cstddef>

namespace skbscope::stack {

// 4.1.3 of every kernel book: from a member back to the object that holds it.
template <class T, class M> [[nodiscard]] inline T *container_of(M *ptr, M T::*member) {
    constexpr std::uintptr_t somewhere = 1 << 16; // any aligned address: nothing is read there
    const auto offset = reinterpret_cast<std::uintptr_t>(&(reinterpret_cast<T *>(somewhere)->*member)) - somewhere;
    return reinterpret_cast<T *>(reinterpret_cast<unsigned char *>(ptr) - offset);
}

template <class T> [[nodiscard]] constexpr T ALIGN(T value, std::size_t to) {
    return static_cast<T>((static_cast<std::size_t>(value) + to - 1) & ~(to - 1));
}
template <class T> [[nodiscard]] constexpr T DIV_ROUND_UP(T n, T d) {
    return static_cast<T>((n + d - 1) / d);
}

} // namespace skbscope::stack
