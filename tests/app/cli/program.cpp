// SPDX-License-Identifier: GPL-2.0-or-later
#include "program.h"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace skbscope::app {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() {
    std::string name = (fs::temp_directory_path() / "skbscope-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ec;
    fs::remove_all(path_, ec);
}

fs::path TemporaryDirectory::write(const std::string &name, const std::string &text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
}

std::string contentsOf(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

std::vector<std::string> environmentOf(const std::map<std::string, std::string> &more) {
    std::map<std::string, std::string> env = {
        {"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}, {"LC_ALL", "C.UTF-8"}, {"TERM", "xterm"}};
    if (const char *home = std::getenv("HOME")) env["HOME"] = home;
    for (const auto &[name, value] : more)
        env[name] = value;
    std::vector<std::string> out;
    for (const auto &[name, value] : env)
        out.push_back(name + "=" + value);
    return out;
}

std::vector<char *> pointers(std::vector<std::string> &texts) {
    std::vector<char *> out;
    for (std::string &t : texts)
        out.push_back(t.data());
    out.push_back(nullptr);
    return out;
}

[[noreturn]] void becomeProgram(std::vector<std::string> arguments, std::vector<std::string> environment,
                                const std::string &out, const std::string &err) {
    const int null = open("/dev/null", O_RDONLY);
    const int o = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600),
              e = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (null < 0 || o < 0 || e < 0 || dup2(null, 0) < 0 || dup2(o, 1) < 0 || dup2(e, 2) < 0) _exit(127);
    execve(SKBSCOPE_PROGRAM, pointers(arguments).data(), pointers(environment).data());
    _exit(127);
}

} // namespace

Ran runProgram(const std::vector<std::string> &arguments, const std::map<std::string, std::string> &environment) {
    const TemporaryDirectory dir;
    const std::string out = dir.path() / "out", err = dir.path() / "err";
    std::vector<std::string> all = {"skbscope"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const pid_t pid = fork();
    if (pid == 0) becomeProgram(all, environmentOf(environment), out, err);
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid) throw std::runtime_error("cannot run the program");
    Ran ran;
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ran.out = contentsOf(out);
    ran.err = contentsOf(err);
    return ran;
}

} // namespace skbscope::app
