// SPDX-License-Identifier: GPL-2.0-or-later
// One line a function makes it visible:
//
//     int ip_rcv(sk_buff *skb, ...) {
//         TRACE_FN(skb);                 // or TRACE_FN(); when the function takes no sk_buff
//         ...
//         return TRACE_RET(NET_RX_DROP); // optional: the leave event then carries the verdict or errno
//     }
//
// It records an enter event now and a leave event when the scope ends. The name is the function's own; the kernel file
// follows from where the source stands (core-stack/net/core/dev.cpp is net/core/dev.c). The snapshot is read from the
// sk_buff in memory, never passed in. An sk_buff that is not yet there may be null. Switched off it is a byte compared
// and a branch not taken, at either end, and nothing else: no store, since there are some 250 functions in the way of a
// packet. Not for lambdas and constructors (they have no kernel name).
#pragma once

#include "linux/trace_place.h"
#include "trace/event.h"
#include "trace/recorder.h"

#include <type_traits>

namespace skbscope::stack {

struct sk_buff;

// What is known of a call site's function; resolved in the catalogue at its first event.
struct trace_site {
    const char *function;
    const char *file; // of ours: "core-stack/net/core/dev.cpp"
    trace::FunctionId id = trace::no_function;
    bool resolved = false;
    std::uint8_t state = 0; // SKBSCOPE_STATE_INLINE where the stock kernel cannot show the function
};

// The recorder of the machine in use; one that is always off when there is none.
extern thread_local constinit trace::Recorder *trace_recorder;
[[nodiscard]] inline bool trace_on() {
    return trace_recorder->on();
}

// A returned pointer as the trace shows it: the same in every run. Null and error pointers as they are, what lies in
// the machine's memory by its shown address, of anything else only that it is there (1).
[[nodiscard]] std::int64_t trace_pointer(const void *value);

class trace_scope {
public:
    [[gnu::always_inline]] explicit trace_scope(trace_site &site, const sk_buff *skb = nullptr) {
        if (trace::recording) [[unlikely]]
            enter(site, skb);
    }
    [[gnu::always_inline]] ~trace_scope() {
        if (trace::recording) [[unlikely]]
            leave();
    }
    trace_scope(const trace_scope &) = delete;
    trace_scope &operator=(const trace_scope &) = delete;

    template <class T> [[gnu::always_inline]] T ret(T value) {
        if (trace::recording) [[unlikely]] {
            has_ret_ = true;
            if constexpr (std::is_pointer_v<T>)
                ret_ = trace_pointer(value);
            else
                ret_ = static_cast<std::int64_t>(value);
        }
        return value;
    }

private:
    // "Cold" says to the callers: the way to these calls lies behind the function's own code, not amid it, so that a
    // run that is not recorded does not fetch it. They only jump on to what follows, which is as fast as it can be.
    [[gnu::cold]] void enter(trace_site &site, const sk_buff *skb);
    [[gnu::cold]] void leave();
    void record_enter(trace_site &site, const sk_buff *skb);
    void record_leave();

    // All set by record_enter() alone, the unions so that trace_place's own beginning is not. Whether an enter event
    // waits for its leave is not told here, but by the machine: this is its place's scope.
    trace_site *site_;
    const sk_buff *skb_;
    std::int64_t ret_;
    union {
        trace_place own_;
    };
    union {
        trace_place outer_;
    };
    trace::PacketId packet_;
    bool has_ret_;
};

} // namespace skbscope::stack

#define TRACE_FN(...)                                                                                                  \
    static constinit ::skbscope::stack::trace_site skbscope_site_{__func__, __FILE__};                                 \
    [[maybe_unused]] ::skbscope::stack::trace_scope skbscope_scope_(skbscope_site_ __VA_OPT__(, ) __VA_ARGS__)
#define TRACE_RET(value) skbscope_scope_.ret(value)
