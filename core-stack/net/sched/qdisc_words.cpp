// SPDX-License-Identifier: GPL-2.0-or-later
#include "net/sched/qdisc_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <limits>

namespace skbscope::stack {

namespace {

struct unit {
    std::string_view name;
    double factor;
};

std::optional<double> with_unit(std::string_view text, std::initializer_list<unit> units) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value < 0) return std::nullopt;
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const unit &u : units)
        if (rest == u.name) return value * u.factor;
    return std::nullopt;
}

std::optional<u64> whole(std::optional<double> value) {
    if (!value || *value > 9e18) return std::nullopt;
    return static_cast<u64>(*value);
}

} // namespace

qdisc_words::qdisc_words(std::string_view options) {
    while (!options.empty()) {
        const std::size_t end = std::min(options.find(' '), options.size());
        if (end != 0) words_.push_back({options.substr(0, end)});
        options.remove_prefix(std::min(end + 1, options.size()));
    }
}

std::string_view qdisc_words::take(std::string_view key) {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
        if (words_[i].taken || words_[i].text != key) continue;
        words_[i].taken = words_[i + 1].taken = true;
        return words_[i + 1].text;
    }
    return {};
}

bool qdisc_words::has(std::string_view key) const {
    return std::ranges::any_of(words_, [key](const word &w) { return !w.taken && w.text == key; });
}

bool qdisc_words::all_taken() const {
    return std::ranges::all_of(words_, [](const word &w) { return w.taken; });
}

std::optional<u64> tc_number(std::string_view text) {
    return whole(with_unit(text, {{"", 1}}));
}
std::optional<u64> tc_size(std::string_view text) {
    return whole(with_unit(text, {{"", 1}, {"b", 1}, {"k", 1024}, {"kb", 1024}, {"m", 1048576}, {"mb", 1048576}}));
}
std::optional<u64> tc_rate(std::string_view text) {
    return whole(with_unit(text, {{"bit", 0.125}, {"kbit", 125}, {"mbit", 125e3}, {"gbit", 125e6}, {"bps", 1}}));
}
std::optional<u64> tc_time(std::string_view text) {
    return whole(with_unit(text, {{"", 1e3}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}}));
}
std::optional<u32> tc_percent(std::string_view text) {
    const auto share = with_unit(text, {{"%", 0.01}});
    if (!share || *share > 1) return std::nullopt;
    return static_cast<u32>(std::lround(*share * std::numeric_limits<u32>::max()));
}

} // namespace skbscope::stack
