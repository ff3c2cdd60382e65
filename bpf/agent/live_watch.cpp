// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/live_watch.h"

#include <poll.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {
// The ring is looked at that often: nobody is woken by a record, which would be one more event in the kernel.
constexpr int tick_ms = 10;
constexpr int ticks_to_look = 100;            // a second
constexpr useconds_t last_records_us = 5'000; // programs that had begun when the watch was switched off
} // namespace

void live_watch(live_source &source, run_names &names, const sink &out, const session_host &host, const live_calls &c) {
    event_stream events(source, names, out, c.task_name);
    events.begin();
    source.watch(true);
    c.begun();
    for (int n = 1; !host.stopped() && !c.over(); ++n) {
        pollfd input{host.input, POLLIN, 0};
        (void)poll(&input, 1, tick_ms);
        const bool look = n % ticks_to_look == 0;
        if (look) c.look_around();
        if (look) events.tell_hidden_losses();
        events.send_recorded();
    }
    source.watch(false);
    usleep(last_records_us);
    c.look_around();
    events.finish();
    events.send_end();
}

} // namespace skbscope::bpf
