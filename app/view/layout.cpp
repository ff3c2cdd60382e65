// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/layout.h"

#include "app/terminal/text.h"

#include <algorithm>

namespace skbscope::app {

namespace {

constexpr std::size_t marginWidth = 4; // layer letter, context, a blank each
constexpr std::size_t gutterWidth = 3;
constexpr std::size_t shortestName = 12; // an indented name keeps this much before its indentation gives way

} // namespace

const char *textureOf(trace::Context context) {
    switch (context) {
    case trace::Context::softirq:
        return "▒";
    case trace::Context::hardirq:
        return "█";
    default:
        return " ";
    }
}

Layout::Layout(std::size_t width, const Style &style, bool twoSides)
    : width_(width), left_(width - marginWidth), right_(0), style_(style), twoSides_(twoSides) {
    if (!twoSides_) return;
    const std::size_t room = width - marginWidth - gutterWidth;
    left_ = room / 2;
    right_ = room - left_;
}

std::string Layout::header(const std::string &left, const std::string &right) const {
    std::string out =
        std::string(marginWidth, ' ') + style_.paint(Ink::bold, padRight(style_.plain(cutEnd(left, left_)), left_));
    if (twoSides_) out += std::string(gutterWidth, ' ') + style_.paint(Ink::bold, style_.plain(cutEnd(right, right_)));
    return out;
}

std::vector<std::string> Layout::legend(const std::string &left, const std::string &right) const {
    constexpr trace::RowMark marks[] = {
        trace::RowMark::match, trace::RowMark::inlined, trace::RowMark::kernel_only, trace::RowMark::model_only,
        trace::RowMark::order, trace::RowMark::differs, trace::RowMark::lost,        trace::RowMark::unexplained};
    std::vector<std::string> lines;
    std::size_t used = width_;
    for (const trace::RowMark m : marks) {
        const std::string text = style_.glyph(m) + " " +
                                 (m == trace::RowMark::model_only    ? left + " only"
                                  : m == trace::RowMark::kernel_only ? right + " only"
                                                                     : trace::mark_name(m));
        if (used + 2 + columnsOf(text) > width_) {
            lines.emplace_back(marginWidth - 2, ' ');
            used = marginWidth - 2;
        }
        lines.back() += "  " + style_.paint(inkOf(m), text);
        used += 2 + columnsOf(text);
    }
    return lines;
}

std::string Layout::line(const ViewRow &row) const {
    switch (row.kind) {
    case RowKind::call:
        return callLine(row);
    case RowKind::field:
        return fieldLine(row);
    default:
        return barLine(row);
    }
}

std::string Layout::margin(const ViewRow &row) const {
    const std::string letter(1, row.kind == RowKind::call ? trace::layer_letter(row.layer) : ' ');
    return style_.paint(inkOf(row.layer), letter) + " " +
           style_.paint(Ink::quiet, style_.plain(textureOf(row.context))) + " ";
}

std::string Layout::gutter(const ViewRow &row) const {
    return " " + style_.paint(inkOf(row.mark), style_.glyph(row.mark)) + " ";
}

// Extras from the left as long as they fit; one column is kept for the sign that some did not.
Layout::Extras Layout::extras(const std::vector<std::string> &all, Ink ink, std::size_t room) const {
    Extras out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool last = i + 1 == all.size();
        const std::string text = ink == Ink::chip ? "‹" + all[i] + "›" : all[i] + (last ? "" : ",");
        const std::size_t needed = 1 + columnsOf(text);
        if (out.columns + needed + (last ? 0 : 2) > room) {
            if (out.columns + 2 > room) return out;
            out.text += " " + style_.paint(Ink::quiet, style_.plain("…"));
            out.columns += 2;
            return out;
        }
        out.text += " " + style_.paint(ink, style_.plain(text));
        out.columns += needed;
    }
    return out;
}

std::string Layout::cell(const ViewRow &row, const Cell &cell, const std::vector<std::string> &extra, Ink extraInk,
                         std::size_t width) const {
    const std::size_t indent = std::min<std::size_t>(row.indent, width > shortestName ? width - shortestName : 0);
    const std::string text = cutMiddle(cell.text, width - indent);
    const std::size_t used = indent + columnsOf(text);
    const Extras right = extras(extra, extraInk, width - used);
    const bool bug = row.mark == trace::RowMark::unexplained;
    const Ink ink = cell.isReason ? (bug ? Ink::difference : Ink::quiet) : Ink::plain;
    return std::string(indent, ' ') + style_.paint(ink, style_.plain(text)) +
           std::string(width - used - right.columns, ' ') + right.text;
}

std::string Layout::callLine(const ViewRow &row) const {
    Cell left = row.left, right = row.right;
    const std::string more = row.folded ? " +" + std::to_string(row.folded) : "";
    if (!left.isReason) left.text += more;
    if (!right.isReason && !right.text.empty()) right.text += more;
    if (twoSides_)
        return margin(row) + cell(row, left, left.chips, Ink::chip, left_) + gutter(row) +
               cell(row, right, row.changes, Ink::quiet, right_);
    const Cell &one = left.text.empty() ? right : left;
    const std::size_t calls = left_ * 3 / 5;
    return margin(row) + cell(row, one, one.chips, Ink::chip, calls) + " " +
           cell({}, {}, row.changes, Ink::quiet, left_ - calls - 1);
}

std::string Layout::fieldLine(const ViewRow &row) const {
    return margin(row) + style_.paint(Ink::difference, cell(row, row.left, {}, Ink::quiet, left_)) + gutter(row) +
           style_.paint(Ink::difference, cutEnd(std::string(row.indent, ' ') + row.right.text, right_));
}

std::string Layout::barLine(const ViewRow &row) const {
    const bool arrival = row.kind == RowKind::arrival, loss = row.kind == RowKind::loss;
    const std::string rule = style_.plain(row.kind == RowKind::step                ? "━"
                                          : loss                                   ? "╌"
                                          : arrival                                ? "·"
                                          : row.context == trace::Context::process ? "─"
                                                                                   : "▒");
    const std::string text = " " + cutEnd(style_.plain(row.left.text), width_ - 8) + " ";
    const std::string line = repeated(rule, 3) + text + repeated(rule, width_ - 3 - columnsOf(text));
    const Ink ink = row.kind == RowKind::step ? Ink::bold
                    : arrival                 ? Ink::quiet
                    : loss                    ? Ink::difference
                                              : Ink::handOver;
    return style_.paint(ink, line);
}

} // namespace skbscope::app
