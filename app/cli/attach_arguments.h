// SPDX-License-Identifier: GPL-2.0-or-later
// What `skbscope attach` was asked for.
#pragma once

#include "app/attach/attachment.h"
#include "app/cli/failure.h"
#include "app/cli/interrupt.h"

#include <functional>
#include <optional>
#include <string>

namespace skbscope::app {

struct AttachArguments {
    WireRequest wire;
    std::string address, gateway, mac, mode = "napi", out, pcap;
    std::uint16_t echo = 7, discard = 9, chargen = 19; // 0: not at all
    AttachOptions options;
    unsigned mtu = 0;         // 0: as the device
    std::uint64_t events = 0; // 0: as many as suit a file, or the window
    bool gui = false, allowRoot = false;
    bool quiet = false; // says nothing on stderr
};

// Makes `options` of what was given; the failure begins with the option it is about.
[[nodiscard]] OrFailure<void> takeOptions(AttachArguments &a);

struct AttachEnd {
    std::optional<Failure> failure;
    trace::Side side; // what was recorded, if anything was to be; also after a failure
};

// The whole of it, on this thread, until the user wants the end or the device is gone. `begun` is called once the model
// is set up, before it takes the first frame.
AttachEnd attachDevice(AttachArguments &a, Interrupt &interrupt, const std::function<void(Attachment &)> &begun);

// --gui: the same on a thread of its own, the window on this one. Returns the exit code.
int attachWindow(AttachArguments &a, Interrupt &interrupt, int argc, char **argv);

} // namespace skbscope::app
