// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>

namespace skbscope::app {

// How many frames a look at the wire takes, where finding that there are no more costs a system call: no more than came
// of late, and now and then it is tried whether more would come.
class Burst {
public:
    static constexpr unsigned patience = 16, most = 64;

    [[nodiscard]] unsigned limit() const { return limit_; }
    // So many were there at this look; as many as the limit: perhaps more.
    void looked(unsigned frames) {
        if (frames < limit_) {
            limit_ = std::max(1U, frames);
            full_ = 0;
        } else if (++full_ == patience) {
            limit_ = std::min(2 * limit_, most);
            full_ = 0;
        }
    }

private:
    unsigned limit_ = 1, full_ = 0;
};

} // namespace skbscope::app
