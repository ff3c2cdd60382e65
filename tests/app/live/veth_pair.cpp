// SPDX-License-Identifier: GPL-2.0-or-later
#include "veth_pair.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::test {

namespace {

bool enter(const std::string &ns) {
    const int fd = open(("/run/netns/" + ns).c_str(), O_RDONLY | O_CLOEXEC);
    const bool in = fd >= 0 && setns(fd, CLONE_NEWNET) == 0;
    if (fd >= 0) close(fd);
    return in;
}

sockaddr_in at(const char *ip, unsigned port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    a.sin_addr.s_addr = inet_addr(ip);
    return a;
}

} // namespace

int sh(const std::string &command) {
    const int status = std::system(("(" + command + ") >/dev/null 2>&1").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

std::string VethPair::make() {
    if (geteuid() != 0) return "needs root: it makes network namespaces and watches the kernel";
    if (sh("command -v ip") != 0) return "iproute2 is not installed";
    const std::string id = std::to_string(getpid());
    const std::string first = "sla" + id, second = "slb" + id;
    if (sh("ip netns add " + first) != 0) return "ip netns add: not allowed here";
    a = first;
    if (sh("ip netns add " + second) != 0) return "ip netns add: not allowed here";
    b = second;
    for (const std::string &command :
         {"link add va address 02:00:00:00:00:01 type veth peer name vb netns " + b,
          std::string("address add 10.9.0.1/24 dev va"), std::string("link set lo up"), std::string("link set va up")})
        if (sh("ip -n " + a + " " + command) != 0) return "ip " + command + ": failed";
    for (const char *command : {"address add 10.9.0.2/24 dev vb", "link set lo up", "link set vb up"})
        if (sh("ip -n " + b + " " + command) != 0) return std::string("ip ") + command + ": failed";
    // Known to each other: no ARP between.
    if (in(a, "ping -c 1 -W 2 10.9.0.2") != 0 && in(a, "busybox ping -c 1 -W 2 10.9.0.2") != 0) sendDatagrams(9, 1);
    return {};
}

VethPair::~VethPair() {
    if (!a.empty()) sh("ip netns del " + a);
    if (!b.empty()) sh("ip netns del " + b);
}

int VethPair::in(const std::string &ns, const std::string &command) {
    return sh("ip netns exec " + ns + " " + command);
}

pid_t VethPair::start(const std::string &ns, const std::function<bool()> &work) {
    const pid_t child = fork();
    if (child != 0) return child;
    prctl(PR_SET_NAME, "live-peer");
    alarm(30);
    _exit(enter(ns) && work() ? 0 : 1);
}

bool VethPair::ended(pid_t process) {
    int status = 1;
    return process > 0 && waitpid(process, &status, 0) == process && status == 0;
}

void VethPair::sendDatagrams(unsigned port, unsigned count) const {
    (void)ended(start(a, [port, count] {
        const int s = socket(AF_INET, SOCK_DGRAM, 0);
        const sockaddr_in to = at("10.9.0.2", port);
        for (unsigned i = 0; i < count; ++i)
            (void)sendto(s, "datagram", 8, 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
        return true;
    }));
}

int boundSocket(const std::string &ns, unsigned port) {
    const int home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (!enter(ns)) return -1;
    const int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const sockaddr_in here = at("10.9.0.2", port);
    const bool bound = bind(s, reinterpret_cast<const sockaddr *>(&here), sizeof here) == 0;
    if (setns(home, CLONE_NEWNET) < 0) std::abort();
    close(home);
    return bound ? s : -1;
}

} // namespace skbscope::test
