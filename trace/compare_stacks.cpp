// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/compare_stacks.h"

#include "trace/renames.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
constexpr const char *tracepoints_fact = "stacks.tracepoints", *always_fact = "stacks.always in";

std::set<std::string_view> words_of(std::string_view text) {
    std::set<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.insert(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// "6.18" of "6.18.44-fc", "6.1" of "6.1.0-51-cloud-amd64"
std::string_view version_of(std::string_view release) {
    const std::size_t minor = release.find('.');
    return minor == release.npos ? release : release.substr(0, release.find_first_not_of("0123456789", minor + 1));
}
} // namespace

StackEvidence::StackEvidence(const std::vector<Row> &rows, const Compared &left, const Compared &right)
    : left_(left), right_(right) {
    const auto &facts = right.side.info.facts;
    by_stacks_ = facts.contains(tracepoints_fact);
    if (!by_stacks_) return;
    if (const auto always = facts.find(always_fact); always != facts.end()) always_ = words_of(always->second);
    partner_.assign(left.tree.calls.size(), npos);
    for (const Row &row : rows)
        if (row.left != npos) partner_[row.left] = row.right;
}

bool StackEvidence::had_to_be_seen(std::uint32_t call) const {
    const std::string_view name = left_.name(call);
    return always_.contains(name) && !right_.side.info.facts.contains("not traced: " + std::string(name));
}

std::optional<Reason> StackEvidence::why_unseen(std::uint32_t left_call) const {
    if (!by_stacks_) return std::nullopt;
    const std::vector<Call> &calls = left_.tree.calls;
    for (std::uint32_t i = left_call + 1; i < calls[left_call].end; ++i)
        if (calls[i].task == calls[left_call].task && partner_[i] != npos)
            return Reason{ReasonCode::inlined_at_call, "inlined or left by a tail call there",
                          "kernel call " + std::to_string(right_.tree.number(partner_[i])) + ": the stack that shows " +
                              std::string(right_.name(partner_[i])) + " has no frame of it"};
    for (std::uint32_t i = left_call; i < calls[left_call].end; ++i)
        if (calls[i].task == calls[left_call].task && had_to_be_seen(i)) return std::nullopt;
    return Reason{ReasonCode::not_traceable, "no tracepoint lies in it",
                  std::string("fact ") + always_fact + ": names neither it nor what it calls"};
}

void excuse_unseen(Comparison &comparison, const Compared &left, const Compared &right) {
    if (!right.side.info.facts.contains(tracepoints_fact)) return;
    std::uint32_t counted = 0, unseen = 0;
    for (const Row &row : comparison.rows) {
        if (row.left == npos || row.right != npos) continue;
        const std::uint32_t self = left.kept.kept_at_or_above[row.left];
        if (self == npos || left.kept.call[self] != row.left) continue;
        ++counted;
        unseen += row.reason().code == ReasonCode::not_traceable || row.reason().code == ReasonCode::inlined_at_call ||
                  row.reason().code == ReasonCode::inlined_in_kernel;
    }
    comparison.calls.excused = std::max(comparison.calls.excused, std::min(unseen, counted));
    rate(comparison.calls);
}

Reason why_other_caller(const Compared &left, std::uint32_t left_caller, std::uint32_t outer, const Compared &right,
                        std::uint32_t right_call) {
    if (!right.side.info.facts.contains(tracepoints_fact)) return {};
    std::uint32_t at = left.kept.caller[left_caller];
    while (at != npos && at != outer)
        at = left.kept.caller[at];
    if (at == npos) return {};
    return {ReasonCode::inlined_at_call, "its caller was left by a tail call there",
            "kernel call " + std::to_string(right.tree.number(right_call)) + ": the stack that shows " +
                std::string(right.name(right_call)) + " has no frame of " +
                std::string(left.name(left.kept.call[left_caller]))};
}

bool later_than_6_1(const SideInfo &info) {
    const std::string_view version = version_of(info.release);
    return !version.empty() && version != "6.1";
}

std::optional<Reason> why_other_version(const Compared &kernel, std::uint32_t call) {
    const std::string_view version = version_of(kernel.side.info.release);
    if (!later_than_6_1(kernel.side.info)) return std::nullopt;
    const std::uint32_t self = kernel.kept.kept_at_or_above[call];
    if (self == npos || kernel.kept.call[self] != call || kernel.kept.caller[self] == npos) return std::nullopt;
    const std::string caller(catalogue_name(kernel.name(kernel.kept.call[kernel.kept.caller[self]])));
    const std::string callee(catalogue_name(kernel.name(call)));
    if (Catalogue::builtin().inlined_at(caller, callee) != true) return std::nullopt;
    return Reason{ReasonCode::configuration, "only " + std::string(version) + " calls it there",
                  "calls.tsv: in 6.1 " + caller + " has no call to " + callee + "; the kernel's release is " +
                      kernel.side.info.release};
}

} // namespace skbscope::trace
