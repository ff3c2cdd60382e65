// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/ui/fixture.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

namespace skbscope::ui::test {

namespace {
using trace::Event;
using trace::SideKind;

struct TreeLine {
    unsigned depth;
    std::string name;
};

std::ifstream openData(const char *name) {
    std::ifstream in(std::string(SKBSCOPE_SOURCE_DIR) + "/tests/ui/data/" + name);
    if (!in) throw std::runtime_error(std::string("no tests/ui/data/") + name);
    return in;
}

std::vector<TreeLine> readTree() {
    std::ifstream in = openData("udp-veth.tree");
    std::vector<TreeLine> out;
    unsigned task = 0, depth = 0;
    std::string name;
    while (in >> task >> depth >> name)
        out.push_back({depth, name});
    return out;
}

// The calls this kernel compiled away, where the model shows them.
std::vector<TreeLine> withInlined(const std::vector<TreeLine> &kernel) {
    std::vector<TreeLine> out;
    for (const TreeLine &line : kernel) {
        const auto before = [&](const char *at, const char *name) {
            if (line.name == at) out.push_back({line.depth, name});
        };
        const auto inside = [&](const char *at, const char *name) {
            if (line.name == at) out.push_back({line.depth + 1, name});
        };
        if (line.name == "skb_put") before("skb_put", "skb_reserve");
        if (line.name == "ip_rcv_finish_core") before("ip_rcv_finish_core", "ip_rcv_finish");
        out.push_back(line);
        inside("eth_type_trans", "skb_pull_inline");
        inside("ip_rcv_core", "skb_orphan");
        inside("ip_local_deliver_finish", "__skb_pull");
    }
    return out;
}

struct StateLine {
    std::string name;
    trace::Snapshot skb;
};

std::vector<StateLine> readStates() {
    std::ifstream in = openData("udp-veth.state");
    std::vector<StateLine> out;
    std::string text;
    while (std::getline(in, text)) {
        std::istringstream words(text);
        StateLine line{};
        std::map<std::string, unsigned long> f;
        std::string word;
        words >> line.name;
        while (words >> word) {
            const std::size_t eq = word.find('=');
            f[word.substr(0, eq)] = std::stoul(word.substr(eq + 1), nullptr, 0);
        }
        trace::Snapshot &s = line.skb;
        s.len = std::uint32_t(f["len"]), s.data_len = std::uint32_t(f["data_len"]), s.end = std::uint32_t(f["end"]);
        s.truesize = std::uint32_t(f["truesize"]), s.headroom = std::uint16_t(f["headroom"]),
        s.mac = std::uint16_t(f["mac"]);
        s.network = std::uint16_t(f["network"]), s.transport = std::uint16_t(f["transport"]);
        s.protocol = std::uint16_t(f["protocol"]), s.users = std::uint16_t(f["users"]);
        s.flags = std::uint8_t(f["cloned"] | f["ip_summed"] << SKBSCOPE_SKB_IP_SUMMED_SHIFT |
                               f["pkt_type"] << SKBSCOPE_SKB_PKT_TYPE_SHIFT);
        s.dataref = s.users ? 1 : 0;
        out.push_back(line);
    }
    return out;
}

unsigned fold(unsigned long sum) {
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return unsigned(sum);
}

// 14 bytes of Ethernet at 2, 20 of IPv4 at 16, 8 of UDP at 36, "abc..." at 44.
std::vector<std::uint8_t> frame(unsigned sourcePort, unsigned id) {
    std::vector<std::uint8_t> b = {0,    0, 2,  0,  0, 0, 0,  2, 2, 0, 0,  0, 0, 1, 8, 0, 0x45, 0,    0, 40, 0, 0,
                                   0x40, 0, 64, 17, 0, 0, 10, 9, 0, 1, 10, 9, 0, 2, 0, 0, 0x1b, 0x58, 0, 20, 0, 0};
    for (int i = 0; i < 12; ++i)
        b.push_back(std::uint8_t('a' + i));
    const auto put = [&b](std::size_t at, unsigned value) {
        b[at] = std::uint8_t(value >> 8), b[at + 1] = std::uint8_t(value);
    };
    const auto sum = [&b](std::size_t at, std::size_t length) {
        unsigned long total = 0;
        for (std::size_t i = 0; i < length; i += 2)
            total += static_cast<unsigned long>(b[at + i] << 8 | b[at + i + 1]);
        return total;
    };
    put(20, id);
    put(26, 0xffff ^ fold(sum(16, 20)));
    put(36, sourcePort);
    put(42, fold(sum(28, 8) + 17 + 20)); // CHECKSUM_PARTIAL: the pseudo header alone
    return b;
}

class SideBuilder {
public:
    SideBuilder(SideKind kind, const std::vector<TreeLine> &tree)
        : model_(kind == SideKind::model), tree_(tree), states_(readStates()) {
        side_.info.kind = kind;
        side_.info.release = "6.1.0-test";
        side_.info.transport = model_ ? "model" : "lab";
        side_.info.recorded = !model_;
        side_.info.clock = model_ ? trace::Clock::virtual_ns : trace::Clock::real_ns;
        side_.hosts = {"", "a", "b"};
        side_.devices = {"", "va", "vb"};
        side_.queues = {"", "b backlog", "b receive"};
        side_.tasks = {{0, "idle"}, {104, "agent"}};
        bytes_ = model_ ? frame(54003, 0xc671) : frame(41782, 0x1234);
    }

    trace::Side run() {
        for (const TreeLine &line : tree_) {
            while (stack_.size() > line.depth)
                leave();
            enter(line);
        }
        while (!stack_.empty())
            leave();
        return std::move(side_);
    }

private:
    struct Frame {
        std::string name;
        trace::FunctionId fn;
        trace::PacketId packet;
    };

    Event &add(unsigned kind, trace::PacketId packet) {
        Event e{};
        e.time = ++ticks_ * 1000;
        e.seq = std::uint32_t(ticks_);
        e.task = 104;
        e.packet = packet;
        e.fn = stack_.empty() ? trace::no_function : stack_.back().fn;
        e.kind = std::uint8_t(kind);
        e.host = packet ? host_ : std::uint8_t(0);
        e.device = packet ? device_ : std::uint16_t(0);
        e.state = std::uint8_t((softirq_ ? SKBSCOPE_CTX_SOFTIRQ : SKBSCOPE_CTX_PROCESS) |
                               (model_ ? 0 : 1) << SKBSCOPE_STATE_PROV_SHIFT);
        side_.events.push_back(e);
        return side_.events.back();
    }

    void extension(unsigned kind, auto fill) {
        Event e = side_.events.back();
        e.kind = std::uint8_t(kind);
        std::fill(std::begin(e.payload), std::end(e.payload), std::uint8_t(0));
        fill(e);
        side_.events.push_back(e);
    }

    void operation(unsigned kind, long amount, const trace::Snapshot &after) {
        if (!model_) return; // the kernel's are inlined or not watched here
        Event &e = add(kind, 1);
        e.skb = after;
        e.state |= SKBSCOPE_STATE_HAS_SKB;
        skb_ = after;
        extension(SKBSCOPE_EV_EXT_AMOUNT, [amount](Event &x) { x.amount.bytes = amount; });
    }

    void queue(unsigned kind, unsigned id, unsigned length, unsigned limit) {
        Event &e = add(kind, 1);
        e.queue = {id, length, limit, length * 768, {}};
    }

    void bytes(std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; at += SKBSCOPE_BYTES_MAX)
            extension(SKBSCOPE_EV_EXT_BYTES, [&](Event &x) {
                x.bytes.offset = std::uint16_t(at);
                x.bytes.count = std::uint8_t(std::min<std::size_t>(SKBSCOPE_BYTES_MAX, to - at));
                std::copy_n(bytes_.begin() + std::ptrdiff_t(at), x.bytes.count, x.bytes.data);
            });
    }

    void enter(const TreeLine &line) {
        static const std::set<std::string> onPacket = {"skb_reserve", "skb_pull_inline", "skb_orphan", "ip_rcv_finish",
                                                       "__skb_pull"};
        if (line.name == "net_rx_action") {
            Event &e = add(SKBSCOPE_EV_SOFTIRQ_ENTER, 0);
            e.context.vector = 3;
            softirq_ = true;
        }
        const bool listed = next_ < states_.size() && states_[next_].name == line.name;
        const bool has = listed || (onPacket.contains(line.name) && born_);
        if (listed) skb_ = states_[next_++].skb;
        place(line.name);
        stack_.push_back({line.name, side_.intern_function(line.name), has ? 1U : 0U});
        Event &e = add(SKBSCOPE_EV_ENTER, has ? 1 : 0);
        if (has) {
            e.skb = skb_;
            e.state |= SKBSCOPE_STATE_HAS_SKB;
            if (!born_)
                extension(SKBSCOPE_EV_EXT_IDENTITY,
                          [](Event &x) { x.identity.skb = 0x1000, x.identity.head = 0x2000; });
            born_ = true;
        }
        written(line.name);
        during(line.name);
    }

    void place(const std::string &name) {
        if (name == "__dev_queue_xmit") device_ = 1;
        if (name == "eth_type_trans") device_ = 2, host_ = 2;
    }

    // Bytes become known at the first call after they were written.
    void written(const std::string &name) {
        if (name == "udp_send_skb") bytes(16, 36), bytes(44, 56);
        if (name == "ip_send_skb") bytes(36, 44);
        if (name == "__dev_queue_xmit") bytes(2, 16);
    }

    void during(const std::string &name) {
        trace::Snapshot s = skb_;
        if (name == "skb_reserve") s.headroom = 16, operation(SKBSCOPE_EV_RESERVE, 16, s);
        if (name == "skb_put") s.len = 40, operation(SKBSCOPE_EV_PUT, 40, s);
        if (name == "skb_push") s.headroom = 2, s.len = 54, operation(SKBSCOPE_EV_PUSH, 14, s);
        if (name == "skb_pull_inline") s.headroom = 16, s.len = 40, operation(SKBSCOPE_EV_PULL, 14, s);
        if (name == "__skb_pull") s.headroom = 36, s.len = 20, operation(SKBSCOPE_EV_PULL, 20, s);
        if (name == "skb_pull_rcsum") s.headroom = 44, s.len = 12, operation(SKBSCOPE_EV_PULL, 8, s);
        if (name == "enqueue_to_backlog") {
            queue(SKBSCOPE_EV_ENQUEUE, 1, 1, 1000);
            add(SKBSCOPE_EV_SOFTIRQ_RAISE, 0).context.vector = 3;
        }
        if (name == "process_backlog") queue(SKBSCOPE_EV_DEQUEUE, 1, 0, 1000);
        if (name == "__udp_enqueue_schedule_skb") queue(SKBSCOPE_EV_ENQUEUE, 2, 1, 212992);
        if (name == "kfree_skbmem") add(SKBSCOPE_EV_FREE, 1);
        if (name == "skb_free_head") add(SKBSCOPE_EV_HEAD_FREE, 1);
    }

    void leave() {
        const Frame frame = stack_.back();
        if (frame.name == "__alloc_skb" && model_) {
            trace::Snapshot s = skb_;
            s.end = 192, s.truesize = 768, s.users = s.dataref = 1, s.mac = s.transport = SKBSCOPE_OFFSET_UNSET;
            operation(SKBSCOPE_EV_ALLOC, 192, s);
        }
        if (frame.name == "__skb_try_recv_from_queue" && side_.events.size() > 0 && tried_++ == 1)
            queue(SKBSCOPE_EV_DEQUEUE, 2, 0, 212992);
        Event &e = add(SKBSCOPE_EV_LEAVE, frame.packet);
        e.leave.ret = 0;
        e.state |= SKBSCOPE_STATE_HAS_RET;
        stack_.pop_back();
        if (frame.name == "net_rx_action") {
            softirq_ = false;
            add(SKBSCOPE_EV_SOFTIRQ_EXIT, 0).context.vector = 3;
        }
    }

    bool model_;
    const std::vector<TreeLine> &tree_;
    std::vector<StateLine> states_;
    trace::Side side_;
    std::vector<Frame> stack_;
    std::vector<std::uint8_t> bytes_;
    trace::Snapshot skb_{};
    std::size_t next_ = 0;
    std::uint64_t ticks_ = 0;
    std::uint8_t host_ = 1;
    std::uint16_t device_ = 0;
    bool softirq_ = false, born_ = false;
    int tried_ = 0;
};

trace::Trace make(bool both) {
    trace::Trace t;
    t.scenario_name = "udp-veth";
    const std::vector<TreeLine> kernel = readTree(), model = withInlined(kernel);
    t.sides.push_back(SideBuilder(SideKind::model, model).run());
    if (both) t.sides.push_back(SideBuilder(SideKind::kernel, kernel).run());
    return t;
}
} // namespace

trace::Trace udpVeth() {
    return make(true);
}
trace::Trace udpVethModelOnly() {
    return make(false);
}

} // namespace skbscope::ui::test
