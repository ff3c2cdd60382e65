// SPDX-License-Identifier: GPL-2.0-or-later
// One line of two call trees that stand side by side, and what there is to say of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace skbscope::trace {

enum class RowMark : std::uint8_t { match, inlined, kernel_only, model_only, order, differs, lost, unexplained };

enum class ReasonCode : std::uint8_t {
    none,
    inlined_in_kernel, // this kernel never shows the function
    inlined_at_call,   // it exists, but was compiled away at this call
    not_traceable,     // absent from available_filter_functions for another reason (notrace, not built)
    outside_model,     // docs/not-modelled.md names it
    configuration,     // a sysctl, hook or feature of that kernel
    lost,              // events are missing here
    random_by_design,  // source port, IP id, hash seeds
    outside_scope,     // a helper that fidelity does not count
    time_differs,      // timer or clock
    not_written,       // memory that a put or push took and nobody wrote yet: it holds what it held before
};

struct Reason {
    ReasonCode code = ReasonCode::none;
    std::string text;     // a phrase for the empty cell: "inlined at this call"
    std::string evidence; // what proves it: "calls-6.1.tsv: ip_send_skb has no call to ip_local_out"
};

struct FieldDifference {
    std::string field; // "truesize", "users", "bytes 18-19"
    std::string left, right;
    Reason reason; // code none: unexplained
};

// Long traces have millions of them, nearly all alike on both sides: of those nothing is kept but where they stand.
class Row {
public:
    std::uint32_t left = 0xffffffff;   // call index in the left tree; npos: it has no such call
    std::uint32_t right = 0xffffffff;  // call index in the right tree
    std::uint32_t parent = 0xffffffff; // row index
    std::uint16_t depth = 0;           // in the union of both trees; deepest_call stands for that and all below
    RowMark mark = RowMark::match;

    Row() = default;
    Row(const Row &other);
    Row(Row &&) noexcept = default;
    Row &operator=(const Row &other);
    Row &operator=(Row &&) noexcept = default;
    ~Row() = default;

    // Valid until the row is changed. Code none: there is no reason, or nothing differs.
    [[nodiscard]] const Reason &reason() const { return said().reason; }
    [[nodiscard]] const std::vector<FieldDifference> &fields() const { return said().fields; } // of a matched call

    void set_reason(Reason reason);
    void add_field(FieldDifference field);
    void set_field_reason(std::size_t field, const Reason &reason) { said_->fields[field].reason = reason; }

private:
    struct Said {
        Reason reason;
        std::vector<FieldDifference> fields;
    };
    [[nodiscard]] const Said &said() const { return said_ ? *said_ : nothing; }
    static const Said nothing;

    std::unique_ptr<Said> said_; // null: nothing
};
static_assert(sizeof(Row) == 24);

} // namespace skbscope::trace
