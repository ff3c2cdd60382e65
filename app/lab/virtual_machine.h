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
#include <poll.h>
#include <span>
#include <string>
#include <sys/types.h>
#include <vector>

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
    // Reads until `done` says so of what the stream told; an error when the machine died first, time ran out, or it
    // said nothing for as long as `patience`.
    [[nodiscard]] tl::expected<void, RunError> waitFor(const std::function<bool(const bpf::read_state &)> &done,
                                                       std::chrono::seconds limit,
                                                       std::chrono::seconds patience = std::chrono::hours(1));
    // After an error of waitFor: its patience ended.
    [[nodiscard]] bool stoodStill() const { return stoodStill_; }
    // Stops the machine and writes it to `path`; it can be started from there, not here.
    [[nodiscard]] tl::expected<void, RunError> saveTo(const std::filesystem::path &path);

    // Frames to the agent: a few bytes, sent at once or not at all. What comes to the guest that way comes at no fixed
    // instant of its time: for a machine that need not be deterministic any more.
    void send(std::string_view frames);

    // Of a machine with a shell: our ends of its terminal (both ways), of a command's output and of its complaints.
    struct ShellChannels {
        UniqueFd terminal, output, complaints;
    };
    [[nodiscard]] const ShellChannels &shell() const { return shell_; }
    // `readable` is called while the machine is waited for, whenever `fd` (not owned) can be read or is closed; it is
    // no longer once it gives false.
    void listen(int fd, std::function<bool()> readable) { listeners_.push_back({fd, std::move(readable)}); }

    // After an error of waitFor: the machine was switched off from within.
    [[nodiscard]] bool endedWell() const { return endedWell_; }

    // Only for tests that kill it.
    [[nodiscard]] pid_t process() const { return process_; }

    // Waits for something to come, or until then, and reads it. An error when the stream is no stream, or the machine
    // is gone: what came before is in the reader.
    [[nodiscard]] tl::expected<void, RunError> readSome(Clock::time_point until);

private:
    [[nodiscard]] tl::expected<void, RunError> spawn(std::vector<std::string> &arguments, int output);
    struct Listener {
        int fd;
        std::function<bool()> readable;
    };
    [[nodiscard]] tl::expected<void, RunError> resume();
    [[nodiscard]] tl::expected<nlohmann::json, RunError> command(const nlohmann::json &what, int passFd = -1);
    void readConsole();
    void serveListeners(std::span<const pollfd> polled);
    [[nodiscard]] RunError died();
    [[nodiscard]] std::string howItEnded();
    [[nodiscard]] std::string lastWords() const;

    const LabFiles &lab_;
    bpf::stream_reader &stream_;
    pid_t process_ = -1;
    bool endedWell_ = false, stoodStill_ = false;
    Clock::time_point heard_; // when something came from the agent last
    UniqueFd monitor_, port_, console_, errors_;
    ShellChannels shell_;
    std::vector<Listener> listeners_;
    std::string monitorText_, consoleText_, errorText_;
};

} // namespace skbscope::app
