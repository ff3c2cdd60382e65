// SPDX-License-Identifier: GPL-2.0-or-later
#include "ui/models/holdings.h"

#include "ui/models/names.h"
#include "ui/models/phrase.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace skbscope::ui {

namespace {
constexpr qint64 groHeld = 2, groNormal = 3; // enum gro_result, Linux 6.1: include/linux/netdevice.h
constexpr qint64 napiWeight = 64;            // NAPI_POLL_WEIGHT: a poll that did so much stays on the list

bool has(std::string_view text, std::string_view word) {
    return text.find(word) != text.npos;
}

MapRow rowOfQueue(std::string_view name) {
    if (has(name, "receive") || has(name, "reader") || has(name, "error")) return MapRow::socket;
    if (has(name, "write") || has(name, "cork")) return MapRow::transport;
    if (has(name, "arp") || has(name, "proxy")) return MapRow::link;
    if (has(name, "ring")) return MapRow::device;
    return MapRow::queue;
}

// What a packet met last tells whether it was passed on or is still where its driver put it.
struct Last {
    trace::FunctionId fn = trace::no_function;
    bool waits = false, freed = false;
};
} // namespace

QString mapRowName(MapRow row) {
    static constexpr std::array names = {
        QT_TRANSLATE_NOOP("MapRows", "socket"), QT_TRANSLATE_NOOP("MapRows", "transport"),
        QT_TRANSLATE_NOOP("MapRows", "IP"),     QT_TRANSLATE_NOOP("MapRows", "link"),
        QT_TRANSLATE_NOOP("MapRows", "queues"), QT_TRANSLATE_NOOP("MapRows", "device")};
    return phrase("MapRows", names[std::size_t(row)]);
}

char mapRowLetter(MapRow row) {
    constexpr std::array letters = {'A', 'T', 'N', 'L', 'Q', 'D'};
    return letters[std::size_t(row)];
}

class Holdings::Walk {
public:
    Walk(const DocumentSide &side, Holdings &out) : s_(side), out_(out) {
        const std::size_t count = trace::Catalogue::builtin().size() + side.side->extra_functions.size();
        for (std::size_t id = 0; id < count && id < trace::no_function; ++id)
            rules_.push_back(ruleFor(side.side->function_name(trace::FunctionId(id))));
    }
    void run() {
        for (quint32 i = 0; i < s_.side->events.size(); ++i) {
            const trace::Event &e = s_.event(i);
            if (trace::is_enter(e))
                entered(i, e);
            else if (trace::is_leave(e))
                left(i, e);
            else if (e.packet != trace::no_packet)
                happened(i, e);
        }
    }

private:
    enum class Rule : quint8 { none, gro, groDone, neighbour, tunRing, vethRing, schedules, polls, softirq, passesOn };
    static Rule ruleFor(std::string_view name) {
        if (name == "dev_gro_receive" || name == "napi_gro_receive") return Rule::gro;
        if (name == "gro_normal_one") return Rule::groDone;
        if (name == "__neigh_event_send") return Rule::neighbour;
        if (name == "tun_net_xmit") return Rule::tunRing;
        if (name == "veth_xmit") return Rule::vethRing;
        if (name == "____napi_schedule") return Rule::schedules;
        if (name == "__napi_poll") return Rule::polls;
        if (name == "net_rx_action") return Rule::softirq;
        if (has(name, "netif_rx") || has(name, "netif_receive")) return Rule::passesOn;
        return Rule::none;
    }
    [[nodiscard]] Rule ruleOf(trace::FunctionId fn) const { return fn < rules_.size() ? rules_[fn] : Rule::none; }

    void entered(quint32 i, const trace::Event &e) {
        if (ruleOf(e.fn) == Rule::schedules) scheduled(i, e, 1);
        if (ruleOf(e.fn) == Rule::softirq) taken(i, e);
        if (e.packet == trace::no_packet || !trace::has_snapshot(e)) return;
        Last &last = last_[e.packet];
        last.fn = e.fn;
        if (!last.waits) return;
        ringIsOf(e);
        moveTo(e.packet, i, npos); // somebody works on it again
    }

    void left(quint32 i, const trace::Event &e) {
        const Rule rule = ruleOf(e.fn);
        const bool returned = (e.state & SKBSCOPE_STATE_HAS_RET) != 0;
        if (rule == Rule::polls && returned && e.leave.ret < napiWeight) polled(i, e);
        if (rule == Rule::softirq) putBack(i, e);
        const quint32 call = s_.tree.call_at[i];
        const trace::PacketId packet = e.packet != trace::no_packet ? e.packet
                                       : call != npos               ? s_.event(s_.tree.calls[call].enter).packet
                                                                    : trace::no_packet;
        if (packet == trace::no_packet) return;
        const Last &last = last_[packet];
        if (last.freed || last.waits || recorded(packet)) return;
        if (const char *name = waitsIn(rule, returned, e.leave.ret, last)) infer(packet, i, e, name);
    }

    // The queue that a function left its packet in, by what it returned; null: none.
    [[nodiscard]] const char *waitsIn(Rule rule, bool returned, qint64 ret, const Last &last) const {
        const std::string_view name = s_.side->function_name(last.fn);
        switch (rule) {
        case Rule::gro:
            if (returned && ret == groHeld) return "gro_hash";
            // done with, and nobody but GRO has seen it since
            return returned && ret == groNormal && has(name, "napi_gro_receive") ? "rx_list" : nullptr;
        case Rule::groDone:
            return has(name, "gro_normal_one") ? "rx_list" : nullptr;
        case Rule::neighbour:
            return returned && ret == 1 ? "arp_queue" : nullptr;
        case Rule::tunRing:
            return returned && ret == 0 ? "tx ring" : nullptr;
        case Rule::vethRing:
            return returned && ret == 0 && ruleOf(last.fn) != Rule::passesOn && has(name, "veth") ? "veth ring"
                                                                                                  : nullptr;
        default:
            return nullptr;
        }
    }

    void happened(quint32 i, const trace::Event &e) {
        switch (e.kind) {
        case SKBSCOPE_EV_ENQUEUE: {
            const quint32 place = recordedPlace(e);
            out_.lengths_[place].emplace_back(i, e.queue.length);
            moveTo(e.packet, i, place);
            break;
        }
        case SKBSCOPE_EV_DEQUEUE: {
            const quint32 place = recordedPlace(e, e.packet);
            spliced(e, i, place);
            out_.lengths_[place].emplace_back(i, e.queue.length);
            moveTo(e.packet, i, npos);
            break;
        }
        case SKBSCOPE_EV_MERGED_INTO:
            moveTo(e.packet, i, npos);
            break;
        case SKBSCOPE_EV_FREE:
            last_[e.packet].freed = true;
            moveTo(e.packet, i, npos);
            break;
        default:
            break;
        }
    }

    // Taken out of another list than it was put in: the whole list was moved there, which no record tells
    // (sk_receive_queue to reader_queue, input_pkt_queue to process_queue). As many as are left there came with it.
    void spliced(const trace::Event &e, quint32 event, quint32 into) {
        const auto at = out_.stays_.find(e.packet);
        if (at == out_.stays_.end() || at->second.empty()) return;
        const quint32 before = at->second.back().place;
        if (before == npos || before == into || out_.places_[before].inferred) return;
        std::vector<trace::PacketId> came = members_[before];
        std::erase(came, e.packet);
        const std::size_t there = members_[into].size();
        came.resize(std::min<std::size_t>(came.size(), e.queue.length > there ? e.queue.length - there : 0));
        for (const trace::PacketId packet : came)
            moveTo(packet, event, into);
        auto &lengths = out_.lengths_[before];
        const quint32 gone = quint32(came.size()) + 1;
        if (!lengths.empty())
            lengths.emplace_back(event, lengths.back().second - std::min(lengths.back().second, gone));
    }

    [[nodiscard]] bool recorded(trace::PacketId packet) const {
        const auto at = out_.stays_.find(packet);
        return at != out_.stays_.end() && !at->second.empty() && at->second.back().place != npos;
    }

    void moveTo(trace::PacketId packet, quint32 event, quint32 place) {
        std::vector<Stay> &stays = out_.stays_[packet];
        last_[packet].waits = place != npos && out_.places_[place].inferred;
        if (stays.empty() ? place == npos : stays.back().place == place) return;
        if (!stays.empty() && stays.back().place != npos) std::erase(members_[stays.back().place], packet);
        if (place != npos) members_[place].push_back(packet);
        stays.push_back({event, place});
    }

    quint32 placeNamed(const std::string &key, WaitingPlace place) {
        const auto [at, fresh] = byName_.try_emplace(key, quint32(out_.places_.size()));
        if (fresh) out_.places_.push_back(std::move(place));
        return at->second;
    }

    // A list that is met when something leaves it stands where the packet was put in: whoever takes may be elsewhere.
    quint32 recordedPlace(const trace::Event &e, trace::PacketId leaving = trace::no_packet) {
        const std::string name = e.queue.queue < s_.side->queues.size() ? s_.side->queues[e.queue.queue] : "queue";
        const bool perCpu = has(name, "backlog") || has(name, "input_pkt_queue") || has(name, "process_queue");
        WaitingPlace place{qs(name), rowOfQueue(name), false, perCpu, false, e.queue.queue, e.host, e.cpu, e.device};
        if (const auto at = out_.stays_.find(leaving);
            at != out_.stays_.end() && !at->second.empty() && at->second.back().place != npos) {
            place.host = out_.places_[at->second.back().place].host;
            place.cpu = out_.places_[at->second.back().place].cpu;
        }
        return placeNamed("#" + std::to_string(e.queue.queue), std::move(place));
    }

    void infer(trace::PacketId packet, quint32 event, const trace::Event &e, const char *name) {
        const std::string key = std::string(name) + "/" + std::to_string(e.host) + "/" + std::to_string(e.device);
        moveTo(packet, event,
               placeNamed(
                   key, {QString::fromLatin1(name), rowOfQueue(name), true, false, false, 0, e.host, e.cpu, e.device}));
    }

    // The sender fills a ring of the other device: whoever takes the packet out tells which one.
    void ringIsOf(const trace::Event &taker) {
        WaitingPlace &ring = out_.places_[out_.stays_[taker.packet].back().place];
        if (ring.name != QLatin1String("veth ring") || taker.host == 0) return;
        ring.host = taker.host;
        ring.device = taker.device;
    }

    std::vector<std::pair<quint32, quint32>> &pollList(const trace::Event &e) {
        const quint32 place =
            placeNamed("poll_list/" + std::to_string(e.cpu),
                       {QStringLiteral("poll_list"), MapRow::queue, true, true, true, 0, e.host, e.cpu, 0});
        return out_.lengths_[place];
    }
    void scheduled(quint32 event, const trace::Event &e, int change) {
        auto &lengths = pollList(e);
        const quint32 before = lengths.empty() ? 0 : lengths.back().second;
        if (change < 0 && before == 0) return; // it was put there before the trace began
        lengths.emplace_back(event, quint32(int(before) + change));
    }
    // net_rx_action() takes the whole list and works on it as its own; what it has not done goes back at its end.
    void taken(quint32 event, const trace::Event &e) {
        auto &lengths = pollList(e);
        taken_[e.cpu] = lengths.empty() ? 0 : lengths.back().second;
        if (*taken_[e.cpu] > 0) lengths.emplace_back(event, 0);
    }
    void polled(quint32 event, const trace::Event &e) {
        if (std::optional<quint32> &mine = taken_[e.cpu]; mine)
            *mine -= std::min(*mine, 1U);
        else
            scheduled(event, e, -1); // of a busy poll
    }
    void putBack(quint32 event, const trace::Event &e) {
        const quint32 rest = std::exchange(taken_[e.cpu], {}).value_or(0);
        if (rest > 0) scheduled(event, e, int(rest));
    }

    const DocumentSide &s_;
    Holdings &out_;
    std::vector<Rule> rules_; // by function
    std::unordered_map<trace::PacketId, Last> last_;
    std::map<std::string, quint32> byName_;
    std::map<quint8, std::optional<quint32>> taken_; // by CPU: on net_rx_action()'s own list, while it runs
    std::unordered_map<quint32, std::vector<trace::PacketId>> members_; // of places, in order of arrival
};

Holdings::Holdings(const DocumentSide &side) {
    Walk(side, *this).run();
}

quint32 Holdings::placeOf(trace::PacketId packet, quint32 event) const {
    const auto found = stays_.find(packet);
    if (found == stays_.end()) return npos;
    const std::vector<Stay> &stays = found->second;
    const auto next =
        std::upper_bound(stays.begin(), stays.end(), event, [](quint32 e, const Stay &s) { return e < s.event; });
    return next == stays.begin() ? npos : std::prev(next)->place;
}

std::optional<quint32> Holdings::lengthAt(quint32 place, quint32 event) const {
    const auto found = lengths_.find(place);
    if (found == lengths_.end()) return {};
    const auto next = std::upper_bound(found->second.begin(), found->second.end(), event,
                                       [](quint32 e, const auto &s) { return e < s.first; });
    if (next == found->second.begin()) return {};
    return std::prev(next)->second;
}

} // namespace skbscope::ui
