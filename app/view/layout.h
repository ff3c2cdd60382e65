// SPDX-License-Identifier: GPL-2.0-or-later
// Rows laid out in columns for a terminal:
//
//     A  __sys_sendto                                     =  __sys_sendto
//     L ▒   skb_pull_inline                    ‹pull 14›  ◌    inlined in this kernel
//     ▒▒▒ hand-over: process → softirq NET_RX ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
//
// layer letter, context texture, left side with its operations, mark, right side with the fields that changed.
#pragma once

#include "app/terminal/style.h"
#include "app/view/view_rows.h"

namespace skbscope::app {

// How a context looks in one column: nothing for a process, darker for a softirq, solid for an interrupt.
[[nodiscard]] const char *textureOf(trace::Context context);

class Layout {
public:
    // `twoSides`: a gutter of marks between two columns; else one column with everything.
    Layout(std::size_t width, const Style &style, bool twoSides);

    [[nodiscard]] std::string header(const std::string &left, const std::string &right) const;
    [[nodiscard]] std::vector<std::string> legend(const std::string &left,
                                                  const std::string &right) const; // of the marks
    [[nodiscard]] std::string line(const ViewRow &row) const;                      // without the line break

private:
    [[nodiscard]] std::string callLine(const ViewRow &row) const;
    [[nodiscard]] std::string fieldLine(const ViewRow &row) const;
    [[nodiscard]] std::string barLine(const ViewRow &row) const;
    [[nodiscard]] std::string margin(const ViewRow &row) const;
    [[nodiscard]] std::string gutter(const ViewRow &row) const;
    struct Extras {
        std::string text;
        std::size_t columns = 0;
    };
    [[nodiscard]] Extras extras(const std::vector<std::string> &all, Ink ink, std::size_t room) const;
    // A cell of exactly `width` columns: text from the left, `extra` from the right as far as they fit.
    [[nodiscard]] std::string cell(const ViewRow &row, const Cell &cell, const std::vector<std::string> &extras,
                                   Ink extraInk, std::size_t width) const;

    std::size_t width_, left_, right_;
    Style style_;
    bool twoSides_;
};

} // namespace skbscope::app
