// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/session.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/network.h"
#include "bpf/agent/runner.h"
#include "bpf/agent/unprobed.h"

#include <ctime>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/utsname.h>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

// Carrier changes and queue activation of new devices take place in the background, up to a second late.
constexpr useconds_t settle_us = 300'000;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

std::string now_utc() {
    const std::time_t t = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&t, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%FT%TZ", &parts);
    return text;
}

std::int64_t serial_of(std::string_view request) {
    const json j = json::parse(request, nullptr, false);
    const auto at = j.is_object() ? j.find("serial") : j.end();
    return at != j.end() && at->is_number_integer() ? at->get<std::int64_t>() : -1;
}

std::size_t first_step(const op_list &list) {
    std::size_t i = 0;
    while (i < list.ops.size() && network::is_configuration(list.ops[i]) && list.ops[i].step == no_step)
        ++i;
    return i;
}

} // namespace

void session::serve(std::string_view request) {
    frame_parser parser;
    parser.feed(request);
    for (bool first = true;; first = false) {
        const auto next = parser.next();
        if (!next) throw agent_failure("request", next.error().message());
        if (!*next) return;
        const frame &f = **next;
        if (first && (f.type != SKBSCOPE_FRAME_REQUEST || serial_of(f.payload) == serial_)) return;
        handle(f.type, f.payload);
    }
}

void session::handle(std::uint16_t type, std::string_view payload) {
    switch (type) {
    case SKBSCOPE_FRAME_REQUEST:
        begin(payload);
        break;
    case SKBSCOPE_FRAME_CATALOGUE:
        learn(payload);
        break;
    case SKBSCOPE_FRAME_ATTACH:
        attach(payload);
        break;
    case SKBSCOPE_FRAME_RUN:
        run(payload);
        break;
    case SKBSCOPE_FRAME_WAIT:
        out_.send(SKBSCOPE_FRAME_READY, json{{"serial", serial_}});
        break;
    default:
        throw agent_failure("request", "frame of type " + std::to_string(type) + " is unknown to this agent", 2);
    }
}

void session::begin(std::string_view request) {
    serial_ = serial_of(request);
    hello();
}

void session::hello(std::map<std::string, std::string> facts) const {
    if (index_ && !index_->drop_reasons().empty()) facts["enum skb_drop_reason"] = index_->drop_reasons();
    utsname u{};
    uname(&u);
    out_.send(SKBSCOPE_FRAME_HELLO, json{{"release", u.release},
                                         {"build", u.version},
                                         {"date", now_utc()},
                                         {"transport", host_.transport},
                                         {"clock", host_.clock},
                                         {"facts", facts}});
}

void session::learn(std::string_view catalogue) {
    out_.progress("reading the kernel's functions");
    for (const std::string &line : lines_of(catalogue)) {
        const std::size_t tab = line.find('\t');
        catalogue_[line.substr(0, tab)] = tab == line.npos ? -1 : std::atoi(line.c_str() + tab + 1);
    }
    index_ = std::make_unique<kernel_index>(catalogue_);
    out_.progress("loading the generic probes");
    probes_ = std::make_unique<probe_set>(*index_);
}

void session::attach(std::string_view names) {
    if (!probes_) throw agent_failure("request", "probes before a catalogue", 2);
    const std::vector<std::string> all = lines_of(names);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % 8 == 0) out_.progress("attaching probes", static_cast<unsigned>(i), static_cast<unsigned>(all.size()));
        (void)probes_->attach(all[i]);
    }
}

void session::run(std::string_view oplist) {
    if (!probes_) throw agent_failure("request", "a run before a catalogue", 2);
    const auto list = decode(std::as_bytes(std::span(oplist)));
    if (!list) throw agent_failure("operation list", list.error().message(), 2);
    out_.progress("setting up the scenario");
    run_names names;
    network net(names);
    const std::size_t first = first_step(*list);
    for (std::size_t i = 0; i < first; ++i)
        net.configure(list->ops[i], list->data_of(list->ops[i]));
    net.find_devices();
    usleep(settle_us);
    std::vector<std::string> missed;
    std::uint32_t task = 0;
    {
        const unprobed_watch watch(*index_, *probes_);
        out_.progress("running the scenario");
        task = run_steps({*list, net, *probes_, watch, host_}, first);
        std::set<std::uint32_t> tasks{0, task};
        for (const std::uint32_t t : softirq_tasks())
            tasks.insert(t);
        missed = watch.called(tasks);
    }
    assembler records(probes_->probes(), names);
    const auto cpus = probes_->cpus();
    for (std::size_t cpu = 0; cpu < cpus.size(); ++cpu) {
        records.begin_cpu(static_cast<std::uint8_t>(cpu), 0);
        records.end_cpu(static_cast<std::uint8_t>(cpu), cpus[cpu].seq);
    }
    probes_->drain([&records](std::span<const std::byte> r) { records.add(r); });
    const assembled result = records.finish();
    hello(net.settings());
    send_names(names, task);
    send_rows(0);
    send_events(result.events);
    out_.send(SKBSCOPE_FRAME_MISSED, json{{"functions", missed}});
    out_.send(SKBSCOPE_FRAME_END, json{{"events", result.events.size()}, {"lost", result.lost}});
}

void session::send_names(const run_names &names, std::uint32_t task) const {
    json functions = json::array();
    for (const probe_info &p : probes_->probes())
        functions.push_back(p.name);
    json tasks = json::array({json{{"id", 0}, {"name", "idle"}}, json{{"id", task}, {"name", "skbscope"}}});
    for (const std::uint32_t t : softirq_tasks())
        tasks.push_back(json{{"id", t}, {"name", "ksoftirqd"}});
    out_.send(SKBSCOPE_FRAME_NAMES, json{{"functions", functions},
                                         {"hosts", names.hosts},
                                         {"devices", names.devices},
                                         {"queues", names.queues},
                                         {"tasks", tasks}});
}

void session::send_rows(std::size_t from) const {
    json rows = json::array();
    for (std::size_t i = from; i < probes_->rows().size(); ++i) {
        const inspect_row &r = probes_->rows()[i];
        rows.push_back(json{{"function", r.function}, {"by", r.by}, {"reason", r.reason}});
    }
    out_.send(SKBSCOPE_FRAME_INSPECT, json{{"rows", rows}});
}

void session::send_events(const std::vector<trace::Event> &events) const {
    constexpr std::size_t batch = SKBSCOPE_FRAME_MAX / sizeof(trace::Event) / 2;
    for (std::size_t i = 0; i < events.size(); i += batch) {
        const auto part = std::span(events).subspan(i, std::min(batch, events.size() - i));
        out_.send_bytes(SKBSCOPE_FRAME_EVENTS,
                        std::string_view(reinterpret_cast<const char *>(part.data()), part.size_bytes()));
    }
}

} // namespace skbscope::bpf
