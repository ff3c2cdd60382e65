// SPDX-License-Identifier: GPL-2.0-or-later
// The built program, run as a user runs it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace skbscope::app {

struct Ran {
    int code = -1; // exit code; 128 + signal where one ended it
    std::string out, err;
};

// Arguments are passed as they are, no shell. `environment` is set on top of a small fixed one.
[[nodiscard]] Ran runProgram(const std::vector<std::string> &arguments,
                             const std::map<std::string, std::string> &environment = {});

// A directory that is gone at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory &) = delete;
    TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
    [[nodiscard]] const std::filesystem::path &path() const { return path_; }
    std::filesystem::path write(const std::string &name, const std::string &text) const;

private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string contentsOf(const std::filesystem::path &path);

} // namespace skbscope::app
