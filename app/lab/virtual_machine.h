// SPDX-License-Identifier: GPL-2.0-or-later
// One QEMU process: started cold or from an image, its agent's stream, its console, its monitor. Everything that reads
// has a deadline; the process ends with the object.
#pragma once

#include "app/lab/lab_files.h"
#include "app/lab/unique_fd.h"
#include "bpf/stream_reader.h"

#include <chrono>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <sys/types.h>

namespace skbscope::app {

class VirtualMachine {
public:
    struct Start {
        std::string initramfs;
        std::string request; // what the agent finds in the firmware configuration; may be empty
        int image = -1;      // descriptor of an image's file to go on from; -1: cold boot. Not owned
    };
    using Clock = std::chrono::steady_clock;

    VirtualMachine(const LabFiles &lab, bpf::stream_reader &stream) : lab_(lab), stream_(stream) {}
    ~VirtualMachine();
    VirtualMachine(const VirtualMachine &) = delete;
    VirtualMachine &operator=(const VirtualMachine &) = delete;

    [[nodiscard]] tl::expected<void, RunError> start(const Start &how);
    // Reads until `done` says so of what the stream told; an error when the machine died first, or time ran out.
    [[nodiscard]] tl::expected<void, RunError> waitFor(const std::function<bool(const bpf::read_state &)> &done,
                                                       std::chrono::seconds limit);
    // Stops the machine and writes it to `path`; it can be started from there, not here.
    [[nodiscard]] tl::expected<void, RunError> saveTo(const std::filesystem::path &path);

    // Same command line, same machine: part of an image's key.
    [[nodiscard]] static std::string describe();

private:
    struct Channels;
    [[nodiscard]] tl::expected<void, RunError> resume();
    [[nodiscard]] tl::expected<nlohmann::json, RunError> command(const nlohmann::json &what, int passFd = -1);
    [[nodiscard]] tl::expected<void, RunError> readSome(Clock::time_point until);
    void readConsole();
    [[nodiscard]] RunError died() const;
    [[nodiscard]] std::string lastWords() const;

    const LabFiles &lab_;
    bpf::stream_reader &stream_;
    pid_t process_ = -1;
    UniqueFd monitor_, port_, console_, errors_;
    std::string monitorText_, consoleText_, errorText_;
};

} // namespace skbscope::app
