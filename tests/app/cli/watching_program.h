// SPDX-License-Identifier: GPL-2.0-or-later
// A program that runs beside the test: it is told when to end, and what it printed is read then.
#pragma once

#include "program.h"

#include <chrono>
#include <sys/types.h>

namespace skbscope::app {

class WatchingProgram {
public:
    explicit WatchingProgram(std::vector<std::string> arguments);
    ~WatchingProgram(); // kills it
    WatchingProgram(const WatchingProgram &) = delete;
    WatchingProgram &operator=(const WatchingProgram &) = delete;

    // Until its standard error has this text; false: it ended first, or it takes too long.
    [[nodiscard]] bool says(const std::string &text, std::chrono::seconds limit = std::chrono::seconds(60));
    // ... its standard output.
    [[nodiscard]] bool shows(const std::string &text, std::chrono::seconds limit = std::chrono::seconds(60));
    void signal(int number) const;
    // Waits for its end.
    [[nodiscard]] Ran ended(std::chrono::seconds limit = std::chrono::seconds(60));
    [[nodiscard]] pid_t pid() const { return pid_; }
    // A process that it started, by the name of its program; -1: none.
    [[nodiscard]] pid_t child(const std::string &program) const;

private:
    [[nodiscard]] bool wait(const std::filesystem::path &file, const std::string &text, std::chrono::seconds limit);
    [[nodiscard]] bool gone();

    TemporaryDirectory directory_;
    pid_t pid_ = -1;
    int status_ = 0;
    bool gone_ = false;
};

} // namespace skbscope::app
