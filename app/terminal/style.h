// SPDX-License-Identifier: GPL-2.0-or-later
// Colours of the terminal view: the visual grammar's hues in the 256-colour palette, mid-tones that read on a light and
// on a dark background. Colour never stands alone: every meaning has a letter, a glyph or a word too.
#pragma once

#include "trace/catalogue.h"
#include "trace/compare.h"

#include <string>

namespace skbscope::app {

enum class Ink : std::uint8_t {
    plain,
    quiet,      // labels, matches, what is not the point
    bold,       // titles
    difference, // vermillion: a value differs, events lost, unexplained; nothing else may use it
    handOver,   // a bar: another context goes on
    step,       // a bar: the scenario's next step
    chip,       // a buffer or queue operation
    application,
    transport,
    network,
    link,
    device,
};

[[nodiscard]] Ink inkOf(trace::Layer layer);
[[nodiscard]] Ink inkOf(trace::RowMark mark);

class Style {
public:
    explicit Style(bool colour = false, bool ascii = false) : colour_(colour), ascii_(ascii) {}
    [[nodiscard]] std::string paint(Ink ink, const std::string &text) const;
    [[nodiscard]] bool colour() const { return colour_; }
    [[nodiscard]] bool ascii() const { return ascii_; }
    // The mark's glyph, or its ASCII stand-in on a terminal that cannot show it.
    [[nodiscard]] std::string glyph(trace::RowMark mark) const;
    // `text`, with symbols replaced on a terminal that cannot show them.
    [[nodiscard]] std::string plain(const std::string &text) const;

private:
    bool colour_;
    bool ascii_;
};

} // namespace skbscope::app
