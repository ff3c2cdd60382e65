// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/scenes/calls_painter.h"

#include "ui/models/holdings.h"
#include "ui/models/phrase.h"

#include <algorithm>

namespace skbscope::ui::calls {

bool CallsPainter::isInView(trace::RowMark mark, const CallWindow &window) const {
    return std::any_of(window.lines.begin(), window.lines.end(), [&](const CallLine &line) {
        return line.kind == CallLine::row && !(model_.curtain() && isToCome(line)) &&
               model_.cells(line.row_).mark == mark;
    });
}

void CallsPainter::legend(const CallWindow &window) {
    using trace::RowMark;
    std::vector<std::pair<RowMark, QString>> entries = {
        {RowMark::match, phrase("CallsScene", "match")},
        {RowMark::inlined, phrase("CallsScene", "inlined here")},
        {RowMark::kernel_only, markWord(RowMark::kernel_only)},
        {RowMark::model_only, markWord(RowMark::model_only)},
        {RowMark::differs, phrase("CallsScene", "value differs")},
        {RowMark::lost, phrase("CallsScene", "lost: **%1**").arg(o_.lost)},
        {RowMark::unexplained, phrase("CallsScene", "unexplained: **%1**").arg(o_.unexplained)}};
    qreal total = 0;
    std::vector<Label> labels;
    const auto lay = [&] {
        labels.clear();
        total = 0;
        for (const auto &[mark, words] : entries) {
            labels.push_back({{}, 12, runsOf(words)});
            total += 18 + labelWidth(labels.back());
        }
    };
    lay();
    if (total + 4.0 * qreal(entries.size() - 1) > o_.size.width() - 20) { // shorter words before any is cut
        entries[1].second = phrase("CallsScene", "inlined");
        entries[4].second = phrase("CallsScene", "differs");
        lay();
    }
    while (total + 4.0 * qreal(entries.size() - 1) > o_.size.width() - 20 && entries.size() > 3) {
        // a narrow pane: what is not in view goes first, then what needs no attention; the counts stay
        const auto counts = entries.end() - 2;
        const auto unseen =
            std::find_if(entries.begin(), counts, [&](const auto &entry) { return !isInView(entry.first, window); });
        entries.erase(unseen == counts ? entries.begin() : unseen);
        lay();
    }
    spread(std::move(labels), [&](std::size_t i, const QRectF &place) { list_.add(Mark{entries[i].first, place}); });
}

// With one side alone nothing has a mark: the strip tells the letters.
void CallsPainter::layers() {
    std::vector<Label> words;
    for (int row = 0; row < mapRows; ++row)
        words.push_back({{}, 12, {{mapRowName(static_cast<MapRow>(row)), Ink::ink2}}});
    spread(std::move(words),
           [&](std::size_t i, const QRectF &place) { drawBadge(list_, place, mapRowLetter(static_cast<MapRow>(i))); });
}

void CallsPainter::spread(std::vector<Label> words, const std::function<void(std::size_t, const QRectF &)> &sign) {
    constexpr qreal signWidth = 18, most = 26; // far apart they would not be read as one line
    qreal total = 0;
    for (const Label &label : words)
        total += signWidth + labelWidth(label);
    const qreal room = (o_.size.width() - 20 - total) / qreal(words.size() - 1);
    const qreal gap = single_ ? std::clamp(room, 4.0, most) : std::max(4.0, room);
    qreal x = 10;
    for (std::size_t i = 0; i < words.size(); ++i) {
        sign(i, QRectF(x, 5.5, 14, 14));
        words[i].at = {x + signWidth, 16.8};
        x += signWidth + labelWidth(words[i]) + gap;
        list_.add(words[i]);
    }
    list_.line({0, legendHeight - 0.5}, {o_.size.width(), legendHeight - 0.5}, {Ink::line});
}

void CallsPainter::heads() {
    const qreal base = legendHeight + 15.2;
    const QString left =
        model_.document() ? sideHead(*model_.document(), SideKind::model) : phrase("CallsScene", "Model, C++");
    Label label{{modelX_ + 5, base}, 12, {{left, Ink::ink2, 600}}};
    label.maxWidth = markX_ - label.at.x() - 4;
    const TraceDocument *d = model_.document();
    if (merged_ && d && !d->side(SideKind::model)) label.runs.clear();
    if (merged_ && (!d || d->side(SideKind::kernel)))
        label.runs.push_back(
            {(label.runs.empty() ? QString() : QStringLiteral("  ·  ")) + o_.kernelHead, Ink::ink2, 600});
    list_.add(label);
    const qreal right = o_.size.width() - kernelX_ - 16 - runWidth({model_.timeUnit(), Ink::ink3, 500}, 12);
    if (!merged_) list_.add(Label{{kernelX_ + 4, base}, 12, {{o_.kernelHead, Ink::ink2, 600}}, Anchor::start, right});
    list_.text({o_.size.width() - 8, base}, 12, model_.timeUnit(), Ink::ink3, 500, Anchor::end);
    list_.line({0, legendHeight + headHeight - 0.5}, {o_.size.width(), legendHeight + headHeight - 0.5}, {Ink::line});
}

} // namespace skbscope::ui::calls
