// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/experiment/chart.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace skbscope::app::experiment {

namespace {

constexpr double width = 920, plotHeight = 420, left = 78, right = 190, top = 58, captionLine = 17;

// A round step (1, 2 or 5 times a power of ten) that divides `most` into at most eight.
double niceStep(double most) {
    const double raw = most / 8;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double f : {1.0, 2.0, 5.0})
        if (f * power >= raw) return f * power;
    return 10 * power;
}

std::string label(double v) {
    char text[32];
    std::snprintf(text, sizeof(text), "%g", v);
    return text;
}

class Painter {
public:
    Painter(const Chart &chart, Drawing &drawing) : chart_(chart), d_(drawing) {
        double x = 0, y = 0;
        for (const Series &s : chart.series)
            for (const Point &p : s.points) {
                x = std::max(x, p.x);
                y = std::max(y, p.y);
            }
        xStep_ = niceStep(std::max(x, 1.0));
        yStep_ = niceStep(std::max(y, 1.0));
        xMost_ = std::max(x, 1.0);
        yMost_ = std::ceil(std::max(y, 1.0) * 1.02 / yStep_) * yStep_;
    }

    void paint() {
        d_.items.emplace_back(Words{{left, 30}, chart_.title, 18, Tone::ink, Anchor::start, true, false});
        axes();
        if (chart_.diagonal) {
            const double most = std::min(xMost_, yMost_);
            d_.items.emplace_back(Polyline{{at({0, 0}), at({most, most})}, Tone::soft, 1, {2, 4}});
        }
        for (std::size_t i = 0; i < chart_.series.size(); ++i)
            series(i);
        names();
        double y = top + plotHeight + 62;
        for (const std::string &line : chart_.caption) {
            d_.items.emplace_back(Words{{left, y}, line, 12, Tone::soft, Anchor::start, false, false});
            y += captionLine;
        }
    }

private:
    [[nodiscard]] Point at(Point p) const {
        return {left + p.x / xMost_ * (width - left - right), top + plotHeight - p.y / yMost_ * plotHeight};
    }
    static Tone tone(std::size_t i) {
        return static_cast<Tone>(static_cast<unsigned>(Tone::series1) + static_cast<unsigned>(i));
    }

    void axes() {
        for (double y = 0; y <= yMost_ + yStep_ / 2; y += yStep_) {
            d_.items.emplace_back(Polyline{{at({0, y}), at({xMost_, y})}, Tone::rule, 1, {}});
            const Point p = at({0, y});
            d_.items.emplace_back(Words{{p.x - 8, p.y + 4}, label(y), 12, Tone::soft, Anchor::end, false, false});
        }
        for (double x = 0; x <= xMost_ + xStep_ / 1000; x += xStep_) {
            const Point p = at({x, 0});
            d_.items.emplace_back(Polyline{{p, {p.x, p.y + 5}}, Tone::soft, 1, {}});
            d_.items.emplace_back(Words{{p.x, p.y + 20}, label(x), 12, Tone::soft, Anchor::middle, false, false});
        }
        const double middle = left + (width - left - right) / 2;
        d_.items.emplace_back(
            Words{{middle, top + plotHeight + 40}, chart_.xLabel, 13, Tone::ink, Anchor::middle, false, false});
        d_.items.emplace_back(
            Words{{20, top + plotHeight / 2}, chart_.yLabel, 13, Tone::ink, Anchor::middle, false, true});
    }

    void series(std::size_t i) {
        static const std::vector<std::vector<double>> dashes = {{}, {9, 4}, {3, 3}, {12, 3, 3, 3}, {1, 3}};
        Polyline line{{}, tone(i), 2, dashes[i % dashes.size()]};
        for (const Point &p : chart_.series[i].points)
            line.points.push_back(at(p));
        d_.items.emplace_back(line);
        for (const Point &p : line.points)
            d_.items.emplace_back(Marker{p, static_cast<Shape>(i % 5), tone(i)});
    }

    // Beside the last point of each, apart from each other.
    void names() {
        struct Name {
            double y;
            std::size_t series;
        };
        std::vector<Name> all;
        for (std::size_t i = 0; i < chart_.series.size(); ++i)
            if (!chart_.series[i].points.empty()) all.push_back({at(chart_.series[i].points.back()).y, i});
        std::sort(all.begin(), all.end(), [](const Name &a, const Name &b) { return a.y < b.y; });
        for (std::size_t i = 1; i < all.size(); ++i)
            all[i].y = std::max(all[i].y, all[i - 1].y + 18);
        const double over = all.empty() ? 0 : std::max(0.0, all.back().y - (top + plotHeight));
        for (std::size_t i = all.size(); i-- > 0 && over > 0;)
            all[i].y = std::min(all[i].y, i + 1 == all.size() ? top + plotHeight : all[i + 1].y - 18);
        for (const Name &n : all) {
            const Series &s = chart_.series[n.series];
            d_.items.emplace_back(Marker{{width - right + 16, n.y}, static_cast<Shape>(n.series % 5), tone(n.series)});
            d_.items.emplace_back(
                Words{{width - right + 27, n.y + 4}, s.name, 13, Tone::ink, Anchor::start, false, false});
        }
    }

    const Chart &chart_;
    Drawing &d_;
    double xStep_ = 1, yStep_ = 1, xMost_ = 1, yMost_ = 1;
};

} // namespace

Drawing drawChart(const Chart &chart) {
    Drawing d;
    d.width = width;
    d.height = top + plotHeight + 62 + captionLine * static_cast<double>(chart.caption.size()) + 8;
    d.title = chart.title;
    for (const std::string &line : chart.caption)
        d.description += (d.description.empty() ? "" : " ") + line;
    Painter(chart, d).paint();
    return d;
}

} // namespace skbscope::app::experiment
