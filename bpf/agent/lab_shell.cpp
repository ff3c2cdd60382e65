// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/lab_shell.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/lab_guest.h"
#include "bpf/agent/sink.h"

#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <net/if.h>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char *request_name = "opt/org.skbscope/request";
constexpr const char *terminal = "/dev/ttyS1";
constexpr const char *output_port = "/dev/vport0p2";
constexpr const char *complaints_port = "/dev/vport0p3";

struct shell_request {
    json head;
    std::string files; // their bytes, one after another
};

// The host puts it there after the machine was restored, or before it booted. One frame, then the files' bytes.
shell_request wait_for_request() {
    const firmware_files firmware;
    std::string bytes;
    for (const timespec ms{0, 1'000'000}; (bytes = firmware.read(request_name)).empty();)
        nanosleep(&ms, nullptr);
    frame_parser parser;
    parser.feed(bytes);
    const auto next = parser.next();
    if (!next || !*next || (*next)->type != SKBSCOPE_FRAME_REQUEST)
        throw agent_failure("request", "is no request of a shell");
    shell_request r;
    r.head = json::parse((*next)->payload, nullptr, false);
    if (!r.head.is_object()) throw agent_failure("request", "holds no JSON object");
    r.files = bytes.substr(bytes.size() - parser.pending());
    return r;
}

void write_files(const shell_request &r) {
    std::size_t at = 0;
    for (const json &f : r.head.value("files", json::array())) {
        const fs::path path = fs::path("/root") / fs::path(f.value("name", "file")).filename();
        const std::size_t size = f.value("size", std::size_t{0});
        if (size > r.files.size() - at) throw agent_failure(path.string(), "came cut short");
        std::ofstream(path, std::ios::binary) << std::string_view(r.files).substr(at, size);
        chmod(path.c_str(), f.value("mode", 0644U));
        at += size;
    }
}

void loopback_up() {
    const int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq r{};
    r.ifr_name[0] = 'l', r.ifr_name[1] = 'o';
    r.ifr_flags = IFF_UP;
    (void)ioctl(s, SIOCSIFFLAGS, &r);
    close(s);
}

void install_busybox() {
    const pid_t child = fork();
    if (child == 0) {
        execl("/bin/busybox", "busybox", "--install", "-s", "/bin", nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) throw agent_failure("lab: /bin/busybox", "does not run");
}

void set_environment(const json &head) {
    clearenv();
    setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
    setenv("HOME", "/root", 1);
    setenv("TERM", head.value("term", "linux").c_str(), 1);
    setenv("PS1", "lab:\\w# ", 1);
    (void)!chdir("/root");
}

void become_terminal_session(const json &head) {
    setsid();
    const int fd = open(terminal, O_RDWR); // the first terminal that a session opens is its own
    if (fd < 0) _exit(126);
    const winsize size{head.value("rows", std::uint16_t{24}), head.value("columns", std::uint16_t{80}), 0, 0};
    ioctl(fd, TIOCSWINSZ, &size);
    for (int n = 0; n < 3; ++n)
        dup2(fd, n);
}

void use_ports() {
    const int nothing = open("/dev/null", O_RDONLY), out = open(output_port, O_WRONLY),
              err = open(complaints_port, O_WRONLY);
    if (out < 0 || err < 0) _exit(126);
    dup2(nothing, 0);
    dup2(out, 1);
    dup2(err, 2);
}

pid_t start(const json &head) {
    const pid_t child = fork();
    if (child != 0) return child;
    const std::string command = head.value("command", "");
    set_environment(head);
    if (command.empty()) {
        become_terminal_session(head);
        execl("/bin/sh", "-sh", nullptr);
    } else {
        use_ports();
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    }
    _exit(127);
}

// As a shell has it: the exit status, or 128 and the signal. Init also buries those whom nobody waits for.
unsigned wait_for(pid_t child) {
    int status = 0;
    for (pid_t gone = 0; gone != child;)
        if ((gone = wait(&status)) < 0 && errno != EINTR) throw agent_failure("wait", errno_text());
    return static_cast<unsigned>(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

void let_terminal_drain() {
    const int fd = open(terminal, O_WRONLY | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0) tcdrain(fd);
    close(fd);
}

} // namespace

bool is_shell_lab() {
    return access("/lab/shell", F_OK) == 0;
}

void serve_shell(int port) {
    const sink out(port);
    install_busybox();
    loopback_up();
    out.send(SKBSCOPE_FRAME_READY, json{{"serial", 0}});
    const shell_request request = wait_for_request();
    write_files(request);
    const unsigned status = wait_for(start(request.head));
    let_terminal_drain();
    out.send(SKBSCOPE_FRAME_END, json{{"status", status}});
}

} // namespace skbscope::bpf
