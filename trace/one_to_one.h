// SPDX-License-Identifier: GPL-2.0-or-later
// Values that each side picks for itself (ports, file descriptors): what is A on the left is B on the right, throughout
// and both ways. Internal to trace/.
#pragma once

#include <cstdint>
#include <map>

namespace skbscope::trace {

class OneToOne {
public:
    // May `left` here be `right` there? Remembers the pair at its first sight.
    bool agree(std::int64_t left, std::int64_t right) {
        const auto l = right_of_.find(left);
        const auto r = left_of_.find(right);
        if (l != right_of_.end() || r != left_of_.end())
            return l != right_of_.end() && r != left_of_.end() && l->second == right && r->second == left;
        right_of_[left] = right;
        left_of_[right] = left;
        return true;
    }

private:
    std::map<std::int64_t, std::int64_t> right_of_, left_of_;
};

} // namespace skbscope::trace
