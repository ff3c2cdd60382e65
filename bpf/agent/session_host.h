// SPDX-License-Identifier: GPL-2.0-or-later
// Whom a session works for: what it says of the way it is reached, and whether its asker still wants it.
#pragma once

#include <functional>
#include <string>

namespace skbscope::bpf {

struct session_host {
    std::string transport;   // "lab", "host"
    std::string clock;       // "instructions", "real-ns"
    bool privileges = false; // give up, stage by stage, what is no longer needed (privileges.h). The lab is a machine
                             // of its own
    int input = -1;          // readable when stopped() may have changed; -1: it never does
    std::function<bool()> stopped = [] { return false; }; // never blocks; true: end what runs, send what there is
};

} // namespace skbscope::bpf
