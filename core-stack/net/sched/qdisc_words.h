// SPDX-License-Identifier: GPL-2.0-or-later
// A qdisc's options as `tc` writes them: "rate 1mbit burst 10kb limit 100kb". What tc itself would turn into netlink
// attributes. No kernel counterpart; Debian's iproute2 6.1: tc/tc_util.c says what the units mean.
#pragma once

#include "linux/types.h"

#include <optional>
#include <string_view>
#include <vector>

namespace skbscope::stack {

class qdisc_words {
public:
    explicit qdisc_words(std::string_view options);
    // The value behind `key`, which counts as understood; empty: not there, or the last word.
    [[nodiscard]] std::string_view take(std::string_view key);
    [[nodiscard]] bool has(std::string_view key) const;
    // Every word was understood.
    [[nodiscard]] bool all_taken() const;

private:
    struct word {
        std::string_view text;
        bool taken = false;
    };
    std::vector<word> words_;
};

// None: not a number, or its unit is unknown.
[[nodiscard]] std::optional<u64> tc_number(std::string_view text);
[[nodiscard]] std::optional<u64> tc_size(std::string_view text); // bytes: "1500", "10kb", "1mb" (of 1024)
[[nodiscard]] std::optional<u64> tc_rate(std::string_view text); // bytes a second: "1mbit", "500kbit", "100bps"
[[nodiscard]] std::optional<u64> tc_time(std::string_view text); // ns: "10ms", "200us", "1s"; without a unit us
// A share of 2^32 - 1: "100%", "0.5%".
[[nodiscard]] std::optional<u32> tc_percent(std::string_view text);

} // namespace skbscope::stack
