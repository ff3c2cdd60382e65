// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/compare_tasks.h"

#include "trace/renames.h"

#include <algorithm>

namespace skbscope::trace {

namespace {

std::string text_of(const Side &side, const std::optional<Thread> &thread) {
    if (!thread) return {};
    if (thread->task == 0) return "CPU " + std::to_string(thread->cpu) + " (idle, interrupts)";
    const auto name = side.tasks.find(thread->task);
    return (name == side.tasks.end() ? "task" : name->second) + " " + std::to_string(thread->task);
}

CallTree part_or_nothing(const Side &side, const CallTree &tree, const std::vector<Thread> &threads,
                         const std::optional<Thread> &thread) {
    if (thread) return part_of_tree(tree, threads, *thread);
    CallTree none;
    none.call_at.assign(side.events.size(), npos);
    return none;
}

void add(CallFidelity &to, const CallFidelity &more) {
    to.reference += more.reference;
    to.ours += more.ours;
    to.matched += more.matched;
    to.excused += more.excused;
    to.nested += more.nested;
}

void add(StateFidelity &to, const StateFidelity &more) {
    to.fields += more.fields;
    to.agree += more.agree;
    to.changed_fields += more.changed_fields;
    to.changed_agree += more.changed_agree;
}

// Rows of a part, their calls and parents numbered as in the whole.
void append(Comparison &to, Comparison part, const CallTree &left, const CallTree &right) {
    const auto first = static_cast<std::uint32_t>(to.rows.size());
    for (Row &row : part.rows) {
        if (row.left != npos) row.left = left.number(row.left);
        if (row.right != npos) row.right = right.number(row.right);
        if (row.parent != npos) row.parent += first;
        to.rows.push_back(std::move(row));
    }
    add(to.calls, part.calls);
    add(to.states, part.states);
    to.unexplained += part.unexplained;
    to.exact = to.exact && part.exact;
}

} // namespace

bool on_several_cpus(const Side &side, const CallTree &tree) {
    if (const auto cpus = side.info.facts.find("cpus"); cpus != side.info.facts.end() && cpus->second != "1")
        return true;
    return std::ranges::any_of(tree.calls, [&](const Call &c) {
        return side.events[c.enter].cpu != side.events[tree.calls.front().enter].cpu;
    });
}

bool tells_no_cpu(const Side &side, const CallTree &tree) {
    if (side.info.transport != "tree" || side.info.facts.contains("cpus")) return false;
    const auto event = [&](const Call &c) -> const Event & { return side.events[c.enter]; };
    return std::ranges::any_of(tree.calls, [&](const Call &c) { return event(c).task == 0; }) &&
           std::ranges::none_of(tree.calls, [&](const Call &c) { return event(c).cpu != 0; });
}

std::vector<Thread> threads_of_calls(const Side &side, const CallTree &tree) {
    std::vector<Thread> out;
    out.reserve(tree.calls.size());
    for (const Call &c : tree.calls) {
        const Event &e = side.events[c.enter];
        const Context context = context_of(e);
        const std::string_view name = catalogue_name(side.function_name(c.fn));
        const bool interrupt = context == Context::softirq || context == Context::hardirq || name == "run_ksoftirqd" ||
                               name == "ksoftirqd_should_run";
        out.push_back(c.parent != npos ? out[c.parent] : interrupt ? Thread{0, e.cpu} : thread_of(e));
    }
    return out;
}

CallTree part_of_tree(const CallTree &tree, const std::vector<Thread> &threads, Thread thread) {
    CallTree out;
    std::vector<std::uint32_t> at(tree.calls.size(), npos);
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i) {
        Call c = tree.calls[i];
        if (threads[i] != thread) continue;
        at[i] = static_cast<std::uint32_t>(out.calls.size());
        if (c.parent != npos) c.parent = at[c.parent];
        if (c.parent == npos) out.roots.push_back(at[i]);
        out.calls.push_back(c);
        out.numbers.push_back(i);
    }
    for (Call &c : out.calls)
        c.end = static_cast<std::uint32_t>(std::ranges::lower_bound(out.numbers, c.end) - out.numbers.begin());
    out.call_at.reserve(tree.call_at.size());
    for (const std::uint32_t call : tree.call_at)
        out.call_at.push_back(call == npos ? npos : at[call]);
    out.losses = tree.losses;
    return out;
}

Comparison compare_tasks(const Side &left, const CallTree &left_tree, const Side &right, const CallTree &right_tree,
                         const CompareOptions &options) {
    Comparison out;
    std::vector<Thread> l_threads = threads_of_calls(left, left_tree), r_threads = threads_of_calls(right, right_tree);
    if (tells_no_cpu(left, left_tree) || tells_no_cpu(right, right_tree))
        for (std::vector<Thread> *threads : {&l_threads, &r_threads})
            for (Thread &t : *threads)
                t.cpu = 0;
    for (const ThreadPair &pair : pair_threads(left, left_tree, l_threads, right, right_tree, r_threads)) {
        const CallTree l_part = part_or_nothing(left, left_tree, l_threads, pair.left),
                       r_part = part_or_nothing(right, right_tree, r_threads, pair.right);
        NameTable names;
        const Compared l(left, l_part, names, calls_of_ticks(left, l_part)),
            r(right, r_part, names, calls_of_ticks(right, r_part));
        Comparison part = compare_trees(l, r, options);
        TaskComparison &task = out.tasks.emplace_back();
        task.left = text_of(left, pair.left);
        task.right = text_of(right, pair.right);
        task.first_row = static_cast<std::uint32_t>(out.rows.size());
        task.rows = static_cast<std::uint32_t>(part.rows.size());
        task.calls = part.calls;
        task.states = part.states;
        task.unexplained = part.unexplained;
        append(out, std::move(part), l_part, r_part);
    }
    rate(out.calls);
    return out;
}

} // namespace skbscope::trace
