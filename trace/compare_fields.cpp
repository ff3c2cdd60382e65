// SPDX-License-Identifier: GPL-2.0-or-later
// What differs between two matched calls: the sk_buff's fields at entry, which sk_buff it is, its bytes, why it is
// dropped, what the call returns.
#include "trace/byte_compare.h"
#include "trace/compare_returns.h"
#include "trace/compared.h"
#include "trace/drop_reasons.h"
#include "trace/head_sizes.h"
#include "trace/state_text.h"

namespace skbscope::trace {

namespace {
struct ExtraField {
    const char *name;
    std::uint32_t (*get)(const Snapshot &);
};
constexpr ExtraField extra_fields[] = {
    {"gso_size", [](const Snapshot &s) -> std::uint32_t { return s.gso_size; }},
    {"gso_segs", [](const Snapshot &s) -> std::uint32_t { return s.gso_segs; }},
    {"nr_frags", [](const Snapshot &s) -> std::uint32_t { return s.nr_frags; }},
    {"dataref", [](const Snapshot &s) -> std::uint32_t { return s.dataref; }},
};

class FieldComparer {
public:
    FieldComparer(const Compared &left, const Compared &right)
        : left_(left), right_(right), left_packets_(build_packet_table(left.side)),
          right_packets_(build_packet_table(right.side)), bytes_(left, right) {}

    // What is summed up there is the packet of the nearest caller that has one.
    [[nodiscard]] Reason why_other_sum(const std::vector<Row> &rows, const Row &row, const ReturnComparer &returns) {
        const Row *at = &row;
        while (!have_packets(*at)) {
            if (at->parent == npos) return {};
            at = &rows[at->parent];
        }
        const auto sum = bytes_.random_sum(at->left, at->right);
        if (!sum || !returns.sums_differ_by(row.left, row.right, sum->change)) return {};
        return {ReasonCode::random_by_design, "sum over bytes that are random by design",
                "the packet differs in bytes " + sum->bytes + ", which change the sum by just that much"};
    }

    std::vector<FieldDifference> compare(std::uint32_t left_call, std::uint32_t right_call) {
        out_.clear();
        const Event &l = left_.enter(left_call), &r = right_.enter(right_call);
        if (!has_snapshot(l) || !has_snapshot(r)) return {};
        fields(l, r);
        identity(left_call, right_call);
        for (FieldDifference &d : bytes_.compare(left_call, right_call))
            out_.push_back(std::move(d));
        return std::move(out_);
    }

private:
    [[nodiscard]] bool have_packets(const Row &row) const {
        return row.left != npos && row.right != npos && left_.enter(row.left).packet != no_packet &&
               right_.enter(row.right).packet != no_packet;
    }

    void fields(const Event &l, const Event &r) {
        const StateValues lv = state_values(l.skb), rv = state_values(r.skb);
        for (std::size_t i = 0; i < same_field; ++i)
            if (lv[i] != rv[i])
                add(std::string(state_fields[i]), state_value_text(i, lv[i]), state_value_text(i, rv[i]),
                    unread_or_other_head(state_fields[i], l, lv[i], r, rv[i]));
        for (const ExtraField &f : extra_fields)
            if (const std::uint32_t a = f.get(l.skb), b = f.get(r.skb); a != b)
                add(f.name, std::to_string(a), std::to_string(b), unread(l, a, r, b));
    }

    // Is it the sk_buff of the pair before, on both sides or on neither?
    void identity(std::uint32_t left_call, std::uint32_t right_call) {
        const Event &l = left_.enter(left_call), &r = right_.enter(right_call);
        const std::uint64_t ls = struct_of(left_packets_, l.packet), rs = struct_of(right_packets_, r.packet);
        const bool left_same = ls == left_before_, right_same = rs == right_before_;
        left_before_ = ls;
        right_before_ = rs;
        if (left_same == right_same) return;
        Reason reason = lost_until(left_.tree.calls[left_call].enter, right_.tree.calls[right_call].enter);
        if (reason.code == ReasonCode::none) reason = why_other_memory(right_.side.info, right_packets_.packets.size());
        add("same", left_same ? "1" : "0", right_same ? "1" : "0", std::move(reason));
    }

    // A packet whose end was not seen lives on in what its address holds next.
    [[nodiscard]] Reason lost_until(std::uint32_t left_event, std::uint32_t right_event) const {
        if (const std::uint32_t l = left_.losses.find(0, left_event); l != npos) return left_.losses.reason(l);
        const std::uint32_t r = right_.losses.find(0, right_event);
        return r == npos ? Reason{} : right_.losses.reason(r);
    }

    [[nodiscard]] Reason unread_or_other_head(std::string_view field, const Event &l, std::uint32_t left_value,
                                              const Event &r, std::uint32_t right_value) const {
        Reason reason = unread(l, left_value, r, right_value);
        if (reason.code != ReasonCode::none) return reason;
        return why_other_head(field, left_.side.info, l.skb, right_.side.info, r.skb);
    }

    // A probe that could not read a field says so in its record, and leaves 0 or 0xffff.
    static Reason unread(const Event &l, std::uint32_t left_value, const Event &r, std::uint32_t right_value) {
        const auto missing = [](const Event &e, std::uint32_t value) {
            return (e.state & SKBSCOPE_STATE_PARTIAL) != 0 && (value == 0 || value == SKBSCOPE_OFFSET_UNSET);
        };
        if (!missing(l, left_value) && !missing(r, right_value)) return {};
        return {ReasonCode::not_traceable, "could not be read here", "the record is flagged as partial"};
    }

    void add(std::string field, std::string left, std::string right, Reason reason) {
        out_.push_back({std::move(field), std::move(left), std::move(right), std::move(reason)});
    }

    const Compared &left_, &right_;
    PacketTable left_packets_, right_packets_;
    ByteComparer bytes_;
    std::uint64_t left_before_ = 0, right_before_ = 0; // which sk_buff the pair before had
    std::vector<FieldDifference> out_;
};

// Drops by their reason's name: its number differs between releases.
class DropComparer {
public:
    DropComparer(const Compared &left, const Compared &right)
        : left_info_(left.side.info), right_info_(right.side.info), left_(drops(left)), right_(drops(right)) {}

    [[nodiscard]] std::optional<FieldDifference> compare(std::uint32_t left_call, std::uint32_t right_call) const {
        const auto l = left_.find(left_call), r = right_.find(right_call);
        if (l == left_.end() || r == right_.end()) return std::nullopt;
        std::string left = drop_reason_name(left_info_, l->second), right = drop_reason_name(right_info_, r->second);
        if (left == right) return std::nullopt;
        return FieldDifference{"drop reason", std::move(left), std::move(right), {}};
    }

private:
    using Drops = std::unordered_map<std::uint32_t, std::uint32_t>; // call -> reason
    static Drops drops(const Compared &side) {
        Drops out;
        for (std::uint32_t i = 0; i < side.side.events.size(); ++i)
            if (const Event &e = side.side.events[i]; e.kind == SKBSCOPE_EV_DROP && side.tree.call_at[i] != npos)
                out.try_emplace(side.tree.call_at[i], e.drop.reason);
        return out;
    }
    const SideInfo &left_info_, &right_info_;
    Drops left_, right_;
};
} // namespace

void compare_fields(std::vector<Row> &rows, const Compared &left, const Compared &right) {
    FieldComparer fields(left, right);
    const DropComparer drops(left, right);
    ReturnComparer returns(left, right);
    for (Row &row : rows) {
        if (row.left == npos || row.right == npos) continue;
        for (FieldDifference &d : fields.compare(row.left, row.right))
            row.add_field(std::move(d));
        if (std::optional<FieldDifference> d = drops.compare(row.left, row.right)) row.add_field(std::move(*d));
        std::optional<FieldDifference> d = returns.compare(row.left, row.right);
        if (!d) continue;
        if (d->reason.code == ReasonCode::none && returns.is_sum(row.right))
            d->reason = fields.why_other_sum(rows, row, returns);
        row.add_field(std::move(*d));
    }
}

} // namespace skbscope::trace
