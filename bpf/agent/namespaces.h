// SPDX-License-Identifier: GPL-2.0-or-later
// The network namespaces that have a name here, and their devices.
#pragma once

#include "bpf/assemble.h"

#include <string>

namespace skbscope::bpf {

class namespaces {
public:
    explicit namespaces(run_names &names) : names_(names) {}
    // Tells run_names of namespaces and devices that are new. "host" is the agent's own, others are called as
    // `ip netns` calls them. One that cannot be opened or entered (any more) is passed over.
    void find();
    // Inode number of a namespace by its name ("a", "pid:1234", "host"), which run_names knows from then on. Throws
    // agent_failure when there is none.
    [[nodiscard]] std::uint32_t net_of(const std::string &name);

private:
    void add(const std::string &name, bool required);
    run_names &names_;
};

} // namespace skbscope::bpf
