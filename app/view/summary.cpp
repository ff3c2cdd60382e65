// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/view/summary.h"

#include "app/terminal/text.h"
#include "trace/ratio_text.h"
#include "trace/what_if.h"

#include <map>

namespace skbscope::app {

namespace {

constexpr std::size_t labelWidth = 13;
constexpr std::size_t taskWidth = 32;

std::string count(std::uint64_t n, const char *what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

class Lines {
public:
    Lines(const Style &style, std::size_t width) : style_(style), width_(width) {}

    // Long texts go on below the first line's text.
    void add(const std::string &label, const std::string &text, Ink ink = Ink::plain) {
        std::string head = style_.paint(Ink::quiet, padRight(label, labelWidth));
        std::string rest = text;
        const std::size_t room = width_ - labelWidth;
        do {
            std::string part = rest;
            if (columnsOf(rest) > room) {
                const std::size_t blank = rest.rfind(' ', room - 1);
                part = blank == std::string::npos || blank == 0 ? cutEnd(rest, room) : rest.substr(0, blank);
                rest = blank == std::string::npos || blank == 0 ? "" : rest.substr(blank + 1);
            } else {
                rest.clear();
            }
            lines_.push_back(head + style_.paint(ink, style_.plain(part)));
            head = std::string(labelWidth, ' ');
        } while (!rest.empty());
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(lines_); }

private:
    const Style &style_;
    std::size_t width_;
    std::vector<std::string> lines_;
};

// Rows and fields by reason; unexplained ones are counted elsewhere.
std::string differencesByReason(const trace::Comparison &c) {
    std::map<trace::ReasonCode, unsigned> calls, fields;
    unsigned moved = 0;
    for (const trace::Row &row : c.rows) {
        if (row.mark == trace::RowMark::order) ++moved;
        if (row.reason().code != trace::ReasonCode::none) ++calls[row.reason().code];
        for (const trace::FieldDifference &f : row.fields())
            if (f.reason.code != trace::ReasonCode::none) ++fields[f.reason.code];
    }
    std::string out;
    const auto add = [&](const std::string &text) { out += (out.empty() ? "" : ", ") + text; };
    for (const auto &[code, n] : calls)
        add(count(n, "call") + " " + trace::reason_name(code));
    for (const auto &[code, n] : fields)
        add(count(n, "field") + " " + trace::reason_name(code));
    if (moved != 0) add(count(moved, "call") + " in another order");
    return out.empty() ? "none" : out;
}

// Compared each alone: a line of figures for each.
void addTasks(Lines &lines, const trace::Comparison &c) {
    for (const trace::TaskComparison &t : c.tasks) {
        const std::string both = t.left.empty() || t.right.empty() || t.left == t.right
                                     ? (t.left.empty() ? t.right : t.left)
                                     : t.left + " | " + t.right;
        const std::string alone = t.left.empty() ? " (right side only)" : t.right.empty() ? " (left side only)" : "";
        lines.add("task", padRight(printable(both) + alone, taskWidth) + "  F1 " + trace::ratio_text(t.calls.f1) +
                              "   " + std::to_string(t.calls.matched) + " of " + std::to_string(t.calls.reference) +
                              " matched   states " + trace::ratio_text(t.states.agreement()) + "   unexplained " +
                              std::to_string(t.unexplained));
    }
}

std::string lossText(const Losses &l) {
    if (l.unknown) return l.events ? "at least " + count(l.events, "event") : "some events, how many is not known";
    return count(l.events, "event");
}

bool any(const Losses &l) {
    return l.events != 0 || l.unknown;
}

std::string lossText(const std::string &name, const SideNotes &notes) {
    return name + " " + lossText(lossesOf(notes.side(), notes.tree()));
}

std::string clockNote(const trace::Side &side) {
    switch (side.info.clock) {
    case trace::Clock::virtual_ns:
        return "virtual time";
    case trace::Clock::instructions:
        return "time counts instructions, the tracer's included";
    case trace::Clock::real_ns:
        return "monotonic time";
    }
    return {};
}

void addSide(Lines &lines, const std::string &label, const trace::Side &side) {
    const trace::SideInfo &i = side.info;
    std::string text = printable(i.release);
    if (!i.build.empty()) text += ", " + printable(i.build);
    if (!i.transport.empty() && i.kind == trace::SideKind::kernel) text += ", by " + printable(i.transport);
    if (!i.date.empty()) text += ", " + printable(i.date);
    lines.add(label, text + ", " + clockNote(side));
    if (const auto by = i.facts.find("traced by"); by != i.facts.end())
        lines.add("traced by", printable(by->second), Ink::bold);
    for (const char *name : {"not known", "broke off"})
        if (const auto said = i.facts.find(name); said != i.facts.end())
            lines.add(name, printable(said->second), Ink::bold);
    if (i.recorded && i.kind == trace::SideKind::kernel)
        lines.add("", "RECORDED: this kernel did not run now; --kernel lab runs one", Ink::bold);
}

} // namespace

Losses lossesOf(const trace::Side &side, const trace::CallTree &tree) {
    Losses l;
    for (const trace::Event &e : side.events) {
        if (e.kind != SKBSCOPE_EV_LOSS) continue;
        l.events += e.loss.lost;
        l.unknown = l.unknown || e.loss.lost == 0;
    }
    for (const std::uint32_t event : tree.losses) // a hole in the sequence numbers
        l.unknown = l.unknown || side.events[event].kind != SKBSCOPE_EV_LOSS;
    return l;
}

std::string sideTitle(const trace::Side &side) {
    const trace::SideInfo &i = side.info;
    if (i.kind == trace::SideKind::model) return "Model, C++";
    std::string out = "Kernel " + printable(i.release);
    if (i.recorded) return out + ", RECORDED" + (i.date.empty() ? "" : " " + printable(i.date.substr(0, 10)));
    return i.transport.empty() ? out : out + ", " + printable(i.transport);
}

SideNames sideNames(const trace::Side &left, const trace::Side &right) {
    if (const auto change = trace::what_if_of(left.info, right.info))
        return {"Model, as it was", "Model, with " + printable(change->setting + " " + change->after), "first run",
                "changed run"};
    return {sideTitle(left), sideTitle(right), trace::side_name(left.info.kind), trace::side_name(right.info.kind)};
}

std::vector<std::string> comparisonSummary(const trace::Comparison &c, const SideNotes &left, const SideNotes &right,
                                           const Style &style, std::size_t width) {
    Lines lines(style, width);
    const SideNames names = sideNames(left.side(), right.side());
    if (const auto change = trace::what_if_of(left.side().info, right.side().info))
        lines.add("you changed", printable(change->text()), Ink::bold);
    lines.add("calls",
              "F1 " + trace::ratio_text(c.calls.f1) + "   recall " + trace::ratio_text(c.calls.recall) +
                  ", precision " + trace::ratio_text(c.calls.precision) + ", nesting " +
                  trace::ratio_text(c.calls.nesting) + "   " + std::to_string(c.calls.matched) + " of " +
                  std::to_string(c.calls.reference) + " matched, " + std::to_string(c.calls.excused) +
                  " excused: inlined at the call",
              Ink::bold);
    lines.add("states",
              "all " + trace::ratio_text(c.states.agreement()) + ", changed " + trace::ratio_text(c.states.changed()) +
                  "   " + std::to_string(c.states.agree) + " of " + std::to_string(c.states.fields) + " fields, " +
                  std::to_string(c.states.changed_agree) + " of " + std::to_string(c.states.changed_fields) +
                  " changed ones",
              Ink::bold);
    addTasks(lines, c);
    lines.add("differences", differencesByReason(c));
    if (!c.exact)
        lines.add("alignment", "the sides differ in too many calls for the best one: another may pair more of them",
                  Ink::difference);
    lines.add("unexplained", std::to_string(c.unexplained), c.unexplained != 0 ? Ink::difference : Ink::bold);
    const bool lost = any(lossesOf(left.side(), left.tree())) || any(lossesOf(right.side(), right.tree()));
    lines.add("lost", lossText(names.left, left) + ", " + lossText(names.right, right),
              lost ? Ink::difference : Ink::plain);
    addSide(lines, names.left, left.side());
    addSide(lines, names.right, right.side());
    return lines.take();
}

std::vector<std::string> sideSummary(const SideNotes &notes, const Style &style, std::size_t width) {
    Lines lines(style, width);
    lines.add("calls", std::to_string(notes.tree().calls.size()) + " in " + count(notes.side().events.size(), "event"));
    const Losses losses = lossesOf(notes.side(), notes.tree());
    lines.add("lost", lossText(losses), any(losses) ? Ink::difference : Ink::plain);
    addSide(lines, trace::side_name(notes.side().info.kind), notes.side());
    return lines.take();
}

} // namespace skbscope::app
