// SPDX-License-Identifier: GPL-2.0-or-later
// Enter and leave.
#include "linux/err.h"
#include "linux/skbuff.h"
#include "linux/slab.h"
#include "linux/trace_fn.h"
#include "net/net_namespace.h"
#include "sim/arena.h"
#include "sim/asan.h"
#include "sim/boot.h"
#include "sim/cpu.h"
#include "sim/extra_functions.h"
#include "sim/trace_bytes.h"
#include "sim/trace_record.h"
#include "trace/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace skbscope::stack {

using trace::Event;

namespace {

trace::Recorder off_recorder{0};

constexpr u32 header_budget = 256;

// "core-stack/net/core/dev.cpp" -> "net/core/dev.c"; "core-stack/include/linux/skbuff.h" -> "include/linux/skbuff.h"
std::string kernel_path(std::string_view file) {
    constexpr std::string_view room = "core-stack/";
    if (const auto at = file.rfind(room); at != std::string_view::npos) file.remove_prefix(at + room.size());
    std::string path(file);
    if (path.ends_with(".cpp")) path.resize(path.size() - 2);
    return path;
}

// The functions our catalogue does not know get ids behind it, once for the whole process.
std::vector<std::string> &extra_names() {
    static std::vector<std::string> names;
    return names;
}

void resolve(trace_site &site) {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    site.resolved = true;
    if (const auto id = catalogue.find(site.function, kernel_path(site.file))) {
        site.id = *id;
        if (!catalogue.at(*id).traceable) site.state = SKBSCOPE_STATE_INLINE;
        return;
    }
    auto &names = extra_names();
    std::size_t i = 0;
    while (i < names.size() && names[i] != site.function)
        ++i;
    if (i == names.size()) names.emplace_back(site.function);
    site.id = static_cast<trace::FunctionId>(catalogue.size() + i);
}

// The sk_buff may be gone by now: then its slot is free (and poisoned), or holds another packet.
#if SKBSCOPE_ASAN
__attribute__((no_sanitize("address")))
#endif
bool still_lives(const sk_buff *skb, trace::PacketId packet) {
    return skb->trace_packet == packet;
}

} // namespace

thread_local constinit trace::Recorder *trace_recorder = &off_recorder;

void trace_recorder_use(trace::Recorder *recorder) {
    trace_recorder = recorder ? recorder : &off_recorder;
    trace::recording = trace_recorder->on() || (this_machine_ && this_machine_->scopes != 0);
}
void trace_recorder_off() {
    trace_recorder = &off_recorder;
}

std::string_view extra_function_name(std::size_t index) {
    return extra_names()[index];
}

std::int64_t trace_pointer(const void *value) {
    if (IS_ERR_OR_NULL(value)) return reinterpret_cast<std::intptr_t>(value);
    return this_machine().memory->holds(value) ? static_cast<std::int64_t>(kernel_address(value)) : 1;
}

void trace_scope::enter(trace_site &site, const sk_buff *skb) {
    if (trace_on()) record_enter(site, skb);
}

void trace_scope::leave() {
    if (this_machine_ && this_machine_->where.scope == this) record_leave();
}

[[gnu::hot, gnu::noinline]] void trace_scope::record_enter(trace_site &site, const sk_buff *skb) {
    if (!site.resolved) [[unlikely]]
        resolve(site);
    machine_state &m = this_machine();
    trace_place &t = m.where;
    ++m.scopes;
    site_ = &site;
    skb_ = skb;
    has_ret_ = false;
    packet_ = trace::no_packet;
    outer_ = t;
    // The outermost function of a process starts where the process is.
    if (t.fn == trace::no_function) t.host = trace_host_id(get_current()->net_ns);
    t.fn = site.id;
    t.scope = this;

    Event &e = record(SKBSCOPE_EV_ENTER);
    e.state |= site.state;
    if (!skb) {
        own_ = t;
        return;
    }
    sk_buff *s = const_cast<sk_buff *>(skb); // the tracer's own fields
    const bool is_new = see_packet(s);
    place_record(e, skb);
    t.device = e.device;
    t.host = e.host;
    own_ = t;
    e.packet = packet_ = s->trace_packet;
    fill_snapshot(e, s);
    if (!s->head) return; // being built
    if (is_new) [[unlikely]] {
        if (s->head_released) return; // as well: skb_morph() makes a packet out of one that was

        record_identity(s, e);
        record_frags(s, e);
    }
    record_owner(s, e);
    trace_bytes(s, e, header_budget);
}

[[gnu::hot, gnu::noinline]] void trace_scope::record_leave() {
    if (trace_on()) {
        Event &e = record_at(SKBSCOPE_EV_LEAVE, own_);
        e.state |= site_->state;
        e.packet = packet_;
        if (has_ret_) {
            e.state |= SKBSCOPE_STATE_HAS_RET;
            e.leave.ret = ret_;
        }
        if (packet_ && still_lives(skb_, packet_)) trace_bytes(skb_, e, ~0U);
    }
    machine_state &m = this_machine();
    m.where = outer_;
    --m.scopes;
}

} // namespace skbscope::stack
