// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/live_traffic.h"

#include "bpf/agent/agent_error.h"

#include <algorithm>

namespace skbscope::bpf {

namespace {
constexpr int calls_after = 20; // a fifth of a second: what the last step set off may be on its way still
} // namespace

live_traffic::live_traffic(const std::string &oplist, run_names &names) : net_(names) {
    auto list = decode(std::as_bytes(std::span(oplist)));
    if (!list) throw agent_failure("operation list", list.error().message(), 2);
    list_ = std::move(*list);
    std::erase_if(list_.ops, [](const op &o) { return o.kind == SKBSCOPE_OP_TRACE; });
    first_ = net_.set_up(list_);
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
