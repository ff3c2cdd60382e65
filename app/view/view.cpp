// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/view.h"

#include "app/terminal/text.h"
#include "app/view/layout.h"
#include "app/view/summary.h"

#include <ostream>

namespace skbscope::app {

namespace {

// Blanks at the end of a line are of no use in a file.
void printLine(std::ostream &out, std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

void printTitle(std::ostream &out, const ViewTitle &title, const Style &style) {
    if (title.name.empty()) return;
    const std::string rest = title.title.empty() ? "" : ": " + printable(title.title);
    printLine(out, style.paint(Ink::bold, printable(title.name)) + rest);
}

void printRows(std::ostream &out, const ViewInput &input, const ViewOptions &options, const Layout &layout) {
    for (const ViewRow &row : viewRows(input, options))
        printLine(out, layout.line(row));
}

} // namespace

void printSide(std::ostream &out, const trace::Side &side, const ViewTitle &title, const OpList *ops,
               const ViewOptions &options, const TerminalSettings &terminal) {
    const Style style(terminal.colour, terminal.ascii);
    const trace::CallTree tree = trace::build_call_tree(side);
    const SideNotes notes(side, tree);
    const Layout layout(terminal.width, style, false);
    const bool left = side.info.kind == trace::SideKind::model;
    printTitle(out, title, style);
    printLine(out, layout.header(sideTitle(side), ""));
    printRows(out, {left ? &notes : nullptr, left ? nullptr : &notes, nullptr, ops}, options, layout);
    out << '\n';
    for (const std::string &line : sideSummary(notes, style, terminal.width))
        printLine(out, line);
}

trace::Comparison printComparison(std::ostream &out, const trace::Side &left, const trace::Side &right,
                                  const ViewTitle &title, const OpList *ops, const ViewOptions &options,
                                  const TerminalSettings &terminal) {
    const Style style(terminal.colour, terminal.ascii);
    const trace::CallTree leftTree = trace::build_call_tree(left), rightTree = trace::build_call_tree(right);
    trace::Comparison comparison =
        trace::compare(left, leftTree, right, rightTree, {.match_fields = true, .tasks = options.tasks});
    const SideNotes leftNotes(left, leftTree), rightNotes(right, rightTree);
    const Layout layout(terminal.width, style, true);
    printTitle(out, title, style);
    const SideNames names = sideNames(left, right);
    for (const std::string &line : layout.legend(names.left, names.right))
        printLine(out, line);
    printLine(out, layout.header(names.leftTitle, names.rightTitle));
    printRows(out, {&leftNotes, &rightNotes, &comparison, ops}, options, layout);
    out << '\n';
    for (const std::string &line : comparisonSummary(comparison, leftNotes, rightNotes, style, terminal.width))
        printLine(out, line);
    return comparison;
}

} // namespace skbscope::app
