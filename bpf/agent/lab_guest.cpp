// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/lab_guest.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/firmware.h"

#include <algorithm>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace skbscope::bpf {

namespace fs = std::filesystem;

namespace {

void mount_one(const char *type, const char *where) {
    mkdir(where, 0755);
    if (mount(type, where, type, 0, nullptr) < 0 && errno != EBUSY)
        throw agent_failure(std::string("lab: mount ") + type, errno_text());
}

bool load_module(const fs::path &path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const long r = syscall(SYS_finit_module, fd, "", 0);
    const bool loaded = r == 0 || errno == EEXIST;
    close(fd);
    return loaded;
}

// The device on x86: two ports.
constexpr std::uint16_t selector_port = 0x510, data_port = 0x511;

class firmware_ports : public firmware_device {
public:
    void select(std::uint16_t key) override { outw(key, selector_port); }
    void read(std::span<char> bytes) override { insb(data_port, bytes.data(), bytes.size()); }
};

} // namespace

void mount_filesystems() {
    mount_one("devtmpfs", "/dev");
    mount_one("proc", "/proc");
    mount_one("sysfs", "/sys");
    mount_one("tracefs", "/sys/kernel/tracing");
    mount_one("bpf", "/sys/fs/bpf");
    mount_one("tmpfs", "/tmp");
}

void load_modules() {
    std::vector<fs::path> waiting;
    for (const auto &entry : fs::directory_iterator("/lab/modules"))
        waiting.push_back(entry.path());
    std::sort(waiting.begin(), waiting.end());
    while (!waiting.empty()) {
        const std::size_t before = waiting.size();
        std::erase_if(waiting, load_module);
        if (waiting.size() == before)
            throw agent_failure("lab: module " + waiting.front().stem().string(), "cannot be loaded: " + errno_text());
    }
}

bool load_on_demand(const std::string &module) {
    return load_module(fs::path("/lab/on-demand") / (module + ".ko"));
}

int open_port() {
    for (int tries = 0; tries < 200; ++tries) {
        const int fd = open("/dev/vport0p1", O_RDWR | O_CLOEXEC);
        if (fd >= 0) return fd;
        usleep(5'000);
    }
    throw agent_failure("lab: /dev/vport0p1", "the virtio-serial port did not appear: " + errno_text());
}

firmware_files::firmware_files() {
    if (ioperm(selector_port, 2, 1) < 0) throw agent_failure("lab: firmware configuration", errno_text());
}

std::string firmware_files::read(const std::string &name) const {
    firmware_ports ports;
    return read_firmware_file(ports, name);
}

std::string read_file(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

namespace {
void switch_ftrace(bool on) {
    if (getpid() != 1) return;
    std::ofstream("/proc/sys/kernel/ftrace_enabled") << (on ? "1" : "0");
}
} // namespace

patching_at_once::patching_at_once() {
    switch_ftrace(false);
}

patching_at_once::~patching_at_once() {
    switch_ftrace(true);
}

void power_off() {
    sync();
    reboot(RB_POWER_OFF);
    _exit(0);
}

} // namespace skbscope::bpf
