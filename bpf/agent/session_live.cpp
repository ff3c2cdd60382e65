// SPDX-License-Identifier: GPL-2.0-or-later
// The session's live watch.
#include "bpf/agent/agent_error.h"
#include "bpf/agent/live_traffic.h"
#include "bpf/agent/live_watch.h"
#include "bpf/agent/namespaces.h"
#include "bpf/agent/probe_source.h"
#include "bpf/agent/session.h"
#include "bpf/agent/stack_source.h"

#include <nlohmann/json.hpp>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

std::vector<kernel_insn> translated(const std::vector<classic_insn> &filter) {
    if (filter.empty()) return {};
    auto out = translate(filter);
    if (!out) throw agent_failure("live request", out.error(), 2);
    return std::move(*out);
}

// Where the user wants packets seen first.
struct live_place {
    std::uint32_t net = 0, ifindex = 0;
};

live_place find_place(const live_request &request, const run_names &names, namespaces &around) {
    live_place p;
    const bool made = !request.scenario.empty(); // its hosts are namespaces that have no other name
    if (made) {
        for (const auto &[net, host] : names.host_of_net)
            if (names.hosts[host] == request.netns) p.net = net;
    } else if (!request.netns.empty() || !request.device.empty()) {
        p.net = around.net_of(request.netns.empty() ? "host" : request.netns);
    }
    if (made && p.net == 0 && !request.netns.empty())
        throw agent_failure("network namespace " + request.netns, "the scenario has no host of that name", 2);
    if (request.device.empty()) return p;
    for (const auto &[where, device] : names.device_of_ifindex)
        if ((p.net == 0 || where.first == p.net) && names.devices[device] == request.device)
            p = {where.first, where.second};
    if (p.ifindex == 0)
        throw agent_failure("device " + request.device,
                            request.netns.empty() ? "there is none of that name; --netns says in which namespace it is"
                                                  : "there is none of that name in " + request.netns,
                            2);
    return p;
}

} // namespace

// The probes that are attached from here on ask the filter.
void session::prepare_live(std::string_view payload) {
    auto request = decode_live(payload);
    if (!request) throw agent_failure("live request", request.error(), 2);
    live_ = std::move(*request);
    filter_ = probe_filter{{translated(live_->ethernet), translated(live_->raw)},
                           live_->ring_bytes,
                           live_->packets_max,
                           (live_->flags & SKBSCOPE_LIVE_DROPS) != 0};
    if (!index_) return;
    out_.progress("loading the generic probes");
    probes_.reset();
    probes_ = std::make_unique<probe_set>(*index_, filter_);
}

std::unique_ptr<live_source> session::live_programs() {
    if (stacks_) return std::make_unique<stack_source>(*stacks_, catalogue_);
    return std::make_unique<probe_source>(*probes_);
}

void session::watch() {
    if (!live_ || (!probes_ && !stacks_)) throw agent_failure("request", "a watch before what it is for", 2);
    run_names names;
    namespaces around(names);
    const auto source = live_programs();
    std::unique_ptr<live_traffic> traffic;
    if (live_->scenario.empty()) around.find(); // some of them may be closed to us once we are sealed
    const live_place place = live_->scenario.empty() ? find_place(*live_, names, around) : live_place{};
    seal();
    source->place(place.net, place.ifindex);
    if (!live_->scenario.empty()) {
        out_.progress("setting up the scenario");
        traffic = std::make_unique<live_traffic>(live_->scenario, names);
        const live_place made = find_place(*live_, names, around);
        source->place(made.net, made.ifindex);
    }
    std::map<std::string, std::string> facts = traffic ? traffic->settings() : std::map<std::string, std::string>();
    if (stacks_) facts.merge(stacks_->facts());
    hello(std::move(facts));
    send_rows(stacks_ ? stacks_->rows() : probes_->rows());
    out_.progress("watching");
    tracer &programs = stacks_ ? static_cast<tracer &>(stacks_->probes()) : *probes_;
    live_watch(*source, names, out_, host_,
               {.begun =
                    [&] {
                        out_.send(SKBSCOPE_FRAME_READY, json{{"serial", serial_}});
                    },
                .over = [&] { return traffic && traffic->over(programs, host_); },
                .look_around =
                    [&] {
                        if (!traffic) around.find();
                    },
                .task_name =
                    [&](std::uint32_t task) {
                        return traffic && traffic->task() == task ? std::string("skbscope") : std::string();
                    }});
}

} // namespace skbscope::bpf
