// SPDX-License-Identifier: GPL-2.0-or-later
// An sshd of the test's own on loopback: its own keys, port and configuration, all in a directory that goes with it. No
// file of the user's or the machine's ssh is read or written.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace skbscope::test {

class OwnSshd {
public:
    // `path`: what PATH is for those who log in. `usable()` tells whether it runs.
    explicit OwnSshd(const std::string &path = "/usr/bin:/bin");
    ~OwnSshd(); // ends it, and whoever is logged in
    OwnSshd(const OwnSshd &) = delete;
    OwnSshd &operator=(const OwnSshd &) = delete;

    [[nodiscard]] const std::string &unusable() const { return why_; } // empty: it runs
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] const std::filesystem::path &directory() const { return directory_; }
    // What TMPDIR is for those who log in: a directory of their own, empty to begin with.
    [[nodiscard]] std::filesystem::path temporary() const { return directory_ / "tmp"; }
    // A program like ssh that knows this server as "box" and the key that opens it, and as "stranger" with another key.
    [[nodiscard]] std::filesystem::path client() const { return directory_ / "ssh"; }

private:
    void makeKeys();
    void writeConfiguration(const std::string &path);
    void start();
    [[nodiscard]] bool answers() const;
    void write(const std::string &name, const std::string &text, bool executable = false) const;

    std::filesystem::path directory_;
    std::string why_;
    unsigned port_ = 0;
    pid_t pid_ = -1;
    int turn_ = -1;
    bool madeRunDirectory_ = false;
};

} // namespace skbscope::test
