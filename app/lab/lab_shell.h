// SPDX-License-Identifier: GPL-2.0-or-later
// The lab for the curious: its kernel with a shell at the user's terminal, or one command run in it.
#pragma once

#include "app/lab/lab_files.h"
#include "app/lab/lab_images.h"

#include <iosfwd>
#include <vector>

namespace skbscope::app {

struct ShellRequest {
    std::string command = {};                      // for sh -c; empty: a shell at the terminal (standard input)
    std::vector<std::filesystem::path> files = {}; // copied into /root
    std::vector<std::string> programs = {};        // of this machine, copied with their libraries
    LabOptions lab = {};
};

// The key that leaves the shell, whatever runs in it.
constexpr char leaveKey = 0x1d; // Ctrl-]

class LabShell {
public:
    LabShell(const ShellRequest &request, const ProgressSink &progress) : request_(request), progress_(progress) {}
    // The exit status of the command or of the shell; 0 when the user left. What it prints goes to the descriptors 1
    // and 2 of this process as it comes.
    [[nodiscard]] tl::expected<int, RunError> run();

private:
    [[nodiscard]] tl::expected<std::string, RunError> requestFile() const;
    [[nodiscard]] tl::expected<void, RunError> prepare();
    [[nodiscard]] tl::expected<int, RunError> serve();
    [[nodiscard]] bool interactive() const { return request_.command.empty(); }

    const ShellRequest &request_;
    const ProgressSink &progress_;
    LabFiles lab_;
    std::string initramfs_, asked_;
    std::optional<LabImages> images_;
    std::optional<LabImage> image_;
    bool started_ = false; // the machine came up
};

} // namespace skbscope::app
