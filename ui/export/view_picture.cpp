// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/export/view_picture.h"

#include "ui/export/banner_scene.h"
#include "ui/models/markup.h"
#include "ui/models/phrase.h"
#include "ui/models/side_words.h"
#include "ui/scenes/parts.h"

namespace skbscope::ui {

namespace {
constexpr qreal gap = 6, headHeight = 28;

// What stands at the right of a pane's head: how the sides compare here.
QString remark(const Session &s, PaneKind pane) {
    const bool both = s.hasModel() && s.hasKernel();
    const QString side =
        both ? phrase("ViewPicture", "%1's side").arg(sideWord(s.selection.document(), s.selection.side())) : QString();
    if (pane == PaneKind::stack) return side;
    if (pane == PaneKind::memory) return s.memory.agreement();
    if (pane != PaneKind::bytes) return {};
    return s.bytes.note().isEmpty() ? side : s.bytes.note();
}

// The pane's frame and head; `rect` is the whole pane.
DisplayList frame(const Session &s, PaneKind pane, const QSizeF &size) {
    DisplayList list;
    list.size = size;
    list.add(Box{QRectF({0, 0}, size).adjusted(0.5, 0.5, -0.5, -0.5), 7, Ink::panel, Texture::none, Stroke{Ink::line}});
    if (pane == PaneKind::timeline) return list;
    list.add(Box{QRectF(1, 1, size.width() - 2, headHeight - 1), 6, Ink::panel2});
    list.line({1, headHeight - 0.5}, {size.width() - 1, headHeight - 0.5}, {Ink::line});
    const Run title{paneTitle(pane), Ink::ink, 700};
    list.add(Label{{10, 18.6}, 13.5, {title}});
    list.text({10 + runWidth(title, 13.5) + 10, 18.4}, 12.5, paneQuestion(pane), Ink::ink2);
    const QString right = remark(s, pane);
    list.text({size.width() - 10, 18.4}, 12, right, Ink::ink2, 500, Anchor::end);
    if (pane == PaneKind::memory && s.memory.map().mark)
        list.add(Mark{*s.memory.map().mark,
                      QRectF(size.width() - 10 - runWidth({right, Ink::ink2, 500}, 12) - 19, 7, 14, 14)});
    return list;
}

void place(Picture &picture, const Session &s, PaneKind pane, const QRectF &rect) {
    const qreal head = pane == PaneKind::timeline ? 1 : headHeight;
    picture.parts.push_back({rect.topLeft(), frame(s, pane, rect.size())});
    picture.parts.push_back(
        {rect.topLeft() + QPointF(1, head), paneScene(s, pane, {rect.width() - 2, rect.height() - head - 1})});
}

// Which trace this is: the kernel, and how far the sides agree.
DisplayList footer(const Session &s, qreal width) {
    DisplayList list;
    list.size = {width, 24};
    std::vector<Run> runs = runsOf(s.name().isEmpty() ? QString() : bold(s.name()) + QStringLiteral("     "));
    for (const QString &fact : QStringList{s.kernelLine()} + s.facts())
        for (Run &run : runsOf(fact + QStringLiteral("     ")))
            runs.push_back(std::move(run));
    list.add(Label{{4, 16}, 12, runs, Anchor::start, width - 90});
    list.text({width - 4, 16}, 12, QStringLiteral("skbscope"), Ink::ink3, 600, Anchor::end);
    return list;
}

Picture begun(const Session &s, const QString &what) {
    Picture picture;
    picture.ground = Ink::bg;
    picture.title = phrase("ViewPicture", "skbscope %1: %2, call %3").arg(s.name(), what, s.banner.call());
    picture.description = s.banner.plain();
    return picture;
}
} // namespace

Picture viewPicture(const Session &s) {
    constexpr qreal calls = 640, middle = 606, width = 2 * gap + calls + gap + middle;
    constexpr qreal top = gap + 74 + gap, high = 690, right = gap + calls + gap;
    Picture picture = begun(s, phrase("ViewPicture", "the view"));
    picture.parts.push_back({{gap, gap}, bannerScene(s.banner, {width - 2 * gap, 74})});
    place(picture, s, PaneKind::calls, {gap, top, calls, high});
    place(picture, s, PaneKind::stack, {right, top, middle, 294});
    place(picture, s, PaneKind::memory, {right, top + 300, middle, 230});
    place(picture, s, PaneKind::bytes, {right, top + 536, middle, high - 536});
    place(picture, s, PaneKind::timeline, {gap, top + high + gap, width - 2 * gap, 134});
    picture.parts.push_back({{gap, top + high + gap + 134}, footer(s, width - 2 * gap)});
    picture.size = {width, top + high + gap + 134 + 24};
    return picture;
}

Picture panePicture(const Session &s, PaneKind pane) {
    const QSizeF inner = paneSize(pane);
    const qreal head = pane == PaneKind::timeline ? 1 : headHeight;
    Picture picture = begun(s, paneTitle(pane));
    const QRectF rect(gap, gap, inner.width() + 2, inner.height() + head + 1);
    place(picture, s, pane, rect);
    picture.size = {rect.width() + 2 * gap, rect.height() + 2 * gap};
    return picture;
}

} // namespace skbscope::ui
