// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/stream_reader.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace skbscope::bpf {

namespace {

using json = nlohmann::json;
using trace::Event;

constexpr std::size_t events_max = 64U << 20; // 4 GiB of them: no run of ours comes near
constexpr std::size_t names_max = 60'000;     // ids are 16 bits wide
constexpr std::size_t text_max = 4096;
constexpr std::size_t extra_functions_max = 8192; // outside the catalogue; each is looked up among them

// A member of the wanted type, else what `fallback` says: absent or of another type is the same to us.
std::string text_of(const json &j, const char *key) {
    const auto at = j.find(key);
    if (at == j.end() || !at->is_string()) return {};
    std::string text = at->get<std::string>().substr(0, text_max);
    for (char &c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' '; // it ends up on terminals
    return text;
}

std::uint64_t number_of(const json &j, const char *key, std::uint64_t fallback = 0) {
    const auto at = j.find(key);
    return at != j.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : fallback;
}

std::vector<std::string> texts_of(const json &j, const char *key) {
    std::vector<std::string> out;
    const auto at = j.find(key);
    if (at == j.end() || !at->is_array()) return out;
    for (const json &item : *at)
        if (out.size() < names_max && item.is_string()) out.push_back(item.get<std::string>().substr(0, text_max));
    return out;
}

void read_hello(const json &j, trace::SideInfo &info) {
    info.kind = trace::SideKind::kernel;
    info.release = text_of(j, "release");
    info.build = text_of(j, "build");
    info.transport = text_of(j, "transport");
    info.date = text_of(j, "date");
    info.clock = text_of(j, "clock") == "instructions" ? trace::Clock::instructions : trace::Clock::real_ns;
    const auto facts = j.find("facts");
    if (facts == j.end() || !facts->is_object()) return;
    for (const auto &[name, value] : facts->items())
        if (value.is_string() && info.facts.size() < names_max) info.facts[name] = value.get<std::string>();
}

void read_rows(const json &j, read_state &state) {
    static const json none = json::array();
    const auto array = [&j](const char *key) -> const json & {
        const auto at = j.find(key);
        return at != j.end() && at->is_array() ? *at : none;
    };
    for (const json &row : array("rows"))
        if (row.is_object() && state.inspect.size() < names_max)
            state.inspect.push_back({text_of(row, "function"), text_of(row, "by"), text_of(row, "reason")});
    for (const json &row : array("machine"))
        if (row.is_object() && state.machine.size() < names_max)
            state.machine.push_back({text_of(row, "what"), number_of(row, "there") != 0, text_of(row, "detail")});
}

void read_losses(const json &j, std::map<std::string, std::uint64_t> &losses) {
    const auto at = j.find("loss");
    if (at == j.end() || !at->is_object()) return;
    for (const auto &[reason, n] : at->items())
        if (n.is_number_unsigned() && losses.size() < 64)
            losses[text_of(json{{"r", reason}}, "r")] = n.get<std::uint64_t>();
}

// Names only grow, and index 0 is "none": ids that are out already keep their meaning.
void grow(std::vector<std::string> &names, std::vector<std::string> more) {
    if (!more.empty() && more.size() >= names.size()) names = std::move(more);
}

bool known_kind(unsigned kind) {
    return std::strcmp(trace::kind_name(kind), "?") != 0;
}

} // namespace

tl::expected<void, stream_error> stream_reader::feed(std::string_view bytes) {
    parser_.feed(bytes);
    for (;;) {
        const std::uint64_t at = parser_.offset();
        auto next = parser_.next();
        if (!next) return tl::unexpected(next.error());
        if (!*next) return {};
        if (auto ok = read(**next); !ok) return tl::unexpected(stream_error{at, ok.error()});
    }
}

tl::expected<void, std::string> stream_reader::read(const frame &f) {
    if (f.type == SKBSCOPE_FRAME_EVENTS) return read_events(f.payload);
    if (f.type == SKBSCOPE_FRAME_SNAPSHOT) return read_snapshot(f.payload);
    if (f.type == SKBSCOPE_FRAME_SYSCALLS) return calls_.add(std::as_bytes(std::span(f.payload)));
    return read_json(f);
}

tl::expected<void, std::string> stream_reader::read_snapshot(std::string_view payload) {
    constexpr std::size_t namespaces_max = 1000;
    auto ns = parse_snapshot(payload);
    if (!ns) return tl::unexpected(ns.error());
    if (state_.snapshot.size() >= namespaces_max) return tl::unexpected(std::string("more namespaces than can be"));
    state_.snapshot.push_back(std::move(*ns));
    return {};
}

tl::expected<void, std::string> stream_reader::read_json(const frame &f) {
    const json j = json::parse(f.payload, nullptr, false);
    if (!j.is_object()) return tl::unexpected(std::string("frame holds no JSON object"));
    switch (f.type) {
    case SKBSCOPE_FRAME_HELLO:
        state_.hello = true;
        read_hello(j, state_.side.info);
        break;
    case SKBSCOPE_FRAME_NAMES: {
        const auto functions = texts_of(j, "functions");
        for (std::size_t i = function_of_.size(); i < functions.size(); ++i) {
            function_of_.push_back(state_.side.intern_function(functions[i]));
            if (state_.side.extra_functions.size() > extra_functions_max)
                return tl::unexpected(std::string("names more functions than a kernel has"));
        }
        grow(state_.side.hosts, texts_of(j, "hosts"));
        grow(state_.side.devices, texts_of(j, "devices"));
        grow(state_.side.queues, texts_of(j, "queues"));
        const auto tasks = j.find("tasks");
        if (tasks == j.end() || !tasks->is_array()) break;
        for (const json &t : *tasks)
            if (t.is_object() && state_.side.tasks.size() < names_max)
                state_.side.tasks[static_cast<trace::TaskId>(number_of(t, "id"))] = text_of(t, "name");
        break;
    }
    case SKBSCOPE_FRAME_PROGRESS:
        if (progress_)
            progress_({text_of(j, "what"), static_cast<unsigned>(number_of(j, "done")),
                       static_cast<unsigned>(number_of(j, "of"))});
        break;
    case SKBSCOPE_FRAME_INSPECT:
        read_rows(j, state_);
        break;
    case SKBSCOPE_FRAME_ERROR:
        state_.error = agent_error{text_of(j, "place"), text_of(j, "what"), number_of(j, "code", 3) == 2 ? 2 : 3};
        break;
    case SKBSCOPE_FRAME_NOTE:
        if (state_.notes.size() < names_max) state_.notes.push_back(text_of(j, "text"));
        break;
    case SKBSCOPE_FRAME_READY:
        state_.ready = true;
        break;
    case SKBSCOPE_FRAME_MISSED:
        state_.missed = texts_of(j, "functions");
        break;
    case SKBSCOPE_FRAME_END:
        state_.ended = true;
        state_.events_sent = number_of(j, "events");
        state_.lost = number_of(j, "lost");
        state_.status = static_cast<unsigned>(number_of(j, "status"));
        state_.made = number_of(j, "made");
        state_.received = number_of(j, "received");
        state_.unknowable = text_of(j, "unknowable");
        read_losses(j, state_.losses);
        break;
    default:
        break; // a newer agent may say more than we understand
    }
    return {};
}

tl::expected<void, std::string> stream_reader::read_events(std::string_view payload) {
    if (payload.size() % sizeof(Event) != 0) return tl::unexpected(std::string("events frame of a broken size"));
    const std::size_t count = payload.size() / sizeof(Event);
    std::vector<Event> &events = state_.side.events;
    if (events.size() + count > events_max) return tl::unexpected(std::string("more events than a trace can hold"));
    for (std::size_t i = 0; i < count; ++i) {
        Event e;
        std::memcpy(&e, payload.data() + i * sizeof e, sizeof e);
        if (!known_kind(e.kind)) return tl::unexpected("event of unknown kind " + std::to_string(e.kind));
        if (e.fn != trace::no_function) {
            if (e.fn >= function_of_.size()) return tl::unexpected("event of unnamed function " + std::to_string(e.fn));
            e.fn = function_of_[e.fn];
        }
        if (e.host >= state_.side.hosts.size() || e.device >= state_.side.devices.size())
            return tl::unexpected(std::string("event of an unnamed host or device"));
        const bool queue = e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE;
        if (queue && e.queue.queue >= state_.side.queues.size())
            return tl::unexpected(std::string("event of an unnamed queue"));
        if (e.kind == SKBSCOPE_EV_EXT_BYTES && e.bytes.count > SKBSCOPE_BYTES_MAX)
            return tl::unexpected(std::string("more bytes than a record holds"));
        events.push_back(e);
    }
    return {};
}

void stream_reader::forget_events() {
    std::vector<Event> &events = state_.side.events;
    if (!events.empty()) forgotten_until_ = events.back().time;
    events.clear();
}

read_state stream_reader::take() {
    std::vector<Event> &events = state_.side.events;
    if (!state_.ended && (!events.empty() || forgotten_until_ != 0)) {
        Event cut{};
        cut.time = events.empty() ? forgotten_until_ : std::uint64_t{events.back().time};
        cut.kind = SKBSCOPE_EV_LOSS;
        cut.fn = trace::no_function;
        cut.state = SKBSCOPE_PROV_KERNEL << SKBSCOPE_STATE_PROV_SHIFT;
        cut.loss.reason = SKBSCOPE_LOSS_STREAM_CUT;
        events.push_back(cut);
    }
    // Frames come CPU by CPU; a record that extends another has its time, and stays behind it.
    std::ranges::stable_sort(events, {}, [](const Event &e) { return std::uint64_t{e.time}; });
    state_.calls = calls_.take();
    read_state out = std::move(state_);
    state_ = {};
    function_of_.clear();
    forgotten_until_ = 0;
    return out;
}

} // namespace skbscope::bpf
