// SPDX-License-Identifier: GPL-2.0-or-later
// Two network namespaces and a veth pair between them, and processes in them that know nothing of us.
#pragma once

#include <functional>
#include <string>
#include <sys/types.h>

namespace skbscope::test {

class VethPair {
public:
    // Empty: it is there. Else why it is not.
    std::string make();
    ~VethPair();

    std::string a, b; // names of the namespaces; 10.9.0.1 on va, 10.9.0.2 on vb

    // Runs a command in a namespace; its exit status.
    static int in(const std::string &ns, const std::string &command);
    // Forks a process into a namespace; it lives for 30 s at most, and works until the function returns.
    static pid_t start(const std::string &ns, const std::function<bool()> &work);
    static bool ended(pid_t process); // waits; true: its work said so

    // From a to 10.9.0.2, from a port that the kernel chooses.
    void sendDatagrams(unsigned port, unsigned count) const;
};

// A UDP socket in this process that is bound to a port of b, and the datagrams it has are read by nobody; a descriptor.
int boundSocket(const std::string &ns, unsigned port);
int sh(const std::string &command);

} // namespace skbscope::test
