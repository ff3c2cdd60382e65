// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/document_side.h"

#include "ui/models/names.h"

#include <algorithm>
#include <utility>

namespace skbscope::ui {

bool isEffect(const trace::Event &e) {
    if (trace::is_buffer_op(e)) return true;
    switch (e.kind) {
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
    case SKBSCOPE_EV_SCHED_SLEEP:
    case SKBSCOPE_EV_SCHED_SWITCH:
    case SKBSCOPE_EV_SCHED_WAKE:
    case SKBSCOPE_EV_IPI:
    case SKBSCOPE_EV_DROP:
        return true;
    default:
        return e.kind >= SKBSCOPE_EV_CLONE_OF && e.kind <= SKBSCOPE_EV_COPY_OF;
    }
}

bool movesPointers(const trace::Event &e) {
    return e.kind >= SKBSCOPE_EV_RESERVE && e.kind <= SKBSCOPE_EV_TRIM;
}

// The calls and the packets need nothing of each other.
DocumentSide::DocumentSide(const trace::Side &s)
    : DocumentSide(s, std::async(std::launch::async, [&s] { return trace::build_call_tree(s); })) {}

DocumentSide::DocumentSide(const trace::Side &s, std::future<trace::CallTree> made)
    : side(&s), packets(trace::build_packet_table(s)), states(s, tree) {
    tree = made.get();
    indexEvents();
}

// A long trace has millions of calls of some hundred functions.
void DocumentSide::use(trace::FunctionId fn) {
    if (fn == trace::no_function) return;
    if (fn >= functions_.size()) functions_.resize(std::size_t(fn) + 1);
    if (!std::exchange(functions_[fn].used, true))
        functions_[fn].name = qs(side->function_name(fn)), functions_[fn].function = side->function(fn);
}

void DocumentSide::indexEvents() {
    for (quint32 i = 0; i < side->events.size(); ++i) {
        const trace::Event &e = event(i);
        cpus_.set(e.cpu);
        use(e.fn);
        auto &softirqs = softirqs_[e.cpu];
        if (e.kind == SKBSCOPE_EV_SOFTIRQ_ENTER) softirqs.emplace_back(i, quint8(e.context.vector));
        // the event that ends it still belongs to it
        if (e.kind == SKBSCOPE_EV_SOFTIRQ_EXIT && !softirqs.empty()) softirqs.emplace_back(i + 1, quint8(0xff));
        if (isEffect(e)) effects_.push_back(i); // those outside of all calls come last
    }
    std::stable_sort(effects_.begin(), effects_.end(),
                     [this](quint32 a, quint32 b) { return tree.call_at[a] < tree.call_at[b]; });
    effects_.shrink_to_fit();
}

std::span<const quint32> DocumentSide::effectsOf(quint32 call) const {
    struct Less {
        const trace::CallTree &tree;
        bool operator()(quint32 event, quint32 wanted) const { return tree.call_at[event] < wanted; }
    } const less{tree};
    const auto begin = std::lower_bound(effects_.begin(), effects_.end(), call, less);
    auto end = begin;
    while (end != effects_.end() && tree.call_at[*end] == call)
        ++end;
    return {begin, end};
}

quint8 DocumentSide::softirqAt(quint32 index) const {
    const auto &all = softirqs_[event(index).cpu];
    const auto next =
        std::upper_bound(all.begin(), all.end(), index, [](quint32 e, const auto &s) { return e < s.first; });
    return next == all.begin() ? quint8(0xff) : std::prev(next)->second;
}

trace::Function DocumentSide::function(trace::FunctionId fn) const {
    return fn < functions_.size() && functions_[fn].used ? functions_[fn].function : side->function(fn);
}

const PacketLog &DocumentSide::log() const {
    std::call_once(logOnce_, [this] { log_ = std::make_unique<const PacketLog>(*this); });
    return *log_;
}

QString DocumentSide::functionName(trace::FunctionId fn) const {
    if (fn == trace::no_function) return {};
    return fn < functions_.size() && functions_[fn].used ? functions_[fn].name : qs(side->function_name(fn));
}

const trace::Event *DocumentSide::extension(quint32 index, unsigned kind) const {
    for (quint32 i = index + 1; i < side->events.size() && trace::is_extension(side->events[i]); ++i)
        if (side->events[i].kind == kind) return &side->events[i];
    return nullptr;
}

} // namespace skbscope::ui
