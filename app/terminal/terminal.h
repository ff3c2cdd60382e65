// SPDX-License-Identifier: GPL-2.0-or-later
// What the terminal can show.
#pragma once

#include <cstddef>
#include <string>

namespace skbscope::app {

enum class ColourChoice : std::uint8_t { automatic, always, never };

struct TerminalSettings {
    bool colour = false;
    bool ascii = false; // the locale has no UTF-8
    std::size_t width = 120;
};

// Colour: as chosen; automatic means on a terminal, unless NO_COLOR is set or TERM is dumb. Width: as given (0 = not),
// else the terminal's, else COLUMNS, else 120. Output to a file is UTF-8 whatever the locale.
[[nodiscard]] TerminalSettings settingsFor(int descriptor, ColourChoice colour, std::size_t width);

} // namespace skbscope::app
