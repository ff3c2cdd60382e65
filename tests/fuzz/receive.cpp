// SPDX-License-Identifier: GPL-2.0-or-later
// The receive path from the wire, many inputs a second: the frames of packets.cpp, but into a machine that lives on
// from one input to the next. It is a router with two taps and sockets of every kind, and is made anew every so many
// inputs. So a find may hang on what came before: the same seed (-seed=) and corpus bring it back when the input alone
// does not. After each input: the sockets and taps are read empty, time passes until fragments and neighbours have
// given up, no CPU may have work left, and not one packet may be alive. An input whose first byte asks for it is
// recorded, and its call tree built.
#include "frames.h"
#include "linux/errno.h"
#include "linux/fs.h"
#include "linux/in.h"
#include "linux/sched.h"
#include "linux/socket.h"
#include "net/net_namespace.h"
#include "sim/machine.h"
#include "sim/netconfig.h"
#include "sim/packet_census.h"
#include "sim/syscalls.h"

#include "linux/softnet.h"
#include "trace/call_tree.h"
#include "trace/recorder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

using namespace skbscope;
using namespace skbscope::stack;

namespace {

void require(bool holds, const char *what) {
    if (holds) return;
    std::fprintf(stderr, "receive: %s\n", what);
    std::abort();
}

constexpr be32 ip(unsigned a, unsigned b, unsigned c, unsigned d) {
    return cpu_to_be32(a << 24 | b << 16 | c << 8 | d);
}

sockaddr_in address(be32 to, u16 port) {
    sockaddr_in addr;
    addr.sin_addr = to;
    addr.sin_port = cpu_to_be16(port);
    return addr;
}

class Router {
public:
    Router()
        : machine_({.cpus = 1, .seed = 1, .time_limit_ns = ~u64{0} / 4}, &recorder_), use_(machine_),
          a_(netns_add("a")) {
        in_process([this] {
            files_ = get_current()->files;
            require(sys_setns(a_) == 0, "setns");
            taps_ = {sys_tap_open("tap0", tap_receive::napi), sys_tap_open("tap1", tap_receive::at_once)};
            set_up("tap0", {2, 0, 0, 0, 0, 1}, ip(10, 9, 0, 1), 1500);
            set_up("tap1", {2, 0, 0, 0, 0, 3}, ip(10, 9, 1, 1), 576);
            require(device_feature(a_, "tap0", "gro", true) == 0, "gro");
            require(neigh_replace(a_, "tap1", ip(10, 9, 1, 2), {2, 0, 0, 0, 0, 4}, neigh_request_state::permanent) == 0,
                    "neighbour");
            require(sysctl_set(a_, "net.ipv4.ip_forward", "1") == 0, "ip_forward");
            require(sysctl_set(a_, "net.ipv4.ping_group_range", "0 100") == 0, "ping_group_range");
            open_sockets();
            for (const int fd : taps_)
                sys_set_nonblock(fd, true);
        });
    }
    void play(fuzz::Input in, bool traced) {
        recorder_.set_on(traced);
        in_process([&] {
            u64 left = 20'000; // ms
            for (unsigned frames = 0; !in.empty() && frames < 32; ++frames) {
                const u8 flags = in.byte();
                const std::string frame = fuzz::next_frame(in, flags);
                const int tap = taps_[flags & fuzz::into_tap1 ? 1 : 0];
                if (!frame.empty()) (void)sys_write(tap, {reinterpret_cast<const u8 *>(frame.data()), frame.size()});
                if (!(flags & fuzz::wait)) continue;
                const u64 ms = std::min<u64>(in.byte() * 100U, left);
                sys_nanosleep(ms * 1'000'000);
                left -= ms;
            }
            read_all();
        });
        machine_.run_idle_until(machine_.now_ns() + 40'000'000'000); // fragments wait for 30 s
        in_process([this] { read_all(); });
        if (traced) check_trace();
        const softnet_data *sd = per_cpu_softnet(0);
        require(skb_queue_empty(&sd->input_pkt_queue) && skb_queue_empty(&sd->process_queue),
                "the backlog keeps packets");
        require(list_empty(&sd->poll_list) && !sd->completion_queue && !sd->output_queue, "softirqs have work left");
        const packet_counts &counts = packet_counters();
        if (counts.made != counts.freed)
            for (const std::string &what : count_packets().wrong)
                std::fprintf(stderr, "%s\n", what.c_str());
        require(counts.made == counts.freed, "a packet is alive, though all queues have been read or have given up");
    }

private:
    void check_trace() {
        recorder_.set_on(false);
        trace::Side side;
        side.events = recorder_.merged();
        recorder_.clear();
        const trace::CallTree tree = trace::build_call_tree(side);
        const auto entered = static_cast<std::size_t>(std::count_if(
            side.events.begin(), side.events.end(), [](const trace::Event &e) { return trace::is_enter(e); }));
        require(tree.calls.size() == entered, "a call is not in the tree");
    }
    void in_process(const std::function<void()> &body) {
        const int err = machine_.run_process("fuzz", [&] {
            if (files_) get_current()->files = files_;
            body();
        });
        require(err == 0, "the process does not end");
    }
    void set_up(const char *name, const mac_address &mac, be32 addr, u32 mtu) {
        require(link_set_address(a_, name, mac) == 0 && link_set_mtu(a_, name, mtu) == 0, name);
        require(addr_add(a_, name, addr, 24) == 0 && link_set_up(a_, name, true) == 0, name);
    }
    void open_sockets() {
        const int any = sys_socket(AF_INET, SOCK_DGRAM, 0), connected = sys_socket(AF_INET, SOCK_DGRAM, 0);
        require(sys_bind(any, address(be32{}, 7000)) == 0, "bind");
        const ip_mreqn group{ip(224, 1, 1, 1), ip(10, 9, 0, 1)};
        require(sys_setsockopt(any, SOL_IP, IP_ADD_MEMBERSHIP, {reinterpret_cast<const u8 *>(&group), sizeof(group)}) ==
                    0,
                "join");
        require(sys_bind(connected, address(ip(10, 9, 0, 1), 7001)) == 0, "bind");
        require(sys_connect(connected, address(ip(10, 9, 0, 2), 7001)) == 0, "connect");
        sockets_ = {any, connected, sys_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP),
                    sys_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), sys_packet_socket("tap0")};
        for (const int fd : sockets_)
            require(fd >= 0, "socket");
    }
    void read_all() {
        constexpr int dontwait = 0x40, error_queue = 0x2000;
        for (const int fd : sockets_) {
            while (sys_recvfrom(fd, room_, dontwait, nullptr) != -EAGAIN) {
            }
            while (sys_recvfrom(fd, room_, dontwait | error_queue, nullptr) >= 0) {
            }
        }
        for (const int fd : taps_)
            while (sys_read(fd, room_) > 0) {
            }
    }

    trace::Recorder recorder_{1};
    machine machine_;
    machine::use use_;
    net *a_;
    std::shared_ptr<files_struct> files_;
    std::array<int, 2> taps_{};
    std::array<int, 5> sockets_{};
    std::vector<u8> room_ = std::vector<u8>(70'000);
};

} // namespace

// What the machine that lives on holds is known through its own memory alone, where LeakSanitizer does not look. Each
// machine of packets.cpp ends with its input: that target looks for leaks.
extern "C" const char *__asan_default_options() { // NOLINT(bugprone-reserved-identifier): the sanitizer's name
    return "detect_leaks=0";
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    constexpr unsigned inputs_a_machine = 2000;
    static std::unique_ptr<Router> router;
    static unsigned inputs = 0;
    if (inputs++ % inputs_a_machine == 0) {
        router.reset();
        router = std::make_unique<Router>();
    }
    router->play(fuzz::Input(data, size), size != 0 && (data[0] & fuzz::traced) != 0);
    return 0;
}
