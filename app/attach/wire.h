// SPDX-License-Identifier: GPL-2.0-or-later
// What joins the model's network card to a real device: frames from it, frames to it.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/unique_fd.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace skbscope::app {

struct WireCounters {
    std::uint64_t tooLarge = 0; // super-frames, which the sender's device should have cut: not taken
    std::uint64_t refused = 0;  // the device took none of ours: its queue was full
};

class Wire {
public:
    virtual ~Wire() = default;
    // Readable when frames are there.
    [[nodiscard]] virtual int descriptor() const = 0;
    // The next frame, from its Ethernet header on, whole and with its checksums; valid until the next call. Empty: none
    // is there now, or it would be dear to look: wait() says. An error: the device is gone or down.
    [[nodiscard]] virtual tl::expected<std::span<const std::uint8_t>, RunError> receive() = 0;
    // Counts it where the device does not take it.
    virtual void send(std::span<const std::uint8_t> frame) = 0;
    // Sleeps until frames may be there, `wake` is readable (true), or `deadline` (ns of CLOCK_MONOTONIC) has come; may
    // end sooner.
    [[nodiscard]] virtual tl::expected<bool, RunError> wait(int wake, std::uint64_t deadline);
    // ns: CLOCK_MONOTONIC, except where a test has a clock of its own.
    [[nodiscard]] virtual std::uint64_t now() const;
    [[nodiscard]] const WireCounters &counters() const { return counters_; }

protected:
    // Asked when the descriptor reports an error.
    [[nodiscard]] virtual tl::expected<void, RunError> stillThere() { return {}; }
    [[nodiscard]] static bool isReadable(int wake);

    Wire() = default;
    Wire(const Wire &) = default;
    Wire &operator=(const Wire &) = default;
    WireCounters counters_;
};

struct WireRequest {
    std::string device;
    std::string netns; // empty: this program's
    std::string peer;  // address/prefix of the host's end, of a tap that is made here
};

struct OpenedWire {
    std::unique_ptr<Wire> wire;
    std::string kind; // "tap", "packet"
    unsigned mtu = 0;
    bool created = false;
};

// Has the agent, which may, open the device.
[[nodiscard]] tl::expected<OpenedWire, RunError> openWire(const WireRequest &request);

// The two kinds; `device` names it in messages.
[[nodiscard]] std::unique_ptr<Wire> makeTapWire(UniqueFd fd, std::string device);
// `index`: of the interface in the socket's namespace.
[[nodiscard]] tl::expected<std::unique_ptr<Wire>, RunError> makePacketWire(UniqueFd fd, std::string device, int index,
                                                                           unsigned mtu);

} // namespace skbscope::app
