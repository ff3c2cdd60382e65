// SPDX-License-Identifier: GPL-2.0-or-later
// What a pane draws, as data: shapes and words by meaning (ink, texture, mark), in design pixels, with ids for what can
// be pointed at. It knows no window, so the same list is painted into a pane, a PNG or an SVG, in either theme.
#pragma once

#include "trace/compare.h"
#include "ui/theme/theme.h"

#include <QPainterPath>
#include <QRectF>
#include <QString>
#include <QVector>
#include <optional>
#include <variant>
#include <vector>

namespace skbscope::ui {

// Never colour alone: contexts and layers have a texture too.
enum class Texture : quint8 { none, freeRoom, softirq, hardirq, stripA, stripT, stripN, stripL, stripQ };

struct Stroke {
    Ink ink = Ink::ink;
    qreal width = 1;
    QVector<qreal> dash = {}; // on, off, ... in px
    bool round = false;
    qreal alpha = 1; // for the packet's trail only: text is never faded
    bool operator==(const Stroke &) const = default;
};

struct Box {
    QRectF rect;
    qreal radius = 0;
    std::optional<Ink> fill = {};
    Texture texture = Texture::none;
    std::optional<Stroke> stroke = {};
    bool operator==(const Box &) const = default;
};

struct Path {
    QPainterPath path;
    std::optional<Ink> fill = {};
    Texture texture = Texture::none;
    std::optional<Stroke> stroke = {};
    qreal alpha = 1; // shapes only: text is never faded
    bool operator==(const Path &) const = default;
};

// A stretch of text of one style.
struct Run {
    QString text;
    Ink ink = Ink::ink;
    int weight = 400;
    bool mono = false, italic = false;
    bool operator==(const Run &) const = default;
};
enum class Anchor : quint8 { start, middle, end };

struct Label {
    QPointF at; // of the baseline
    qreal size = 12;
    std::vector<Run> runs = {};
    Anchor anchor = Anchor::start;
    qreal maxWidth = 0;           // > 0: elided to fit
    bool upward = false;          // reads from bottom to top
    std::optional<Ink> halo = {}; // keeps letters apart from the texture behind them
    bool operator==(const Label &) const = default;
};

// A gutter mark, 16 x 16 in its own units.
struct Mark {
    trace::RowMark mark = trace::RowMark::match;
    QRectF rect;
    bool operator==(const Mark &) const = default;
};

using Item = std::variant<Box, Path, Label, Mark>;

// What the pointer can meet. Later regions lie on top.
struct Region {
    QRectF rect;
    QString id;  // "row:12", "byte:16", "station:3"
    QString tip; // empty: none
};

struct DisplayList {
    QSizeF size;
    std::vector<Item> items;
    std::vector<Region> regions;

    void add(Item item) { items.push_back(std::move(item)); }
    void region(const QRectF &rect, const QString &id, const QString &tip = {}) { regions.push_back({rect, id, tip}); }
    // The topmost region at `at`; null outside all.
    [[nodiscard]] const Region *hit(QPointF at) const;

    // Shorthands for what scenes draw all the time.
    void line(QPointF from, QPointF to, const Stroke &stroke);
    void text(QPointF at, qreal height, const QString &text, Ink ink = Ink::ink, int weight = 400,
              Anchor anchor = Anchor::start);
    void code(QPointF at, qreal height, const QString &text, Ink ink = Ink::ink, int weight = 400,
              Anchor anchor = Anchor::start);
};

[[nodiscard]] qreal runWidth(const Run &run, qreal size);
[[nodiscard]] qreal labelWidth(const Label &label);

// A triangle, tip at `tip`, pointing right, left, up or down ('r', 'l', 'u', 'd').
[[nodiscard]] QPainterPath arrowHead(QPointF tip, char direction, qreal length, qreal width);

// The layer's five inks and its texture, by its letter (A, T, N, L, D, Q); D for anything else.
struct LayerInk {
    Ink tint, mark, text;
    Texture strip;
};
[[nodiscard]] LayerInk layerInk(char letter);

} // namespace skbscope::ui
