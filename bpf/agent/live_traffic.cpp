// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/live_traffic.h"

#include "bpf/agent/agent_error.h"

#include <algorithm>
#include <unistd.h>

namespace skbscope::bpf {

namespace {
constexpr useconds_t settle_us = 300'000; // carrier changes and queue activation take place in the background
constexpr int calls_after = 20;           // a fifth of a second: what the last step set off may be on its way still
} // namespace

live_traffic::live_traffic(const std::string &oplist, run_names &names) : net_(names) {
    auto list = decode(std::as_bytes(std::span(oplist)));
    if (!list) throw agent_failure("operation list", list.error().message(), 2);
    list_ = std::move(*list);
    std::erase_if(list_.ops, [](const op &o) { return o.kind == SKBSCOPE_OP_TRACE; });
    for (; first_ < list_.ops.size(); ++first_) {
        const op &o = list_.ops[first_];
        if (!network::is_configuration(o) || o.step != no_step) break;
        net_.configure(o, list_.data_of(o));
    }
    net_.find_devices();
    usleep(settle_us);
}

bool live_traffic::over(tracer &probes, const session_host &host) {
    if (done_) return ++calls_since_ > calls_after;
    if (!steps_) steps_ = std::make_unique<running_steps>(run_parts{list_, net_, probes, nullptr, host}, first_);
    if (task_ == 0) task_ = steps_->task();
    if (steps_->serve(0)) return false;
    steps_->finish();
    done_ = true;
    return false;
}

} // namespace skbscope::bpf
