// SPDX-License-Identifier: GPL-2.0-or-later
// A picture as data: lines, marks and words in design pixels, with tones instead of colours. Written as SVG here; a
// build with the window also makes PNGs of it (app/gui/picture.h).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace skbscope::app::experiment {

enum class Tone : std::uint8_t { paper, ink, soft, rule, series1, series2, series3, series4, series5 };
enum class Anchor : std::uint8_t { start, middle, end };
enum class Shape : std::uint8_t { circle, square, diamond, triangle, bar }; // series differ in it, not in colour alone

struct Point {
    double x = 0, y = 0;
};
struct Polyline {
    std::vector<Point> points;
    Tone tone = Tone::ink;
    double width = 1;
    std::vector<double> dash; // on, off, ...; empty: solid
};
struct Marker {
    Point at;
    Shape shape = Shape::circle;
    Tone tone = Tone::ink;
};
struct Words {
    Point at; // of the baseline
    std::string text;
    double size = 13;
    Tone tone = Tone::ink;
    Anchor anchor = Anchor::start;
    bool bold = false;
    bool upward = false; // from bottom to top
};
using Item = std::variant<Polyline, Marker, Words>;

struct Drawing {
    double width = 0, height = 0;
    std::string title, description; // for who cannot see it
    std::vector<Item> items;
};

// The corners of a mark, clockwise; a circle has none.
[[nodiscard]] std::vector<Point> markerOutline(const Marker &marker);
inline constexpr double markerRadius = 4.5;
[[nodiscard]] std::string toSvg(const Drawing &drawing);

} // namespace skbscope::app::experiment
