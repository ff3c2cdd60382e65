// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "linux/rtnetlink.h"
#include "linux/sched.h"
#include "sim/cpu.h"
#include "sim/machine_state.h"

namespace skbscope::stack {

// For the life of a request of sim/netconfig.h: it is another process's work, so the trace does not show it; and what
// the request put off to kernel threads is done before it returns, as they run while a process waits for another.
class netconfig_scope {
public:
    // `shown`: as if the scenario's process did it.
    explicit netconfig_scope(bool shown = false)
        : recorder_(this_machine().recorder), was_on_(!shown && recorder_ && recorder_->on()) {
        if (was_on_) recorder_->set_on(false);
        rtnl_lock();
    }
    ~netconfig_scope() {
        rtnl_unlock();
        if (get_current()->pid == 0)
            while (dispatch_once()) {
            }
        else
            cond_resched();
        if (was_on_) recorder_->set_on(true);
    }
    netconfig_scope(const netconfig_scope &) = delete;
    netconfig_scope &operator=(const netconfig_scope &) = delete;

private:
    trace::Recorder *recorder_;
    bool was_on_;
};

} // namespace skbscope::stack
