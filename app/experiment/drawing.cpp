// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/experiment/drawing.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace skbscope::app::experiment {

namespace {

// The light theme's panel, ink, ink2, line, aMark, nMark, tMark, lMark and ink again (ui/theme/theme.json); a test
// compares them.
constexpr std::array<std::string_view, 9> colours = {"#FFFFFF", "#12161C", "#3B4450", "#CBD2DB", "#B14E87",
                                                     "#00845F", "#AD7200", "#0072B2", "#12161C"};

std::string number(double v) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.2f", v);
    std::string s(text);
    while (s.back() == '0')
        s.pop_back();
    if (s.back() == '.') s.pop_back();
    return s == "-0" ? "0" : s;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string_view colour(Tone tone) {
    return colours[static_cast<unsigned>(tone)];
}

std::string points(const std::vector<Point> &all) {
    std::string s;
    for (const Point &p : all)
        s += (s.empty() ? "" : " ") + number(p.x) + "," + number(p.y);
    return s;
}

struct Writer {
    std::string &out;

    void operator()(const Polyline &l) const {
        out += "<polyline fill=\"none\" stroke=\"" + std::string(colour(l.tone)) + "\" stroke-width=\"" +
               number(l.width) + "\"";
        if (!l.dash.empty()) {
            std::string dash;
            for (const double d : l.dash)
                dash += (dash.empty() ? "" : " ") + number(d);
            out += " stroke-dasharray=\"" + dash + "\"";
        }
        out += " points=\"" + points(l.points) + "\"/>\n";
    }
    void operator()(const Marker &m) const {
        const std::string fill = " fill=\"" + std::string(colour(m.tone)) + "\"";
        if (m.shape == Shape::circle)
            out += "<circle cx=\"" + number(m.at.x) + "\" cy=\"" + number(m.at.y) + "\" r=\"" + number(markerRadius) +
                   "\"" + fill + "/>\n";
        else
            out += "<polygon points=\"" + points(markerOutline(m)) + "\"" + fill + "/>\n";
    }
    void operator()(const Words &w) const {
        static constexpr std::array<std::string_view, 3> anchors = {"start", "middle", "end"};
        out += "<text x=\"" + number(w.at.x) + "\" y=\"" + number(w.at.y) + "\" font-size=\"" + number(w.size) +
               "\" fill=\"" + std::string(colour(w.tone)) + "\" text-anchor=\"" +
               std::string(anchors[static_cast<unsigned>(w.anchor)]) + "\"";
        if (w.bold) out += " font-weight=\"600\"";
        if (w.upward) out += " transform=\"rotate(-90 " + number(w.at.x) + " " + number(w.at.y) + ")\"";
        out += ">" + escaped(w.text) + "</text>\n";
    }
};

} // namespace

std::vector<Point> markerOutline(const Marker &m) {
    const auto [x, y] = m.at;
    const double r = markerRadius;
    switch (m.shape) {
    case Shape::square:
        return {{x - r, y - r}, {x + r, y - r}, {x + r, y + r}, {x - r, y + r}};
    case Shape::diamond:
        return {{x, y - r - 1}, {x + r + 1, y}, {x, y + r + 1}, {x - r - 1, y}};
    case Shape::triangle:
        return {{x, y - r - 1}, {x + r + 1, y + r}, {x - r - 1, y + r}};
    case Shape::bar:
        return {{x - r - 1, y - 2}, {x + r + 1, y - 2}, {x + r + 1, y + 2}, {x - r - 1, y + 2}};
    case Shape::circle:
        break;
    }
    return {};
}

std::string toSvg(const Drawing &d) {
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(d.width) + "\" height=\"" +
                      number(d.height) + "\" viewBox=\"0 0 " + number(d.width) + " " + number(d.height) +
                      "\" font-family=\"Inter, 'Noto Sans', sans-serif\" role=\"img\">\n";
    out += "<title>" + escaped(d.title) + "</title>\n<desc>" + escaped(d.description) + "</desc>\n";
    out += "<rect width=\"100%\" height=\"100%\" fill=\"" + std::string(colour(Tone::paper)) + "\"/>\n";
    for (const Item &item : d.items)
        std::visit(Writer{out}, item);
    return out + "</svg>\n";
}

} // namespace skbscope::app::experiment
