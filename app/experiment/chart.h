// SPDX-License-Identifier: GPL-2.0-or-later
// A line chart: series named at their ends, axes from 0, the conditions below.
#pragma once

#include "app/experiment/drawing.h"

#include <string>
#include <vector>

namespace skbscope::app::experiment {

struct Series {
    std::string name;
    std::vector<Point> points; // by x
};
struct Chart {
    std::string title;
    std::string xLabel, yLabel;
    std::vector<Series> series;       // at most five
    bool diagonal = false;            // the line on which y is x
    std::vector<std::string> caption; // one line each
};
[[nodiscard]] Drawing drawChart(const Chart &chart);

} // namespace skbscope::app::experiment
