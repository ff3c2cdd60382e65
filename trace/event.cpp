// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/event.h"

#include "trace/seen.h"

#include <iterator>

namespace skbscope::trace {

namespace {
struct KindName {
    unsigned kind;
    const char *name;
};
constexpr KindName kind_names[] = {
    {SKBSCOPE_EV_ENTER, "enter"},
    {SKBSCOPE_EV_LEAVE, "leave"},
    {seen_kind, "seen"},
    {SKBSCOPE_EV_ALLOC, "alloc"},
    {SKBSCOPE_EV_RESERVE, "reserve"},
    {SKBSCOPE_EV_PUT, "put"},
    {SKBSCOPE_EV_PUSH, "push"},
    {SKBSCOPE_EV_PULL, "pull"},
    {SKBSCOPE_EV_TRIM, "trim"},
    {SKBSCOPE_EV_CLONE, "clone"},
    {SKBSCOPE_EV_COPY, "copy"},
    {SKBSCOPE_EV_EXPAND, "expand"},
    {SKBSCOPE_EV_FREE, "free"},
    {SKBSCOPE_EV_HEAD_FREE, "head-free"},
    {SKBSCOPE_EV_ENQUEUE, "enqueue"},
    {SKBSCOPE_EV_DEQUEUE, "dequeue"},
    {SKBSCOPE_EV_IRQ_ENTER, "irq-enter"},
    {SKBSCOPE_EV_IRQ_EXIT, "irq-exit"},
    {SKBSCOPE_EV_SOFTIRQ_RAISE, "softirq-raise"},
    {SKBSCOPE_EV_SOFTIRQ_ENTER, "softirq-enter"},
    {SKBSCOPE_EV_SOFTIRQ_EXIT, "softirq-exit"},
    {SKBSCOPE_EV_SCHED_SLEEP, "sleep"},
    {SKBSCOPE_EV_SCHED_SWITCH, "switch"},
    {SKBSCOPE_EV_SCHED_WAKE, "wake"},
    {SKBSCOPE_EV_IPI, "ipi"},
    {SKBSCOPE_EV_TIMER, "timer"},
    {SKBSCOPE_EV_CLONE_OF, "clone-of"},
    {SKBSCOPE_EV_SEGMENT_OF, "segment-of"},
    {SKBSCOPE_EV_MERGED_INTO, "merged-into"},
    {SKBSCOPE_EV_FRAGMENT_OF, "fragment-of"},
    {SKBSCOPE_EV_REASSEMBLED_FROM, "reassembled-from"},
    {SKBSCOPE_EV_CROSSED, "crossed"},
    {SKBSCOPE_EV_COPY_OF, "copy-of"},
    {SKBSCOPE_EV_DROP, "drop"},
    {SKBSCOPE_EV_LOSS, "loss"},
    {SKBSCOPE_EV_TRACE_ON, "trace-on"},
    {SKBSCOPE_EV_TRACE_OFF, "trace-off"},
    {SKBSCOPE_EV_STEP_BEGIN, "step-begin"},
    {SKBSCOPE_EV_STEP_END, "step-end"},
    {SKBSCOPE_EV_EXT_IDENTITY, "ext-identity"},
    {SKBSCOPE_EV_EXT_AMOUNT, "ext-amount"},
    {SKBSCOPE_EV_EXT_LINEAGE, "ext-lineage"},
    {SKBSCOPE_EV_EXT_ARGS, "ext-args"},
    {SKBSCOPE_EV_EXT_FRAGS, "ext-frags"},
    {SKBSCOPE_EV_EXT_SOCKET, "ext-socket"},
    {SKBSCOPE_EV_EXT_BYTES, "ext-bytes"},
};
} // namespace

const char *kind_name(unsigned kind) {
    for (const KindName &k : kind_names)
        if (k.kind == kind) return k.name;
    return "?";
}

const char *context_name(Context context) {
    constexpr const char *names[] = {"process", "softirq", "hardirq", "idle"};
    const auto i = static_cast<std::size_t>(context);
    return i < std::size(names) ? names[i] : "?";
}

} // namespace skbscope::trace
