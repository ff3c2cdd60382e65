// SPDX-License-Identifier: GPL-2.0-or-later
// The values that matched calls return. Internal to trace/.
#pragma once

#include "trace/compared.h"
#include "trace/one_to_one.h"
#include "trace/return_value.h"

namespace skbscope::trace {

class ReturnComparer {
public:
    ReturnComparer(const Compared &left, const Compared &right) : left_(left), right_(right) {}
    // Nothing where they agree, or where a side has no value.
    [[nodiscard]] std::optional<FieldDifference> compare(std::uint32_t left_call, std::uint32_t right_call);

    [[nodiscard]] bool is_sum(std::uint32_t right_call) const; // its function adds up bytes
    // The sums of two such calls differ by `change` (see ByteComparer::RandomSum).
    [[nodiscard]] bool sums_differ_by(std::uint32_t left_call, std::uint32_t right_call, std::uint32_t change) const;

private:
    [[nodiscard]] Reason explain(std::string_view function, std::int64_t left, std::int64_t right);

    const Compared &left_, &right_;
    OneToOne descriptors_;
};

} // namespace skbscope::trace
