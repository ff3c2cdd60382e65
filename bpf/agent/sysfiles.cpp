// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/sysfiles.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <stdexcept>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

int write_setting(const std::string &path, const std::string &value) {
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    const int e = write(fd, value.data(), value.size()) < 0 ? errno : 0;
    close(fd);
    return e;
}

int write_in_namespace(int ns, const std::string &path, const std::string &mask) {
    if (setns(ns, CLONE_NEWNET) < 0 || unshare(CLONE_NEWNS) < 0) return errno;
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0 && errno != EINVAL) return errno;
    if (mount("sysfs", "/sys", "sysfs", 0, nullptr) < 0) return errno;
    return write_setting(path, mask);
}

} // namespace

int set_sysctl(const std::string &assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == assignment.npos) throw std::invalid_argument("a sysctl is written name=value");
    std::string name = assignment.substr(0, equals);
    if (!name.starts_with("net.") || name.find("..") != name.npos || name.find('/') != name.npos)
        throw std::invalid_argument("only net.* sysctls belong to a host");
    std::ranges::replace(name, '.', '/');
    return write_setting("/proc/sys/" + name, assignment.substr(equals + 1));
}

std::string sysctl(std::string name) {
    std::ranges::replace(name, '.', '/');
    std::ifstream in("/proc/sys/" + name);
    std::string value;
    std::getline(in, value);
    std::ranges::replace(value, '\t', ' ');
    return value;
}

namespace {

int set_queue(int ns, const std::string &device, std::uint32_t queue, const char *file, const std::string &value) {
    const std::string path = "/sys/class/net/" + device + "/queues/rx-" + std::to_string(queue) + "/" + file;
    const pid_t child = fork();
    if (child < 0) return errno;
    if (child == 0) _exit(write_in_namespace(ns, path, value));
    int status = 0;
    if (waitpid(child, &status, 0) < 0) return errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
}

} // namespace

int set_rps(int ns, const std::string &device, std::uint32_t queue, std::uint32_t cpus) {
    char mask[16];
    std::snprintf(mask, sizeof mask, "%x", cpus);
    return set_queue(ns, device, queue, "rps_cpus", mask);
}

int set_rps_flows(int ns, const std::string &device, std::uint32_t queue, std::uint32_t count) {
    return set_queue(ns, device, queue, "rps_flow_cnt", std::to_string(count));
}

} // namespace skbscope::bpf
