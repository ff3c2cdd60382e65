// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/terminal/style.h"

#include <iterator>

namespace skbscope::app {

Ink inkOf(trace::Layer layer) {
    switch (layer) {
    case trace::Layer::application:
        return Ink::application;
    case trace::Layer::transport:
        return Ink::transport;
    case trace::Layer::network:
        return Ink::network;
    case trace::Layer::link:
        return Ink::link;
    case trace::Layer::device:
    case trace::Layer::queue:
        return Ink::device;
    case trace::Layer::none:
        break;
    }
    return Ink::quiet;
}

Ink inkOf(trace::RowMark mark) {
    switch (mark) {
    case trace::RowMark::differs:
    case trace::RowMark::lost:
    case trace::RowMark::unexplained:
        return Ink::difference;
    case trace::RowMark::match:
    case trace::RowMark::inlined:
        return Ink::quiet;
    default:
        return Ink::bold;
    }
}

namespace {

// Select-graphic-rendition codes: Okabe-Ito hues in the 256-colour cube.
const char *codeOf(Ink ink) {
    switch (ink) {
    case Ink::plain:
        break;
    case Ink::quiet:
        return "38;5;245";
    case Ink::bold:
        return "1";
    case Ink::difference:
        return "1;38;5;166";
    case Ink::handOver:
        return "48;5;240;38;5;255";
    case Ink::step:
        return "1;4";
    case Ink::chip:
        return "48;5;238;38;5;255";
    case Ink::application:
        return "38;5;169";
    case Ink::transport:
        return "38;5;172";
    case Ink::network:
        return "38;5;36";
    case Ink::link:
        return "38;5;32";
    case Ink::device:
        return "1";
    }
    return "";
}

struct Replacement {
    const char *symbol, *ascii;
};
constexpr Replacement replacements[] = {{"→", ">"}, {"←", "<"}, {"…", "~"}, {"─", "-"}, {"╌", "-"},
                                        {"⌇", "~"}, {"━", "="}, {"·", "."}, {"│", "|"}, {"▒", "#"},
                                        {"█", "#"}, {"▸", ">"}, {"‹", "["}, {"›", "]"}};

} // namespace

std::string Style::paint(Ink ink, const std::string &text) const {
    const std::string code = codeOf(ink);
    if (!colour_ || code.empty() || text.empty()) return text;
    return "\x1b[" + code + "m" + text + "\x1b[0m";
}

std::string Style::glyph(trace::RowMark mark) const {
    constexpr const char *ascii[] = {"=", "o", ">", "<", "x", "%", "~", "!"}; // in RowMark's order
    const auto i = static_cast<std::size_t>(mark);
    return ascii_ ? (i < std::size(ascii) ? ascii[i] : "?") : trace::mark_glyph(mark);
}

std::string Style::plain(const std::string &text) const {
    if (!ascii_) return text;
    std::string out = text;
    for (const Replacement &r : replacements)
        for (std::size_t at; (at = out.find(r.symbol)) != std::string::npos;)
            out.replace(at, std::string_view(r.symbol).size(), r.ascii);
    return out;
}

} // namespace skbscope::app
