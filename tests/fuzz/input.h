// SPDX-License-Identifier: GPL-2.0-or-later
// A fuzzer's bytes, taken piece by piece.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace skbscope::fuzz {

class Input {
public:
    Input(const std::uint8_t *data, std::size_t size) : left_(reinterpret_cast<const char *>(data), size) {}
    [[nodiscard]] bool empty() const { return left_.empty(); }
    std::uint8_t byte() { return empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(take(1)[0]); }
    std::string_view take(std::size_t count) {
        const std::string_view part = left_.substr(0, std::min(count, left_.size()));
        left_.remove_prefix(part.size());
        return part;
    }
    std::string_view rest() { return take(left_.size()); }

private:
    std::string_view left_;
};

} // namespace skbscope::fuzz
