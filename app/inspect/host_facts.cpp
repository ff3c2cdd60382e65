// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/inspect/machine_facts.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <linux/capability.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace skbscope::app {

namespace {

std::string firstLine(const char *path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

MachineFact readableFile(const char *what, const char *path, const char *missing) {
    if (access(path, R_OK) == 0) return {what, true, path};
    return {what, false, std::string(path) + ": " + std::strerror(errno) + "; " + missing};
}

std::uint64_t effectiveCapabilities() {
    std::ifstream in("/proc/self/status");
    std::string key, value;
    while (in >> key)
        if (key == "CapEff:" && in >> value) return std::strtoull(value.c_str(), nullptr, 16);
    return 0;
}

struct Capability {
    const char *name;
    unsigned bit;
    const char *use;
};
constexpr Capability wanted[] = {{"CAP_BPF", CAP_BPF, "load programs"},
                                 {"CAP_PERFMON", CAP_PERFMON, "read kernel memory"},
                                 {"CAP_NET_ADMIN", CAP_NET_ADMIN, "set devices, routes, neighbours"},
                                 {"CAP_NET_RAW", CAP_NET_RAW, "raw and packet sockets"},
                                 {"CAP_SYS_ADMIN", CAP_SYS_ADMIN, "network namespaces"},
                                 {"CAP_SYSLOG", CAP_SYSLOG, "kernel addresses of functions"}};

MachineFact privileges() {
    const std::uint64_t have = effectiveCapabilities();
    std::string missing;
    for (const Capability &c : wanted)
        if ((have >> c.bit & 1) == 0)
            missing += (missing.empty() ? "" : ", ") + std::string(c.name) + " (" + c.use + ")";
    if (missing.empty()) return {"privileges", true, "all that the probe agent needs"};
    return {"privileges", false, "missing " + missing + "; run as root for --kernel host"};
}

MachineFact kernelRelease() {
    utsname u{};
    if (uname(&u) != 0) return {"kernel", false, std::strerror(errno)};
    return {"kernel", true, std::string(u.release) + ", " + u.version};
}

MachineFact lockdown() {
    const std::string state = firstLine("/sys/kernel/security/lockdown");
    if (state.empty()) return {"lockdown", true, "not reported by this kernel"};
    return {"lockdown", state.find("[none]") != std::string::npos, state};
}

} // namespace

FactGroup hostFacts() {
    return {"this host's kernel (--kernel host)",
            {kernelRelease(), privileges(), readableFile("BTF", "/sys/kernel/btf/vmlinux", "CO-RE programs need it"),
             readableFile("tracefs", "/sys/kernel/tracing/available_filter_functions",
                          "the list of functions that can be traced; mount tracefs, be root"),
             lockdown()}};
}

} // namespace skbscope::app
