// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/nearest.h"

#include <algorithm>

namespace skbscope::app {

namespace {
constexpr std::size_t longestWord = 64; // a longer one is not a typing mistake, and costs quadratic time
} // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> twoAgo(b.size() + 1), oneAgo(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        oneAgo[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = oneAgo[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            now[j] = std::min({replaced, oneAgo[j] + 1, now[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) now[j] = std::min(now[j], twoAgo[j - 2] + 1);
        }
        std::swap(twoAgo, oneAgo);
        std::swap(oneAgo, now);
    }
    return oneAgo[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string> &candidates) {
    if (word.size() > longestWord) return {};
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string &c : candidates) {
        const std::size_t d = editDistance(word, c);
        if (d >= bestDistance || d >= word.size()) continue; // nothing of the word would be left
        best = c;
        bestDistance = d;
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string> &candidates) {
    if (const std::string meant = nearest(word, candidates); !meant.empty()) return "did you mean '" + meant + "'?";
    std::string list;
    for (const std::string &c : candidates)
        list += (list.empty() ? "possible: " : ", ") + c;
    return list;
}

} // namespace skbscope::app
