// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/banner_scene.h"

#include "ui/models/phrase.h"
#include "ui/scenes/parts.h"

namespace skbscope::ui {

namespace {
using Runs = std::vector<Run>;

qreal widthOf(const Runs &runs, qreal size) {
    qreal width = 0;
    for (const Run &run : runs)
        width += runWidth(run, size);
    return width;
}

// One run a word, the space behind it included.
Runs words(const Runs &runs) {
    Runs out;
    for (const Run &run : runs) {
        qsizetype from = 0;
        while (from < run.text.size()) {
            const qsizetype space = run.text.indexOf(QLatin1Char(' '), from);
            const qsizetype to = space < 0 ? run.text.size() : space + 1;
            out.push_back(run);
            out.back().text = run.text.mid(from, to - from);
            from = to;
        }
    }
    return out;
}

std::vector<Runs> wrapped(const Runs &runs, qreal size, qreal width) {
    std::vector<Runs> lines(1);
    qreal used = 0;
    for (const Run &word : words(runs)) {
        const qreal wide = runWidth(word, size);
        const bool glued = lines.back().empty() || !lines.back().back().text.endsWith(QLatin1Char(' '));
        if (used + wide > width && !glued) {
            lines.emplace_back();
            used = 0;
        }
        lines.back().push_back(word);
        used += wide;
    }
    return lines;
}

Runs sentenceRuns(const QString &markup) {
    return runsOf(markup, Ink::ink, Ink::ink, 700);
}

// In one line where it fits, else smaller in two, else the shorter sentence.
void drawSentence(DisplayList &list, const BannerModel &banner, qreal left, qreal right) {
    const qreal room = right - left;
    const Runs whole = sentenceRuns(banner.sentence());
    if (widthOf(whole, 20.5) <= room) {
        list.add(Label{{left, 55}, 20.5, whole});
        return;
    }
    for (const QString &sentence : {banner.sentence(), banner.middleSentence(), banner.shortSentence()}) {
        const std::vector<Runs> lines = wrapped(sentenceRuns(sentence), 15.5, room);
        if (lines.size() > 2) continue;
        for (std::size_t i = 0; i < lines.size(); ++i)
            list.add(Label{{left, 45 + 20 * qreal(i)}, 15.5, lines[i], Anchor::start, room});
        return;
    }
    list.add(Label{{left, 52}, 15.5, sentenceRuns(banner.shortSentence()), Anchor::start, room});
}

void drawCrumbs(DisplayList &list, const BannerModel &banner, qreal left, qreal room) {
    Runs runs;
    const QStringList &crumbs = banner.crumbs();
    for (qsizetype i = 0; i < crumbs.size(); ++i) {
        if (i > 0) runs.push_back({QStringLiteral(" › "), Ink::lineS});
        const bool more = crumbs[i].startsWith(QLatin1Char('#')), here = i + 1 == crumbs.size();
        runs.push_back({more ? crumbs[i].mid(1) + phrase("BannerScene", " more") : crumbs[i],
                        here ? Ink::ink : Ink::ink3, here ? 700 : 400, !more});
    }
    // The nearest callers stay in sight.
    bool cut = false;
    for (; runs.size() > 2 && widthOf(runs, 12) > room - 20; cut = true)
        runs.erase(runs.begin(), runs.begin() + 2);
    if (cut) runs.insert(runs.begin(), {QStringLiteral("… "), Ink::ink3});
    list.add(Label{{left, 21}, 12, runs, Anchor::start, room});
}

// "call", "96 of 145" and the like, right aligned at `right`; returns its left edge.
qreal drawFact(DisplayList &list, qreal right, const QString &name, const QString &value, const BannerModel *context) {
    const qreal width = std::max(runWidth({name}, 12.5), runWidth({value, Ink::ink, 700}, 20)) + 36;
    Ink strong = Ink::ink, quiet = Ink::ink3;
    const QRectF rect(right - width, 1, width, list.size.height() - 2);
    if (context) {
        const auto kind = static_cast<trace::Context>(context->contextKind());
        Box box{rect};
        quiet = Ink::procText;
        if (kind == trace::Context::softirq)
            box.fill = Ink::soft, strong = quiet = Ink::softText;
        else if (kind == trace::Context::hardirq)
            box.fill = Ink::hard, strong = quiet = Ink::hardText;
        else if (kind == trace::Context::process)
            box.fill = Ink::proc;
        list.add(box);
    }
    list.line(rect.topLeft(), rect.bottomLeft(), {Ink::line});
    list.text({rect.left() + 18, 24}, 12.5, name, quiet);
    list.text({rect.left() + 18, 51}, 20, value, strong, 700);
    return rect.left();
}
} // namespace

DisplayList bannerScene(const BannerModel &banner, const QSizeF &size) {
    DisplayList list;
    list.size = size;
    list.add(Box{QRectF({0, 0}, size).adjusted(0.5, 0.5, -0.5, -0.5), 7, Ink::panel});
    list.add(Box{QRectF(0.5, 0.5, 15, size.height() - 1), 7, Ink::now});
    list.add(Box{QRectF(8, 1, 14, size.height() - 2), 0, Ink::panel});
    qreal right = size.width() - 1;
    right = drawFact(list, right, banner.contextTitle(), banner.context(), &banner);
    right = drawFact(list, right, phrase("BannerScene", "host, device"), banner.place(), nullptr);
    right = drawFact(list, right, phrase("BannerScene", "call"), banner.call(), nullptr);
    list.add(Box{QRectF({0, 0}, size).adjusted(0.5, 0.5, -0.5, -0.5), 7, {}, Texture::none, Stroke{Ink::line}});
    drawCrumbs(list, banner, 22, right - 34);
    drawSentence(list, banner, 22, right - 12);
    return list;
}

} // namespace skbscope::ui
