// SPDX-License-Identifier: GPL-2.0-or-later
#include "own_sshd.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace skbscope::test {

namespace fs = std::filesystem;

namespace {

constexpr const char *sshd = "/usr/sbin/sshd";
constexpr const char *runDirectory = "/run/sshd"; // where sshd wants to find nothing

pid_t spawn(std::vector<std::string> arguments, const fs::path &log) {
    std::vector<char *> argv;
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    setpgid(0, 0);
    const int null = open("/dev/null", O_RDWR), out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(null, 0);
    dup2(out, 1);
    dup2(out, 2);
    execvp(argv[0], argv.data());
    _exit(127);
}

sockaddr_in loopback(unsigned port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

unsigned freePort() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a = loopback(0);
    socklen_t size = sizeof a;
    if (bind(fd, reinterpret_cast<sockaddr *>(&a), sizeof a) == 0)
        getsockname(fd, reinterpret_cast<sockaddr *>(&a), &size);
    close(fd);
    return ntohs(a.sin_port);
}

} // namespace

OwnSshd::OwnSshd(const std::string &path) {
    if (geteuid() != 0) why_ = "sshd needs root";
    if (access(sshd, X_OK) != 0) why_ = "no /usr/sbin/sshd: apt-get install openssh-server";
    if (!why_.empty()) return;
    turn_ = open(sshd, O_RDONLY | O_CLOEXEC);
    flock(turn_, LOCK_EX); // one at a time: the directory in /run is everyone's
    std::string name = (fs::temp_directory_path() / "skbscope-sshd-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        why_ = "no temporary directory";
        return;
    }
    directory_ = name;
    std::error_code ec;
    fs::create_directory(directory_ / "tmp", ec);
    madeRunDirectory_ = fs::create_directory(runDirectory, ec);
    port_ = freePort();
    makeKeys();
    if (why_.empty()) writeConfiguration(path);
    if (why_.empty()) start();
}

OwnSshd::~OwnSshd() {
    if (pid_ > 0) {
        kill(-pid_, SIGTERM); // the server and its connections: its group
        waitpid(pid_, nullptr, 0);
    }
    std::error_code ec;
    if (!directory_.empty()) fs::remove_all(directory_, ec);
    if (madeRunDirectory_) fs::remove(runDirectory, ec);
    if (turn_ >= 0) close(turn_);
}

void OwnSshd::write(const std::string &name, const std::string &text, bool executable) const {
    std::ofstream(directory_ / name) << text;
    fs::permissions(directory_ / name,
                    executable ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
}

void OwnSshd::makeKeys() {
    for (const char *key : {"host", "user", "other"}) {
        const pid_t child = spawn({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", (directory_ / key).string()},
                                  directory_ / "log");
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) why_ = "ssh-keygen makes no key";
    }
    std::error_code ec;
    fs::copy_file(directory_ / "user.pub", directory_ / "authorized", ec);
}

void OwnSshd::writeConfiguration(const std::string &path) {
    const auto at = [this](const char *name) { return (directory_ / name).string(); };
    const std::string port = std::to_string(port_);
    write("sshd_config", "ListenAddress 127.0.0.1\nPort " + port + "\nHostKey " + at("host") + "\nAuthorizedKeysFile " +
                             at("authorized") +
                             "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                             "PermitRootLogin yes\nPidFile none\nPrintMotd no\nPermitUserRC no\nSetEnv PATH=" +
                             path + " TMPDIR=" + at("tmp") + "\n");
    const auto host = [&](const char *name, const char *key) {
        return std::string("Host ") + name + "\nHostName 127.0.0.1\nHostKeyAlias box\nPort " + port +
               "\nUser root\nIdentitiesOnly yes\nIdentityFile " + at(key) + "\nUserKnownHostsFile " + at("known") +
               "\nGlobalKnownHostsFile /dev/null\nStrictHostKeyChecking yes\n";
    };
    write("ssh_config", host("box", "user") + host("stranger", "other"));
    std::ifstream key(directory_ / "host.pub");
    std::string type, value;
    key >> type >> value;
    write("known", "box " + type + " " + value + "\n");
    write("ssh", "#!/bin/sh\nexec ssh -F " + at("ssh_config") + " \"$@\"\n", true);
}

bool OwnSshd::answers() const {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in a = loopback(port_);
    const bool yes = connect(fd, reinterpret_cast<const sockaddr *>(&a), sizeof a) == 0;
    close(fd);
    return yes;
}

void OwnSshd::start() {
    pid_ = spawn({sshd, "-D", "-e", "-f", (directory_ / "sshd_config").string()}, directory_ / "log");
    for (int tries = 0; tries < 1000; ++tries) {
        if (answers()) return;
        if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
            pid_ = -1;
            break;
        }
        usleep(10'000);
    }
    why_ = "sshd does not answer";
}

} // namespace skbscope::test
