// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/qdisc.h"

#include "bpf/agent/lab_guest.h"

#include <cmath>
#include <linux/pkt_sched.h>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <sys/socket.h>

namespace skbscope::bpf {

namespace {

// One tick of the packet scheduler is 64 ns (net/pkt_sched.h: PSCHED_SHIFT 6).
constexpr double ns_per_tick = 64;

class words_reader {
public:
    explicit words_reader(const std::string &text) : in_(text) { in_ >> kind_; }
    [[nodiscard]] const std::string &kind() const { return kind_; }
    // The rest as "word value" pairs.
    std::map<std::string, std::string> pairs() {
        std::map<std::string, std::string> out;
        std::string key, value;
        while (in_ >> key) {
            if (!(in_ >> value)) throw std::invalid_argument("\"" + key + "\" of " + kind_ + " lacks its value");
            out[key] = value;
        }
        return out;
    }

private:
    std::istringstream in_;
    std::string kind_;
};

double number_with(const std::string &text, const std::map<std::string, double> &units) {
    std::size_t used = 0;
    double n = 0;
    try {
        n = std::stod(text, &used);
    } catch (const std::exception &) {
        throw std::invalid_argument("\"" + text + "\" is not a number");
    }
    const auto unit = units.find(text.substr(used));
    if (unit == units.end() || n < 0) throw std::invalid_argument("\"" + text + "\" has an unknown unit");
    return n * unit->second;
}

std::uint32_t size_of(const std::string &text) {
    return static_cast<std::uint32_t>(
        number_with(text, {{"", 1}, {"b", 1}, {"k", 1024}, {"kb", 1024}, {"m", 1048576}, {"mb", 1048576}}));
}
std::uint64_t rate_of(const std::string &text) { // bytes a second
    return static_cast<std::uint64_t>(
        number_with(text, {{"bit", 0.125}, {"kbit", 125}, {"mbit", 125e3}, {"gbit", 125e6}, {"bps", 1}}));
}
std::uint32_t percent_of(const std::string &text) { // of 2^32 - 1
    return static_cast<std::uint32_t>(std::lround(number_with(text, {{"%", 0.01}}) * 4294967295.0));
}
double time_of(const std::string &text) { // ns
    return number_with(text, {{"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"", 1e3}});
}

using options = std::map<std::string, std::string>;

// Takes an option out; what is left at the end was not understood.
std::optional<std::string> take(options &o, const char *key) {
    const auto found = o.find(key);
    if (found == o.end()) return std::nullopt;
    std::string value = found->second;
    o.erase(found);
    return value;
}

void put_fifo(netlink_request &r, options &o) {
    if (const auto limit = take(o, "limit")) {
        const tc_fifo_qopt q{size_of(*limit)};
        r.put_value(TCA_OPTIONS, q);
    }
}

void put_fq_codel(netlink_request &r, options &o) {
    r.nest(TCA_OPTIONS, [&o](netlink_request &n) {
        if (const auto limit = take(o, "limit")) n.put_value(TCA_FQ_CODEL_LIMIT, size_of(*limit));
        if (const auto flows = take(o, "flows")) n.put_value(TCA_FQ_CODEL_FLOWS, size_of(*flows));
    });
}

void put_tbf(netlink_request &r, options &o) {
    const auto rate = take(o, "rate"), burst = take(o, "burst"), limit = take(o, "limit"), latency = take(o, "latency");
    if (!rate || !burst || (!limit && !latency))
        throw std::invalid_argument("tbf needs rate, burst, and limit or latency");
    tc_tbf_qopt q{};
    q.rate.rate = static_cast<std::uint32_t>(rate_of(*rate));
    q.rate.linklayer = TC_LINKLAYER_ETHERNET; // else the kernel wants a rate table
    const std::uint32_t bytes = size_of(*burst);
    q.limit = limit ? size_of(*limit) : static_cast<std::uint32_t>(q.rate.rate * time_of(*latency) / 1e9) + bytes;
    q.buffer = static_cast<std::uint32_t>(bytes * 1e9 / std::max<double>(q.rate.rate, 1) / ns_per_tick);
    r.nest(TCA_OPTIONS, [&](netlink_request &n) { n.put_value(TCA_TBF_PARMS, q).put_value(TCA_TBF_BURST, bytes); });
}

void put_netem(netlink_request &r, options &o) {
    tc_netem_qopt q{};
    q.limit = 1000;
    if (const auto limit = take(o, "limit")) q.limit = size_of(*limit);
    if (const auto delay = take(o, "delay")) q.latency = static_cast<std::uint32_t>(time_of(*delay) / ns_per_tick);
    if (const auto jitter = take(o, "jitter")) q.jitter = static_cast<std::uint32_t>(time_of(*jitter) / ns_per_tick);
    if (const auto loss = take(o, "loss")) q.loss = percent_of(*loss);
    const auto corrupt = take(o, "corrupt");
    if (!corrupt) {
        r.put_value(TCA_OPTIONS, q);
        return;
    }
    // What is newer than the struct follows it, as attributes.
    struct {
        tc_netem_qopt q;
        nlattr head;
        tc_netem_corrupt hit;
    } all{q, {sizeof(nlattr) + sizeof(tc_netem_corrupt), TCA_NETEM_CORRUPT}, {percent_of(*corrupt), 0}};
    static_assert(sizeof all == sizeof q + sizeof(nlattr) + sizeof(tc_netem_corrupt));
    r.put_value(TCA_OPTIONS, all);
}

// The map is tc's default one.
void put_prio(netlink_request &r, options &o) {
    tc_prio_qopt q{3, {1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}};
    if (const auto bands = take(o, "bands")) q.bands = static_cast<int>(size_of(*bands));
    r.put_value(TCA_OPTIONS, q);
}

void put_options(netlink_request &r, const std::string &kind, options &o) {
    if (kind == "pfifo" || kind == "bfifo" || kind == "pfifo_head_drop") return put_fifo(r, o);
    if (kind == "fq_codel") return put_fq_codel(r, o);
    if (kind == "tbf") return put_tbf(r, o);
    if (kind == "netem") return put_netem(r, o);
    if (kind == "prio") return put_prio(r, o);
    if (kind != "noqueue" && kind != "fq" && kind != "pfifo_fast")
        throw std::invalid_argument("the agent does not know the qdisc \"" + kind + "\"");
}

netlink_request qdisc_request(int ifindex, const std::string &words, bool remove) {
    tcmsg body{};
    body.tcm_family = AF_UNSPEC;
    body.tcm_ifindex = ifindex;
    body.tcm_parent = TC_H_ROOT;
    netlink_request request(remove ? RTM_DELQDISC : RTM_NEWQDISC,
                            remove ? std::uint16_t{0} : std::uint16_t{NLM_F_CREATE | NLM_F_REPLACE});
    request.body(body);
    if (remove) return request;
    words_reader reader(words);
    options o = reader.pairs();
    request.put_text(TCA_KIND, reader.kind());
    put_options(request, reader.kind(), o);
    if (!o.empty())
        throw std::invalid_argument("the agent does not know \"" + o.begin()->first + "\" of " + reader.kind());
    return request;
}

} // namespace

int set_root_qdisc(rtnl_socket &netlink, int ifindex, const std::string &words, bool remove) {
    const auto ask = [&] {
        netlink_request request = qdisc_request(ifindex, words, remove);
        return netlink.talk(request);
    };
    const int result = ask();
    if (result != ENOENT || remove) return result;
    // The kernel has no such discipline built in, and nobody who would load a module for it.
    return load_on_demand("sch_" + words.substr(0, words.find(' '))) ? ask() : result;
}

} // namespace skbscope::bpf
