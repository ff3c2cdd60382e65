// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/live/live_text.h"

#include "app/terminal/text.h"
#include "app/view/layout.h"
#include "app/view/side_notes.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace skbscope::app {

namespace {

constexpr std::size_t whereWidth = 22; // host and task

std::string where(const trace::Side &side, const trace::Event &e) {
    std::string out = e.host != 0 && e.host < side.hosts.size() ? printable(side.hosts[e.host]) : "-";
    const auto task = side.tasks.find(e.task);
    if (e.device != 0 && e.device < side.devices.size()) out += "." + printable(side.devices[e.device]);
    if (e.task == 0) return out + " idle";
    return out + " " + (task == side.tasks.end() ? "task" : printable(task->second));
}

std::string lossText(const trace::Event &e) {
    std::string what;
    switch (e.loss.reason) {
    case SKBSCOPE_LOSS_RING_FULL:
        what = "records lost here: the ring was full";
        break;
    case SKBSCOPE_LOSS_RECURSION:
        what = "passings missed within the last second, of any packet: a probe ran already on that CPU";
        break;
    case SKBSCOPE_LOSS_FILTER_FULL:
        what = "packets not followed within the last second: the filter's table was full";
        break;
    case SKBSCOPE_LOSS_UNPAIRED:
        what = "calls here whose return was missed";
        break;
    case SKBSCOPE_LOSS_STREAM_CUT:
        return "the stream was cut here";
    default:
        what = "records lost here";
    }
    return std::to_string(std::uint64_t{e.loss.lost}) + " " + what;
}

} // namespace

LiveText::ContextKey LiveText::keyOf(const trace::Event &e) {
    const auto context = static_cast<std::uint64_t>(trace::context_of(e));
    const bool task = trace::context_of(e) == trace::Context::process;
    return task ? e.task : 1ULL << 63U | context << 32U | e.cpu;
}

void LiveText::print(const trace::Side &side, std::span<const trace::Event> events) {
    for (std::size_t i = 0; i < events.size(); ++i)
        one(side, events[i], i + 1 < events.size() ? &events[i + 1] : nullptr);
    out_.flush();
}

void LiveText::one(const trace::Side &side, const trace::Event &e, const trace::Event *next) {
    if (first_ == 0) first_ = e.time;
    if (trace::is_enter(e)) return enter(side, e);
    if (trace::is_leave(e)) return leave(e);
    if (e.kind == SKBSCOPE_EV_LOSS) return line(side, e, 0, Ink::difference, lossText(e), {});
    const std::string chip = chipOf(side, e, next);
    if (!chip.empty())
        line(side, e, depthOf(e), e.kind == SKBSCOPE_EV_DROP ? Ink::bold : Ink::chip, "‹" + chip + "›", {});
    if (e.kind == SKBSCOPE_EV_FREE) last_.erase(e.packet);
}

void LiveText::enter(const trace::Side &side, const trace::Event &e) {
    std::vector<std::string> notes;
    if (trace::has_snapshot(e) && e.packet != trace::no_packet) {
        const auto known = last_.find(e.packet);
        notes = known == last_.end() ? firstSight(e.skb) : changesOf(known->second, e.skb);
        last_[e.packet] = e.skb;
    }
    line(side, e, depthOf(e), inkOf(side.function(e.fn).layer), printable(side.function_name(e.fn)), notes);
    open_[keyOf(e)].push_back(e.fn);
}

void LiveText::leave(const trace::Event &e) {
    const auto context = open_.find(keyOf(e));
    if (context == open_.end()) return;
    std::vector<trace::FunctionId> &calls = context->second;
    const auto mine = std::find(calls.rbegin(), calls.rend(), e.fn);
    if (mine != calls.rend()) calls.erase(std::prev(mine.base()), calls.end());
    if (calls.empty()) open_.erase(context); // tasks come and go
}

std::size_t LiveText::depthOf(const trace::Event &e) const {
    const auto context = open_.find(keyOf(e));
    return context == open_.end() ? 0 : context->second.size();
}

void LiveText::line(const trace::Side &side, const trace::Event &e, std::size_t depth, Ink ink, const std::string &text,
                    const std::vector<std::string> &notes) {
    const std::uint64_t ns = e.time >= first_ ? e.time - first_ : 0;
    char time[32];
    std::snprintf(time, sizeof time, "%4llu.%06llu", static_cast<unsigned long long>(ns / 1'000'000'000),
                  static_cast<unsigned long long>(ns / 1000 % 1'000'000));
    const std::string packet = e.packet != trace::no_packet ? std::to_string(e.packet) : "";
    std::string head = std::string(time) + " " + std::to_string(e.cpu) + " " +
                       style_.plain(textureOf(trace::context_of(e))) + " " +
                       padRight(cutEnd(where(side, e), whereWidth), whereWidth) + " " + padRight(packet, 5) + " " +
                       std::string(depth, ' ');
    std::string after;
    for (const std::string &note : notes)
        after += (after.empty() ? "" : ", ") + note;
    const std::string inferred =
        trace::provenance_of(e) == trace::Provenance::inferred && trace::is_enter(e) ? " ~" : "";
    const std::size_t used = columnsOf(head) + columnsOf(text) + columnsOf(inferred) + 4;
    out_ << style_.paint(Ink::quiet, head) << style_.paint(ink, style_.plain(text)) << inferred;
    if (!after.empty() && used + 8 < width_)
        out_ << "  " << style_.paint(Ink::quiet, style_.plain("‹" + cutEnd(after, width_ - used) + "›"));
    out_ << '\n';
}

} // namespace skbscope::app
