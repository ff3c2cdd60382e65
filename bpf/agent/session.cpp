// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/session.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/inspection.h"
#include "bpf/agent/lab_guest.h"
#include "bpf/agent/privileges.h"

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/utsname.h>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

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

} // namespace

void session::serve(std::string_view request) {
    frame_parser parser;
    parser.feed(request);
    for (bool first = true;; first = false) {
        const auto next = parser.next();
        if (!next) throw agent_failure("request", next.error().message());
        if (!*next && parser.pending() != 0) throw agent_failure("request", "came cut short");
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
    case SKBSCOPE_FRAME_SURVEY:
        survey(payload);
        break;
    case SKBSCOPE_FRAME_SNAPSHOT_OF:
        snapshot(payload);
        break;
    case SKBSCOPE_FRAME_CALLS:
        watch_calls(payload);
        break;
    case SKBSCOPE_FRAME_LIVE:
        prepare_live(payload);
        break;
    case SKBSCOPE_FRAME_WATCH:
        watch();
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
    facts.insert(buffers_.begin(), buffers_.end());
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

void session::know(std::string_view catalogue) {
    for (const std::string &line : lines_of(catalogue)) {
        const std::size_t tab = line.find('\t');
        catalogue_[line.substr(0, tab)] = tab == line.npos ? -1 : std::atoi(line.c_str() + tab + 1);
    }
}

void session::learn(std::string_view catalogue) {
    if (host_.privileges) require_privileges();
    out_.progress("reading the kernel's functions");
    know(catalogue);
    buffers_ = buffer_facts(host_.privileges);
    try {
        index_ = std::make_unique<kernel_index>(catalogue_);
        out_.progress("loading the generic probes");
        probes_ = std::make_unique<probe_set>(*index_, filter_);
    } catch (const agent_failure &why) {
        climb_down(why);
    }
}

// The last rung. It is said, in the trace as well: what is inferred never poses as watched.
void session::climb_down(const agent_failure &why) {
    const std::string refused = why.place + ": " + why.what();
    out_.progress("putting programs on tracepoints");
    try {
        stacks_ = std::make_unique<stack_rung>(catalogue_, refused, filter_);
    } catch (const agent_failure &last) {
        throw agent_failure(why.place,
                            std::string(why.what()) + "; and tracepoints: " + last.place + ": " + last.what());
    }
    out_.note("calls are inferred from stacks at tracepoints, because " + refused);
}

// Tries each means; nothing stays loaded that was not before.
void session::survey(std::string_view catalogue) {
    out_.progress("asking the kernel what it allows");
    know(catalogue);
    std::unique_ptr<kernel_index> index;
    std::unique_ptr<stack_rung> stacks;
    std::string why_no_stacks;
    try {
        index = std::make_unique<kernel_index>(catalogue_);
    } catch (const agent_failure &why) {
        out_.note(why.place + ": " + why.what());
    }
    try {
        stacks = std::make_unique<stack_rung>(catalogue_, "");
    } catch (const agent_failure &why) {
        why_no_stacks = why.place + ": " + why.what();
    }
    json machine = json::array();
    for (const machine_row &r : inspect_machine(stacks.get(), why_no_stacks))
        machine.push_back(json{{"what", r.what}, {"there", r.there ? 1U : 0U}, {"detail", r.detail}});
    out_.send(SKBSCOPE_FRAME_INSPECT, json{{"machine", machine}});
    std::ifstream kallsyms("/proc/kallsyms");
    send_rows(inspect_functions(catalogue_, symbol_table::read(kallsyms), index.get(), stacks.get()));
}

void session::attach(std::string_view names) {
    if (stacks_) return; // it sees all functions that it can see, asked or not
    if (!probes_) throw agent_failure("request", "probes before a catalogue", 2);
    if (sealed_) throw agent_failure("request", "probes after a run: this agent has given up what they take", 2);
    const std::vector<std::string> all = lines_of(names);
    const patching_at_once batch;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % 8 == 0) out_.progress("attaching probes", static_cast<unsigned>(i), static_cast<unsigned>(all.size()));
        (void)probes_->attach(all[i]);
    }
}

// What comes now reads a scenario, packets, what probes wrote of packets: with nothing in hand to attach another.
void session::seal() {
    if (!host_.privileges || sealed_) return;
    enter_stage(agent_stage::running);
    sealed_ = true;
}

void session::send_rows(const std::vector<inspect_row> &all) const {
    constexpr std::size_t batch = 1000; // far below SKBSCOPE_FRAME_MAX
    for (std::size_t i = 0; i < all.size(); i += batch) {
        json rows = json::array();
        for (const inspect_row &r : std::span(all).subspan(i, std::min(batch, all.size() - i)))
            rows.push_back(json{{"function", r.function}, {"by", r.by}, {"reason", r.reason}});
        out_.send(SKBSCOPE_FRAME_INSPECT, json{{"rows", rows}});
    }
}

} // namespace skbscope::bpf
