// SPDX-License-Identifier: GPL-2.0-or-later
// The probe agent. In the lab it is init: it prepares itself once, and then serves requests that the host leaves in the
// firmware configuration; its stream goes to the virtio-serial port. Elsewhere it serves requests on standard input
// (--stdio), started by skbscope on this host or through ssh; or it opens a device for it (--wire).
#include "bpf/agent/agent_error.h"
#include "bpf/agent/lab_guest.h"
#include "bpf/agent/lab_shell.h"
#include "bpf/agent/request_stream.h"
#include "bpf/agent/session.h"
#include "bpf/agent/stdio.h"
#include "bpf/agent/wire.h"

#include <ctime>
#include <iostream>
#include <string_view>
#include <unistd.h>

using namespace skbscope::bpf;

namespace {

constexpr const char *request_name = "opt/org.skbscope/request";
constexpr const char *first_request = "/lab/request";

void doze() {
    const timespec ms{0, 1'000'000};
    nanosleep(&ms, nullptr);
}

// Never returns: the host ends the machine when it has what it wants. What comes in at the port is a wish to stop, no
// request: nothing comes there in a run that is to be deterministic.
void serve_lab(int port) {
    const firmware_files firmware;
    request_stream stops(port);
    session s(sink(port), {.transport = "lab", .clock = "instructions", .input = port, .stopped = [&stops] {
                               return stops.stopped();
                           }});
    s.serve(read_file(first_request));
    for (;; doze())
        s.serve(firmware.read(request_name));
}

int lab() {
    int port = -1;
    try {
        mount_filesystems();
        load_modules();
        port = open_port();
        if (is_shell_lab())
            serve_shell(port);
        else
            serve_lab(port);
    } catch (const agent_failure &e) {
        if (port >= 0) sink(port).error(e);
        std::cerr << "skbscope-agent: " << e.place << ": " << e.what() << "\n";
    } catch (const std::exception &e) {
        if (port >= 0) sink(port).error(agent_failure("agent", e.what()));
        std::cerr << "skbscope-agent: " << e.what() << "\n";
    }
    power_off();
}

} // namespace

int main(int argc, char **argv) {
    const std::string_view argument = argc == 2 ? argv[1] : "";
    if (argument == "--stdio") return serve_stdio();
    if (argument == "--wire") return pass_wire();
    if (argument == "--version") { // in these words: skbscope asks an agent that it finds on another machine
        std::cout << "skbscope-agent " SKBSCOPE_VERSION ", stream " << SKBSCOPE_STREAM_VERSION << "\n";
        return 0;
    }
    if (getpid() == 1) return lab();
    std::cerr << "skbscope-agent: skbscope starts it: skbscope run SCENARIO --kernel host\n"
                 "usage: skbscope-agent --stdio    frames of requests on standard input, of events on standard output\n"
                 "       skbscope-agent --wire     opens a device for skbscope attach; standard input is a socket\n"
                 "       skbscope-agent --version\n";
    return 2;
}
