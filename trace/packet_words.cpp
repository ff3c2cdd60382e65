// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/packet_words.h"

#include <algorithm>
#include <optional>

namespace skbscope::trace {

namespace {
constexpr std::uint32_t ethernet_size = 14, ethertype_at = 12, ipv4_min = 20, icmp_size = 8;
constexpr std::uint32_t tcp_min = 20;
constexpr unsigned ethertype_ipv4 = 0x0800, protocol_icmp = 1, protocol_tcp = 6, protocol_udp = 17;
constexpr unsigned icmp_timestamp_reply = 14;
constexpr unsigned tcp_option_end = 0, tcp_option_nop = 1, tcp_option_sack = 5, tcp_option_timestamp = 8;

// The bytes of one side, read big endian. Nothing for bytes that are not known.
class View {
public:
    explicit View(const PacketState &state) : state_(state), tail_(tail_of(state.skb)) {}
    [[nodiscard]] std::uint32_t tail() const { return tail_; }
    [[nodiscard]] bool known(std::uint32_t at) const { return at < state_.known.size() && state_.known[at] != 0; }
    [[nodiscard]] unsigned byte(std::uint32_t at) const { return state_.bytes[at]; }
    [[nodiscard]] std::optional<unsigned> u16(std::uint32_t at) const {
        if (!known(at) || !known(at + 1)) return std::nullopt;
        return byte(at) << 8 | byte(at + 1);
    }
    [[nodiscard]] std::optional<std::uint32_t> u32(std::uint32_t at) const {
        const auto high = u16(at), low = u16(at + 2);
        if (!high || !low) return std::nullopt;
        return *high << 16 | *low;
    }
    [[nodiscard]] std::optional<unsigned> u8(std::uint32_t at) const {
        if (!known(at)) return std::nullopt;
        return byte(at);
    }

private:
    const PacketState &state_;
    std::uint32_t tail_;
};

// What may be 1 too much or too little modulo 2^16 - 1: one's complement addition, as checksums do it.
std::uint32_t fold(std::uint64_t sum) {
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint32_t>(sum);
}
bool same_sum(std::uint32_t a, std::uint32_t b) {
    return a % 0xffff == b % 0xffff;
}

struct Ipv4 {
    std::uint32_t at = 0, header = 0, total = 0;
    unsigned protocol = 0;
    bool later_fragment = false;
};

class Explainer {
public:
    Explainer(const PacketState &left, const PacketState &right, PortPairs &ports, SequencePairs &sequences,
              IdPairs &ids)
        : left_state_(left), right_state_(right), left_(left), right_(right), ports_(ports), sequences_(sequences),
          ids_(ids) {}

    ByteReasons run() {
        if (const auto at = find_ipv4()) ipv4(*at);
        quoted();
        return std::move(reasons_);
    }

private:
    // A header is believed when both sides have it at the same place and agree in everything that is not random.
    [[nodiscard]] std::optional<unsigned> both_u16(std::uint32_t at) const {
        const auto l = left_.u16(at), r = right_.u16(at);
        return l && r && *l == *r ? l : std::nullopt;
    }
    [[nodiscard]] std::optional<unsigned> both_u8(std::uint32_t at) const {
        const auto l = left_.u8(at), r = right_.u8(at);
        return l && r && *l == *r ? l : std::nullopt;
    }

    [[nodiscard]] std::optional<std::uint32_t> find_ipv4() const {
        const Snapshot &l = left_state_.skb, &r = right_state_.skb;
        // Where there is a link header, it says what follows; the network offset is believed only without one.
        if (l.mac != SKBSCOPE_OFFSET_UNSET && l.mac == r.mac)
            if (const auto ethertype = both_u16(l.mac + ethertype_at)) {
                const std::uint32_t at = l.mac + ethernet_size;
                return *ethertype == ethertype_ipv4 && believable_ipv4(at) ? std::optional(at) : std::nullopt;
            }
        if (l.network != SKBSCOPE_OFFSET_UNSET && l.network == r.network && believable_ipv4(l.network))
            return l.network;
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Ipv4> believable_ipv4(std::uint32_t at) const {
        const auto version_ihl = both_u8(at), protocol = both_u8(at + 9);
        const auto total = both_u16(at + 2), fragment = both_u16(at + 6);
        if (!version_ihl || *version_ihl >> 4 != 4 || !protocol || !total || !fragment) return std::nullopt;
        const std::uint32_t header = (*version_ihl & 0xfU) * 4;
        if (header < ipv4_min) return std::nullopt;
        // A sender writes the length last (__ip_local_out); until then it is 0, and the packet ends where its data
        // does.
        const std::uint32_t tail = std::min(left_.tail(), right_.tail());
        const std::uint32_t length = *total != 0 ? *total : tail > at ? tail - at : 0;
        if (length < header) return std::nullopt;
        for (std::uint32_t i = 12; i < ipv4_min; i += 2) // both addresses
            if (!both_u16(at + i)) return std::nullopt;
        return Ipv4{at, header, length, *protocol, (*fragment & 0x1fff) != 0};
    }

    void ipv4(std::uint32_t at) {
        const auto ip = believable_ipv4(at);
        if (!ip) return;
        const auto left_id = left_.u16(at + 4), right_id = right_.u16(at + 4);
        if (left_id && right_id && *left_id != *right_id)
            ids_.saw(static_cast<std::uint16_t>(*left_id), static_cast<std::uint16_t>(*right_id));
        give(at + 4, {ReasonCode::random_by_design, "IP id: random by design",
                      "the IPv4 header at byte " + std::to_string(at) +
                          " has its identification there; both sides agree in "
                          "addresses, protocol and length"});
        checksum(at + 10, at, at + ip->header, "IPv4 header checksum: follows from the IP id");
        if (ip->later_fragment) return;
        const std::uint32_t inside = at + ip->header, end = at + ip->total;
        if (ip->protocol == protocol_udp) udp(inside, end);
        if (ip->protocol == protocol_tcp) tcp(at, inside, end);
        if (ip->protocol == protocol_icmp) icmp(inside, end);
    }

    void udp(std::uint32_t at, std::uint32_t end) {
        port(at, "UDP source port");
        port(at + 2, "UDP destination port");
        checksum(at + 6, at, end, "UDP checksum: follows from the port");
    }

    void port(std::uint32_t at, const char *what) {
        const auto l = left_.u16(at), r = right_.u16(at);
        if (!l || !r || *l == *r) return;
        if (!ports_.agree(static_cast<std::uint16_t>(*l), static_cast<std::uint16_t>(*r))) return;
        give(at, {ReasonCode::random_by_design, std::string(what) + ": random by design",
                  "both ports are in ip_local_port_range, and " + std::to_string(*l) + " on the left is " +
                      std::to_string(*r) + " on the right throughout"});
    }

    void tcp(std::uint32_t ip, std::uint32_t at, std::uint32_t end) {
        port(at, "TCP source port");
        port(at + 2, "TCP destination port");
        const auto offset = both_u8(at + 12);
        const auto from = left_.u32(ip + 12), to = left_.u32(ip + 16);
        const auto from_port = left_.u16(at), to_port = left_.u16(at + 2);
        if (!offset || *offset >> 4 < tcp_min / 4 || !from || !to || !from_port || !to_port) return;
        const SequencePairs::Direction way{*from, *to, static_cast<std::uint16_t>(*from_port),
                                           static_cast<std::uint16_t>(*to_port)};
        sequence(at + 4, way, "TCP sequence number");
        sequence(at + 8, way.reversed(), "TCP acknowledgement");
        tcp_options(at + tcp_min, std::min(end, at + (*offset >> 4) * 4), way);
        checksum(at + 16, at, end, "TCP checksum: follows from ports, numbers and timestamps");
    }

    void sequence(std::uint32_t at, const SequencePairs::Direction &way, const char *what) {
        const auto l = left_.u32(at), r = right_.u32(at);
        if (!l || !r || *l == *r || !sequences_.agree(way, *l, *r)) return;
        give_long(at, {ReasonCode::random_by_design, std::string(what) + ": random by design",
                       "this way of the flow is " + std::to_string(*r - *l) + " ahead on the right throughout"});
    }

    // Options are believed as long as both sides have the same ones at the same place.
    void tcp_options(std::uint32_t at, std::uint32_t end, const SequencePairs::Direction &way) {
        while (at < end) {
            const auto kind = both_u8(at);
            if (!kind || *kind == tcp_option_end) return;
            if (*kind == tcp_option_nop) {
                ++at;
                continue;
            }
            const auto size = both_u8(at + 1);
            if (!size || *size < 2 || at + *size > end) return;
            if (*kind == tcp_option_timestamp && *size == 10) tcp_timestamps(at + 2);
            for (std::uint32_t edge = 2; *kind == tcp_option_sack && edge + 4 <= *size; edge += 4)
                sequence(at + edge, way.reversed(), "TCP selective acknowledgement");
            at += *size;
        }
    }

    void tcp_timestamps(std::uint32_t at) {
        const Reason reason{ReasonCode::time_differs, "TCP timestamp: each side's own clock, from a random start",
                            "the timestamp option holds it at byte " + std::to_string(at)};
        give_long(at, reason);
        give_long(at + 4, reason);
    }

    void icmp_timestamps(std::uint32_t at, std::uint32_t end) {
        const Reason reason{ReasonCode::time_differs, "ICMP timestamp: each side's own time of day",
                            "the timestamp reply at byte " + std::to_string(at) + " tells when it came and went"};
        give_long(at + 12, reason); // the first one is the asker's
        give_long(at + 16, reason);
        checksum(at + 2, at, end, "ICMP checksum: follows from the timestamps");
    }

    // An error message quotes the packet it is about.
    void icmp(std::uint32_t at, std::uint32_t end) {
        constexpr unsigned quoting[] = {3, 5, 11, 12}; // unreachable, redirect, time exceeded, parameter problem
        const auto type = both_u8(at);
        if (type == icmp_timestamp_reply) icmp_timestamps(at, end);
        if (!type || std::find(std::begin(quoting), std::end(quoting), *type) == std::end(quoting)) return;
        if (++quotes_ > 1) return;
        ipv4(at + icmp_size);
        checksum(at + 2, at, end, "ICMP checksum: follows from the quoted packet");
    }

    // While an error message is made, what it quotes lies there before the headers that say so. Such a header is known
    // by its id: the same two ids stood in the packet's own header on either side.
    void quoted() {
        // lengths are what a trace says: no further than there are bytes
        const std::size_t end = std::min({std::size_t{left_.tail()}, std::size_t{right_.tail()},
                                          left_state_.known.size(), right_state_.known.size()});
        for (std::uint32_t at = 0; at + ipv4_min <= end; at += 2) {
            const auto l = left_.u16(at + 4), r = right_.u16(at + 4);
            if (!l || !r || *l == *r || reasons_.contains(at + 4) || reasons_.contains(at + 5)) continue;
            if (!ids_.knows(static_cast<std::uint16_t>(*l), static_cast<std::uint16_t>(*r))) continue;
            if (believable_ipv4(at)) ipv4(at);
        }
    }

    void give(std::uint32_t word, const Reason &reason) {
        for (std::uint32_t at = word; at < word + 2; ++at)
            if (left_.known(at) && right_.known(at) && left_.byte(at) != right_.byte(at)) reasons_.emplace(at, reason);
    }

    void give_long(std::uint32_t at, const Reason &reason) {
        give(at, reason);
        give(at + 2, reason);
    }

    // The checksum at `at` covers [begin, end). Its difference is explained when it is exactly what the other
    // differences there make, and each of those has its reason.
    void checksum(std::uint32_t at, std::uint32_t begin, std::uint32_t end, const char *what) {
        const auto l = left_.u16(at), r = right_.u16(at);
        if (!l || !r || *l == *r) return;
        std::uint64_t left_sum = *l, right_sum = *r;
        const std::uint32_t covered = std::min(end, std::max(left_.tail(), right_.tail()));
        for (std::uint32_t word = begin; word < covered; word += 2)
            if (word != at && !add_difference(word, covered, left_sum, right_sum)) return;
        if (!same_sum(fold(left_sum), fold(right_sum))) return;
        give(at, {ReasonCode::random_by_design, what,
                  "the checksum at byte " + std::to_string(at) + " differs by just what the bytes it covers differ"});
    }

    // False when the word differs without a reason.
    bool add_difference(std::uint32_t word, std::uint32_t end, std::uint64_t &left_sum,
                        std::uint64_t &right_sum) const {
        for (std::uint32_t at = word; at < std::min(word + 2, end); ++at) {
            if (!left_.known(at) || !right_.known(at) || left_.byte(at) == right_.byte(at)) continue;
            if (!reasons_.contains(at)) return false;
            const unsigned shift = at == word ? 8 : 0;
            left_sum += left_.byte(at) << shift;
            right_sum += right_.byte(at) << shift;
        }
        return true;
    }

    const PacketState &left_state_, &right_state_;
    View left_, right_;
    PortPairs &ports_;
    SequencePairs &sequences_;
    IdPairs &ids_;
    ByteReasons reasons_;
    unsigned quotes_ = 0;
};
} // namespace

ByteReasons explain_bytes(const PacketState &left, const PacketState &right, PortPairs &ports, SequencePairs &sequences,
                          IdPairs &ids) {
    return Explainer(left, right, ports, sequences, ids).run();
}

} // namespace skbscope::trace
