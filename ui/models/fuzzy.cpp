// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/fuzzy.h"

#include "ui/models/markup.h"

#include <algorithm>

namespace skbscope::ui {

namespace {
constexpr int unreachable = -1000000;
constexpr int together = 8, atWordStart = 6, anyLetter = 1;

bool startsWord(const QString &text, int at) {
    return at == 0 || !text[at - 1].isLetterOrNumber() || (text[at].isUpper() && text[at - 1].isLower());
}

// Best scores for the first q letters of the query with the last of them at each place of the text.
using Row = std::vector<int>;
} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &query, const QString &text) {
    QString wanted;
    for (const QChar c : query)
        if (!c.isSpace()) wanted += c.toLower();
    if (wanted.isEmpty()) return FuzzyMatch{};
    const QString lower = text.toLower();
    const int letters = int(wanted.size()), size = int(text.size());
    if (lower.size() != text.size()) return {}; // a letter whose small form is longer: not among our commands
    std::vector<Row> score(std::size_t(letters), Row(std::size_t(size), unreachable)), from = score;
    for (int q = 0; q < letters; ++q) {
        int best = unreachable, bestAt = -1; // of the row before, up to here
        for (int i = 0; i < size; ++i) {
            const auto at = std::size_t(i), row = std::size_t(q);
            if (lower[i] == wanted[q]) {
                const int own = anyLetter + (startsWord(text, i) ? atWordStart : 0);
                const int joined = q > 0 && i > 0 && score[row - 1][at - 1] > unreachable
                                       ? score[row - 1][at - 1] + own + together
                                       : unreachable;
                const int apart = q == 0 ? own : best > unreachable ? best + own : unreachable;
                score[row][at] = std::max(joined, apart);
                from[row][at] = joined >= apart ? i - 1 : bestAt;
            }
            if (q > 0 && score[row - 1][at] > best) best = score[row - 1][at], bestAt = i;
        }
    }
    const Row &last = score.back();
    const auto top = std::max_element(last.begin(), last.end());
    if (top == last.end() || *top <= unreachable / 2) return {};
    FuzzyMatch out{*top * 4 - size / 8, {}}; // of two alike the shorter one
    int at = int(top - last.begin());
    for (int q = letters; q-- > 0; at = from[std::size_t(q)][std::size_t(at)])
        out.places.push_back(at);
    std::reverse(out.places.begin(), out.places.end());
    return out;
}

QString withMatch(const QString &text, const std::vector<int> &places) {
    QString out, run;
    const auto flush = [&] {
        if (!run.isEmpty()) out += bold(run);
        run.clear();
    };
    for (int i = 0; i < text.size(); ++i) {
        if (std::binary_search(places.begin(), places.end(), i)) {
            run += text[i];
            continue;
        }
        flush();
        out += text[i];
    }
    flush();
    return out;
}

} // namespace skbscope::ui
