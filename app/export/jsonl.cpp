// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/export/jsonl.h"

#include "trace/seen.h"

#include "app/scenario/parse.h"
#include "trace/drop_reasons.h"
#include "trace/loss.h"
#include "trace/return_value.h"
#include "trace/what_if.h"

#include <nlohmann/json.hpp>
#include <ostream>

namespace skbscope::app {

namespace {

using Json = nlohmann::ordered_json;
using trace::Event;

constexpr const char *provenanceNames[] = {"model", "kernel", "inferred", "?"};

const char *clockName(trace::Clock clock) {
    switch (clock) {
    case trace::Clock::virtual_ns:
        return "virtual ns";
    case trace::Clock::instructions:
        return "instructions";
    case trace::Clock::real_ns:
        return "real ns";
    }
    return "?";
}

// The 8-byte fields of an event lie on 4-byte boundaries: they are copied before anyone takes a reference to them.
template <class Number> Number copied(Number value) {
    return value;
}

Json sideRecord(const trace::Side &side) {
    Json j;
    j["type"] = "side";
    j["side"] = trace::side_name(side.info.kind);
    j["release"] = side.info.release;
    j["build"] = side.info.build;
    j["transport"] = side.info.transport;
    j["date"] = side.info.date;
    j["recorded"] = side.info.recorded;
    j["clock"] = clockName(side.info.clock);
    j["facts"] = side.info.facts;
    j["events"] = side.events.size();
    for (const auto &[id, comm] : side.tasks)
        j["tasks"][std::to_string(id)] = comm;
    return j;
}

Json offset(std::uint16_t value) {
    return value == SKBSCOPE_OFFSET_UNSET ? Json(nullptr) : Json(value);
}

Json snapshot(const trace::Snapshot &s) {
    return {{"len", s.len},
            {"data_len", s.data_len},
            {"headroom", s.headroom},
            {"tail", trace::tail_of(s)},
            {"end", s.end},
            {"truesize", s.truesize},
            {"mac", offset(s.mac)},
            {"network", offset(s.network)},
            {"transport", offset(s.transport)},
            {"protocol", (s.protocol >> 8 | s.protocol << 8) & 0xffff}, // 2048 is IPv4
            {"gso_size", s.gso_size},
            {"gso_segs", s.gso_segs},
            {"nr_frags", s.nr_frags},
            {"cloned", trace::cloned_of(s)},
            {"ip_summed", trace::ip_summed_of(s)},
            {"pkt_type", trace::pkt_type_of(s)},
            {"dataref", s.dataref},
            {"users", s.users}};
}

std::string hexOf(const std::uint8_t *bytes, std::size_t n) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < n; ++i) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

template <class Names> Json nameOf(const Names &names, std::size_t id) {
    return id < names.size() ? Json(names[id]) : Json(id);
}

Json lineage(const trace::Side &side, const Event &e) {
    Json j = {{"other_packet", e.lineage.other_packet}, {"index", e.lineage.index}};
    if (e.kind != SKBSCOPE_EV_CROSSED) return j;
    j["from_host"] = nameOf(side.hosts, e.lineage.from_host);
    j["from_device"] = nameOf(side.devices, e.lineage.from_device);
    j["to_host"] = nameOf(side.hosts, e.lineage.to_host);
    j["to_device"] = nameOf(side.devices, e.lineage.to_device);
    return j;
}

Json socket(const trace::Side &, const Event &e) {
    return {{"sk", copied(e.socket.sk)},
            {"source", addressText(e.socket.saddr) + ":" + std::to_string(e.socket.sport)},
            {"destination", addressText(e.socket.daddr) + ":" + std::to_string(e.socket.dport)},
            {"family", e.socket.family},
            {"protocol", e.socket.protocol},
            {"state", e.socket.state},
            {"rmem", e.socket.rmem},
            {"wmem", e.socket.wmem}};
}

Json queue(const trace::Side &side, const Event &e) {
    return {{"queue", nameOf(side.queues, e.queue.queue)},
            {"length", e.queue.length},
            {"limit", e.queue.limit},
            {"bytes", e.queue.bytes}};
}

Json context(const trace::Side &, const Event &e) {
    return {{"vector", e.context.vector}, {"other_task", e.context.other_task}, {"other_cpu", e.context.other_cpu}};
}

Json args(const trace::Side &, const Event &e) {
    Json values = Json::array();
    for (unsigned i = 0; i < e.args.count && i < 4; ++i)
        values.push_back(copied(e.args.value[i]));
    return values;
}

Json frags(const trace::Side &, const Event &e) {
    Json sizes = Json::array();
    for (unsigned i = 0; i < e.frags.count && i < 6; ++i)
        sizes.push_back(e.frags.size[i]);
    return {{"first", e.frags.first}, {"sizes", sizes}, {"offset", e.frags.offset}};
}

Json bytes(const trace::Side &, const Event &e) {
    const std::size_t n = std::min<std::size_t>(e.bytes.count, SKBSCOPE_BYTES_MAX);
    return {{"offset", e.bytes.offset}, {"hex", hexOf(e.bytes.data, n)}};
}

Json dropReason(const trace::Side &side, std::uint32_t reason) {
    const bool named = trace::has_drop_reason_name(side.info, reason);
    return named ? Json(trace::drop_reason_name(side.info, reason)) : Json(reason);
}

// The payload of a kind, under one key.
void addPayload(Json &j, const trace::Side &side, const Event &e) {
    switch (e.kind) {
    case SKBSCOPE_EV_LEAVE:
        if (e.state & SKBSCOPE_STATE_HAS_RET) {
            j["ret"] = copied(e.leave.ret);
            j["ret_text"] = trace::return_text(trace::return_kind(side.function_name(e.fn)), e.leave.ret);
        }
        return;
    case SKBSCOPE_EV_FREE:
    case SKBSCOPE_EV_DROP:
        j["reason"] = dropReason(side, e.drop.reason);
        return;
    case SKBSCOPE_EV_ENQUEUE:
    case SKBSCOPE_EV_DEQUEUE:
        j["queue"] = queue(side, e);
        return;
    case SKBSCOPE_EV_IRQ_ENTER:
    case SKBSCOPE_EV_IRQ_EXIT:
    case SKBSCOPE_EV_SOFTIRQ_RAISE:
    case SKBSCOPE_EV_SOFTIRQ_ENTER:
    case SKBSCOPE_EV_SOFTIRQ_EXIT:
    case SKBSCOPE_EV_SCHED_SLEEP:
    case SKBSCOPE_EV_SCHED_SWITCH:
    case SKBSCOPE_EV_SCHED_WAKE:
    case SKBSCOPE_EV_IPI:
        j["change"] = context(side, e);
        return;
    case SKBSCOPE_EV_CLONE_OF:
    case SKBSCOPE_EV_SEGMENT_OF:
    case SKBSCOPE_EV_MERGED_INTO:
    case SKBSCOPE_EV_FRAGMENT_OF:
    case SKBSCOPE_EV_REASSEMBLED_FROM:
    case SKBSCOPE_EV_CROSSED:
    case SKBSCOPE_EV_COPY_OF:
    case SKBSCOPE_EV_EXT_LINEAGE:
        j["lineage"] = lineage(side, e);
        return;
    case SKBSCOPE_EV_LOSS:
        j["loss"] = {{"lost", copied(e.loss.lost)}, {"reason", trace::loss_reason_name(e.loss.reason)}};
        return;
    case SKBSCOPE_EV_STEP_END:
        j["result"] = copied(e.mark.result);
        [[fallthrough]];
    case SKBSCOPE_EV_STEP_BEGIN:
        j["step"] = e.mark.step;
        j["line"] = e.mark.line;
        return;
    case SKBSCOPE_EV_EXT_IDENTITY:
        j["identity"] = {{"skb", copied(e.identity.skb)}, {"head", copied(e.identity.head)}};
        return;
    case SKBSCOPE_EV_EXT_AMOUNT:
        j["bytes"] = copied(e.amount.bytes);
        return;
    case SKBSCOPE_EV_EXT_ARGS:
        j["args"] = args(side, e);
        return;
    case SKBSCOPE_EV_EXT_FRAGS:
        j["frags"] = frags(side, e);
        return;
    case SKBSCOPE_EV_EXT_SOCKET:
        j["socket"] = socket(side, e);
        return;
    case SKBSCOPE_EV_EXT_BYTES:
        j["data"] = bytes(side, e);
        return;
    default:
        return;
    }
}

Json eventRecord(const trace::Side &side, const Event &e) {
    Json j;
    j["type"] = "event";
    j["side"] = trace::side_name(side.info.kind);
    j["time"] = copied(e.time);
    j["seq"] = e.seq;
    j["cpu"] = e.cpu;
    j["task"] = e.task;
    j["kind"] = trace::kind_name(e.kind);
    if (e.fn != trace::no_function) j["function"] = side.function_name(e.fn);
    if (e.packet != trace::no_packet) j["packet"] = e.packet;
    if (e.host != 0) j["host"] = nameOf(side.hosts, e.host);
    if (e.device != 0) j["device"] = nameOf(side.devices, e.device);
    j["context"] = trace::context_name(trace::context_of(e));
    j["provenance"] = provenanceNames[static_cast<std::size_t>(trace::provenance_of(e))];
    if (e.state & SKBSCOPE_STATE_INLINE) j["inline"] = true;
    if (e.state & SKBSCOPE_STATE_PARTIAL) j["partial"] = true;
    const bool read = trace::provenance_of(e) != trace::Provenance::inferred; // else there was nothing to read
    if (read && trace::shows_packet(e)) j["skb"] = snapshot(e.skb);
    addPayload(j, side, e);
    return j;
}

// Names in a trace file are any bytes; JSON is UTF-8.
void put(std::ostream &out, const Json &j) {
    out << j.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

// `run` tells two runs of the model apart; empty: there is one of this kind.
void writeSide(std::ostream &out, const trace::Side &side, const char *run = "") {
    const auto write = [&](Json j) {
        if (*run) j["run"] = run;
        put(out, j);
    };
    write(sideRecord(side));
    for (const Event &e : side.events)
        write(eventRecord(side, e));
}

void writeHead(std::ostream &out, const trace::Trace &trace) {
    Json j = {{"type", "trace"}, {"version", jsonlVersion}, {"scenario", trace.scenario_name}};
    if (trace.cut) j["cut"] = trace.cut_note;
    put(out, j);
}

} // namespace

void writeJsonl(std::ostream &out, const trace::Trace &trace) {
    writeHead(out, trace);
    const bool runs = trace::is_what_if(trace);
    for (std::size_t i = 0; i < trace.sides.size(); ++i)
        writeSide(out, trace.sides[i], !runs ? "" : i == 0 ? "first" : "changed");
}

void writeJsonl(std::ostream &out, const trace::Trace &trace, trace::SideKind only) {
    writeHead(out, trace);
    if (const trace::Side *side = trace.side(only)) writeSide(out, *side);
}

void writeJsonlHead(std::ostream &out, const trace::Side &side) {
    writeHead(out, {});
    Json j = sideRecord(side);
    j.erase("events"); // nobody knows yet
    put(out, j);
}

void writeJsonlEvents(std::ostream &out, const trace::Side &side, std::span<const trace::Event> events) {
    for (const Event &e : events)
        put(out, eventRecord(side, e));
}

} // namespace skbscope::app
