// SPDX-License-Identifier: GPL-2.0-or-later
// What the kernel shows as files: sysctls and RPS masks.
#include "bpf/agent/agent_error.h"
#include "bpf/agent/snapshot_parts.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <sstream>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace fs = std::filesystem;

namespace {

constexpr const char *sysctl_directory = "/proc/sys/net";

std::string line_of(const fs::path &path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line;
}

// Devices' own settings compare with those of a new device of their kind: "ipv4.conf.eth0.x" with "ipv4.conf.va.x".
std::string counterpart(const std::string &name, const snapshot_namespace &ns, const snapshot_defaults &defaults) {
    for (const snapshot_link &l : ns.links) {
        for (const char *per_device : {"ipv4.conf.", "ipv4.neigh.", "ipv6.conf.", "ipv6.neigh."}) {
            const std::string prefix = per_device + l.name + ".";
            if (!name.starts_with(prefix)) continue;
            const std::string like = l.kind == "loopback" ? "lo" : l.kind == "veth" ? defaults.veth : "default";
            return per_device + like + "." + name.substr(prefix.size());
        }
    }
    return name;
}

// The queues' masks, by way of a sysfs of this namespace: "DEVICE MASK MASK\n" for each device.
std::string rps_report(const snapshot_namespace &ns) {
    std::string out;
    for (const snapshot_link &l : ns.links) {
        out += l.name;
        for (unsigned queue = 0; queue < 64; ++queue) {
            const fs::path file = "/sys/class/net/" + l.name + "/queues/rx-" + std::to_string(queue) + "/rps_cpus";
            std::error_code none;
            if (!fs::exists(file, none)) break;
            out += " " + line_of(file);
        }
        out += "\n";
    }
    return out;
}

// In a process of its own: the mount must not be seen by anyone.
void report_rps(const snapshot_namespace &ns, int to) {
    if (unshare(CLONE_NEWNS) < 0) _exit(1);
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0 && errno != EINVAL) _exit(1);
    if (mount("sysfs", "/sys", "sysfs", 0, nullptr) < 0) _exit(1);
    const std::string text = rps_report(ns);
    _exit(write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

std::string read_all(int fd) {
    std::string text;
    char part[4096];
    for (ssize_t n = 0; (n = read(fd, part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(n));
    return text;
}

bool only_zeros(const std::vector<std::string> &masks) {
    return std::all_of(masks.begin(), masks.end(),
                       [](const std::string &m) { return m.find_first_not_of("0,") == m.npos; });
}

void take_rps(snapshot_namespace &ns, const std::string &report) {
    std::istringstream lines(report);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string device, mask;
        words >> device;
        const auto link =
            std::find_if(ns.links.begin(), ns.links.end(), [&](const auto &l) { return l.name == device; });
        if (link == ns.links.end()) continue;
        while (words >> mask)
            link->rps.push_back(mask);
        if (only_zeros(link->rps)) link->rps.clear();
    }
}

} // namespace

sysctl_set all_sysctls() {
    sysctl_set out;
    std::error_code none;
    for (fs::recursive_directory_iterator at(sysctl_directory, none), end; at != end; at.increment(none)) {
        if (none || !at->is_regular_file(none)) continue;
        std::string name = at->path().lexically_relative(sysctl_directory);
        std::replace(name.begin(), name.end(), '.', '\n'); // dots and slashes change places, as sysctl(8) has it
        std::replace(name.begin(), name.end(), '/', '.');
        std::replace(name.begin(), name.end(), '\n', '/');
        const fs::perms mode = at->status(none).permissions();
        const bool setting = (mode & fs::perms::owner_read) != fs::perms::none && // the rest are counters and triggers
                             (mode & fs::perms::owner_write) != fs::perms::none;
        if (setting) out[name] = line_of(at->path());
    }
    return out;
}

void read_sysctls(snapshot_namespace &ns, const snapshot_defaults &defaults) {
    for (const auto &[name, value] : all_sysctls()) {
        const auto usual = defaults.sysctls.find(counterpart(name, ns, defaults));
        if (usual != defaults.sysctls.end() && usual->second != value)
            ns.sysctls.push_back({"net." + name, value, usual->second});
    }
}

void read_rps(snapshot_namespace &ns) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return ns.problems.push_back("RPS masks: " + errno_text());
    const pid_t child = fork();
    if (child == 0) report_rps(ns, ends[1]);
    close(ends[1]);
    const std::string report = child < 0 ? std::string() : read_all(ends[0]);
    close(ends[0]);
    int status = 1;
    if (child > 0) waitpid(child, &status, 0);
    if (status != 0) return ns.problems.push_back("RPS masks: a sysfs of the namespace cannot be mounted here");
    take_rps(ns, report);
}

} // namespace skbscope::bpf
