// SPDX-License-Identifier: GPL-2.0-or-later
// Options that every command which shows a trace takes: folding, filters, colour, width.
#pragma once

#include "app/cli/failure.h"
#include "app/terminal/terminal.h"
#include "app/view/view_rows.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace skbscope::app {

struct ViewArguments {
    std::uint32_t depth = trace::npos;
    std::vector<std::string> only;
    std::uint32_t packet = trace::no_packet;
    trace::TaskOrder tasks = trace::TaskOrder::automatic;
    ColourChoice colour = ColourChoice::automatic;
    std::uint32_t width = 0;

    void addTo(CLI::App &command);
    void addColour(CLI::App &command); // --color alone
    [[nodiscard]] ViewOptions options() const;
    [[nodiscard]] TerminalSettings terminal() const; // of stdout
};

} // namespace skbscope::app
