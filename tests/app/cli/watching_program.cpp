// SPDX-License-Identifier: GPL-2.0-or-later
#include "watching_program.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace skbscope::app {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

WatchingProgram::WatchingProgram(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "skbscope");
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    const std::string out = directory_.path() / "out", err = directory_.path() / "err";
    const int o = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
              e = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pid_ = fork();
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (dup2(o, 1) < 0 || dup2(e, 2) < 0) _exit(127);
        execv(SKBSCOPE_PROGRAM, argv.data());
        _exit(127);
    }
    close(o);
    close(e);
    if (pid_ < 0) throw std::runtime_error("cannot run the program");
}

WatchingProgram::~WatchingProgram() {
    if (gone()) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

bool WatchingProgram::gone() {
    if (!gone_) gone_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return gone_;
}

bool WatchingProgram::wait(const std::filesystem::path &file, const std::string &text, std::chrono::seconds limit) {
    for (const auto until = Clock::now() + limit; Clock::now() < until; std::this_thread::sleep_for(10ms)) {
        const bool last = gone();
        if (contentsOf(file).find(text) != std::string::npos) return true;
        if (last) return false;
    }
    return false;
}

bool WatchingProgram::says(const std::string &text, std::chrono::seconds limit) {
    return wait(directory_.path() / "err", text, limit);
}

bool WatchingProgram::shows(const std::string &text, std::chrono::seconds limit) {
    return wait(directory_.path() / "out", text, limit);
}

void WatchingProgram::signal(int number) const {
    kill(pid_, number);
}

Ran WatchingProgram::ended(std::chrono::seconds limit) {
    for (const auto until = Clock::now() + limit; !gone() && Clock::now() < until;)
        std::this_thread::sleep_for(10ms);
    Ran ran;
    if (gone()) ran.code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
    ran.out = contentsOf(directory_.path() / "out");
    ran.err = contentsOf(directory_.path() / "err");
    return ran;
}

pid_t WatchingProgram::child(const std::string &program) const {
    for (const auto &thread : std::filesystem::directory_iterator("/proc/" + std::to_string(pid_) + "/task")) {
        std::ifstream children(thread.path() / "children");
        for (pid_t one = 0; children >> one;) {
            std::string comm;
            std::getline(std::ifstream("/proc/" + std::to_string(one) + "/comm") >> std::ws, comm);
            if (comm == program) return one;
        }
    }
    return -1;
}

} // namespace skbscope::app
