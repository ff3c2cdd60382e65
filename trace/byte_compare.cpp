// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/byte_compare.h"

#include "trace/text.h"

#include <algorithm>

namespace skbscope::trace {

namespace {
// The state at a call's entry includes the records that extend the enter event.
std::uint32_t with_extensions(const Side &side, std::uint32_t event) {
    while (event + 1 < side.events.size() && is_extension(side.events[event + 1]))
        ++event;
    return event;
}

// net.ipv4.ip_local_port_range of the kernel's side, where it says so ("32768\t60999"); else the kernel's default.
PortPairs port_range(const SideInfo &info) {
    constexpr std::uint16_t first = 32768, last = 60999;
    const auto fact = info.facts.find("net.ipv4.ip_local_port_range");
    if (fact == info.facts.end()) return {first, last};
    std::string_view text = fact->second;
    const std::size_t blank = text.find_first_of(" \t");
    const auto low = to_number<std::uint16_t>(text.substr(0, blank));
    const auto high = blank == text.npos ? std::nullopt : to_number<std::uint16_t>(trimmed(text.substr(blank)));
    return low && high ? PortPairs(*low, *high) : PortPairs(first, last);
}

// The packet itself, and the headers in front of it that have been passed: what lies elsewhere in the buffer belongs to
// nobody.
std::uint32_t first_byte(const Snapshot &s) {
    std::uint32_t first = s.headroom;
    for (const std::uint16_t offset : {s.mac, s.network, s.transport})
        if (offset != SKBSCOPE_OFFSET_UNSET && offset != 0) first = std::min<std::uint32_t>(first, offset);
    return first;
}

std::string hex(unsigned value) {
    constexpr char digits[] = "0123456789abcdef";
    return {digits[value >> 4 & 0xfU], digits[value & 0xfU]};
}

// How often the packet or its bytes changed up to `event`.
std::size_t changes_until(const StateIndex &states, PacketId id, std::uint32_t event) {
    const ChangeList all = states.changes(id);
    return static_cast<std::size_t>(std::upper_bound(all.begin(), all.end(), event) - all.begin());
}

bool same_reason(const Reason &a, const Reason &b) {
    return a.code == b.code && a.text == b.text;
}

// Collects neighbouring bytes with one reason into one difference: "bytes 20-21".
class Runs {
public:
    void add(std::uint32_t at, unsigned left, unsigned right, const Reason &reason) {
        const bool goes_on = !out_.empty() && end_ == at && same_reason(out_.back().reason, reason);
        if (!goes_on) {
            out_.push_back({"", "", "", reason});
            begin_ = at;
        }
        FieldDifference &d = out_.back();
        end_ = at + 1;
        d.field =
            begin_ == at ? "byte " + std::to_string(at) : "bytes " + std::to_string(begin_) + "-" + std::to_string(at);
        d.left += (d.left.empty() ? "" : " ") + hex(left);
        d.right += (d.right.empty() ? "" : " ") + hex(right);
    }
    [[nodiscard]] std::vector<FieldDifference> take() { return std::move(out_); }

private:
    std::vector<FieldDifference> out_;
    std::uint32_t begin_ = 0, end_ = 0;
};
} // namespace

ByteHistory::ByteHistory(const Side &side) {
    for (std::uint32_t i = 0; i < side.events.size(); ++i)
        if (side.events[i].kind == SKBSCOPE_EV_EXT_BYTES) add(i, side.events[i]);
}

void ByteHistory::add(std::uint32_t event, const Event &e) {
    Past &past = pasts_[e.packet];
    for (std::uint32_t i = 0; i < std::min<std::uint32_t>(e.bytes.count, SKBSCOPE_BYTES_MAX); ++i) {
        std::vector<Change> &changes = past[e.bytes.offset + i];
        if (changes.empty() || changes.back().value != e.bytes.data[i]) changes.push_back({event, e.bytes.data[i]});
    }
}

ByteHistory::Fate ByteHistory::fate(PacketId id, std::uint32_t at, std::uint32_t event) const {
    const auto past = pasts_.find(id);
    if (past == pasts_.end()) return {};
    const auto found = past->second.find(at);
    if (found == past->second.end()) return {};
    const std::vector<Change> &changes = found->second;
    const auto later = [](std::uint32_t e, const Change &c) { return e < c.event; };
    const auto now = std::upper_bound(changes.begin(), changes.end(), event, later) - changes.begin();
    return {now == 1, static_cast<std::size_t>(now) < changes.size(), changes.back().value};
}

ByteComparer::ByteComparer(const Compared &left, const Compared &right)
    : left_(left), right_(right), left_states_(left.side, left.tree), right_states_(right.side, right.tree),
      left_bytes_(left.side), right_bytes_(right.side), ports_(port_range(right.side.info)) {}

// A put takes room and somebody else fills it. Until then the bytes are what the memory held before, on each machine
// something else. Told by what follows: the first value seen there is replaced on both sides, or on one by the other's.
Reason ByteComparer::unwritten(PacketId l, PacketId r, std::uint32_t at, std::uint32_t le, std::uint32_t re) const {
    const ByteHistory::Fate lf = left_bytes_.fate(l, at, le), rf = right_bytes_.fate(r, at, re);
    if (!lf.first || !rf.first) return {};
    const bool both = lf.replaced && rf.replaced, one = lf.replaced || rf.replaced;
    if (!both && !(one && lf.last == rf.last)) return {};
    return {ReasonCode::not_written, "not written yet: the memory's old content",
            "the first value seen at byte " + std::to_string(at) + " is overwritten later" +
                (both ? " on both sides" : ", and then both sides agree")};
}

// Bytes are recorded when they change: with a record missing, what is known of them may be old.
Reason ByteComparer::lost_since(const Seen &seen, std::uint32_t left_event, std::uint32_t right_event) const {
    if (const std::uint32_t l = left_.losses.find(seen.left_event, left_event); l != npos)
        return left_.losses.reason(l);
    const std::uint32_t r = right_.losses.find(seen.right_event, right_event);
    return r == npos ? Reason{} : right_.losses.reason(r);
}

ByteComparer::Pair ByteComparer::pair_at(PacketId l, PacketId r, std::uint32_t le, std::uint32_t re) {
    Pair p{left_states_.packet_at(l, le), right_states_.packet_at(r, re), {}, 0};
    p.reasons = explain_bytes(p.left, p.right, ports_, sequences_, ids_);
    p.end = std::min({p.left.known.size(), p.right.known.size(), std::size_t{tail_of(p.left.skb)},
                      std::size_t{tail_of(p.right.skb)}});
    return p;
}

std::vector<FieldDifference> ByteComparer::compare(std::uint32_t left_call, std::uint32_t right_call) {
    const std::uint32_t le = with_extensions(left_.side, left_.tree.calls[left_call].enter);
    const std::uint32_t re = with_extensions(right_.side, right_.tree.calls[right_call].enter);
    const PacketId l = left_.enter(left_call).packet, r = right_.enter(right_call).packet;
    if (l == no_packet || r == no_packet) return {};
    const std::size_t left_changes = changes_until(left_states_, l, le),
                      right_changes = changes_until(right_states_, r, re);
    const auto [at, is_new] = seen_.try_emplace({l, r});
    Seen &seen = at->second;
    if (!is_new && seen.left == left_changes && seen.right == right_changes) return {};
    seen.left = left_changes;
    seen.right = right_changes;
    const Reason lost = lost_since(seen, le, re);
    seen.left_event = le;
    seen.right_event = re;

    const auto [ls, rs, reasons, end] = pair_at(l, r, le, re);
    Runs runs;
    for (std::uint32_t i = std::max(first_byte(ls.skb), first_byte(rs.skb)); i < end; ++i) {
        if (!ls.known[i] || !rs.known[i] || ls.bytes[i] == rs.bytes[i]) continue;
        const auto found = reasons.find(i);
        Reason reason = found != reasons.end() ? found->second : unwritten(l, r, i, le, re);
        if (reason.code == ReasonCode::none) reason = lost;
        const std::uint32_t values = static_cast<std::uint32_t>(ls.bytes[i]) << 8 | rs.bytes[i];
        if (seen.reported.emplace(i, values).second) runs.add(i, ls.bytes[i], rs.bytes[i], reason);
    }
    return runs.take();
}

std::optional<ByteComparer::RandomSum> ByteComparer::random_sum(std::uint32_t left_call, std::uint32_t right_call) {
    const PacketId l = left_.enter(left_call).packet, r = right_.enter(right_call).packet;
    if (l == no_packet || r == no_packet) return std::nullopt;
    const auto [ls, rs, reasons, end] = pair_at(l, r, with_extensions(left_.side, left_.tree.calls[left_call].enter),
                                                with_extensions(right_.side, right_.tree.calls[right_call].enter));
    RandomSum out;
    Runs runs;
    const std::uint32_t first = ls.skb.network;
    for (std::uint32_t i = first; i < end; ++i) {
        if (!ls.known[i] || !rs.known[i]) return std::nullopt;
        if (ls.bytes[i] == rs.bytes[i]) continue;
        const auto found = reasons.find(i);
        if (found == reasons.end() || found->second.code != ReasonCode::random_by_design) return std::nullopt;
        const unsigned weight = (i - first) % 2 == 0 ? 1 : 0x100;
        out.change = (out.change + weight * (0xffffU + rs.bytes[i] - ls.bytes[i])) % 0xffffU;
        runs.add(i, ls.bytes[i], rs.bytes[i], {ReasonCode::random_by_design, {}, {}});
    }
    for (const FieldDifference &d : runs.take())
        out.bytes += (out.bytes.empty() ? "" : ", ") + d.field.substr(d.field.find(' ') + 1);
    return out.bytes.empty() ? std::nullopt : std::optional(std::move(out));
}

} // namespace skbscope::trace
