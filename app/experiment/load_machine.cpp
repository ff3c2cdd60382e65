// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/experiment/load_machine.h"

#include "linux/irq.h"
#include "linux/netdevice.h"
#include "linux/sockaddr.h"
#include "linux/socket.h"
#include "linux/udp.h"
#include "net/checksum.h"
#include "net/net_namespace.h"
#include "sim/netconfig.h"
#include "sim/syscalls.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace skbscope::app::experiment {

using namespace skbscope::stack;

namespace {

constexpr u16 firstPort = 7000, senderPort = 40000;

constexpr be32 address(unsigned card, unsigned last) {
    return cpu_to_be32(10U << 24 | 9U << 16 | card << 8 | last);
}
std::string cardName(unsigned card) {
    return "nic" + std::to_string(card);
}

void must(int result, const char *what) {
    if (result < 0) throw std::runtime_error(std::string(what) + ": error " + std::to_string(-result));
}

// Ethernet, IPv4 with DF, UDP with its checksum.
std::vector<u8> frame(const net_device *nic, unsigned card, unsigned flow, std::size_t payload) {
    std::vector<u8> f(14 + 20 + 8 + payload);
    const auto put16 = [&f](std::size_t at, std::size_t v) {
        f[at] = static_cast<u8>(v >> 8);
        f[at + 1] = static_cast<u8>(v);
    };
    const u8 sender[6] = {2, 0, 0, 0, 1, 1};
    std::memcpy(f.data(), nic->dev_addr, 6);
    std::memcpy(f.data() + 6, sender, 6);
    put16(12, 0x0800);
    f[14] = 0x45;
    put16(16, 28 + payload);
    put16(20, 0x4000);
    f[22] = 64;
    f[23] = IPPROTO_UDP;
    const be32 from = address(card, 1), to = address(card, 2);
    std::memcpy(&f[26], &from, 4);
    std::memcpy(&f[30], &to, 4);
    const sum16 ip = ip_fast_csum(&f[14], 5);
    std::memcpy(&f[24], &ip, 2);
    put16(34, senderPort + flow);
    put16(36, firstPort + flow);
    put16(38, 8 + payload);
    for (std::size_t i = 0; i < payload; ++i)
        f[42 + i] = static_cast<u8>('a' + i % 26);
    const u32 len = static_cast<u32>(8 + payload);
    const sum16 udp = csum_tcpudp_magic(from, to, len, IPPROTO_UDP, csum_partial(&f[34], len, 0));
    std::memcpy(&f[40], &udp, 2);
    return f;
}

work_costs stackCosts(const LoadOptions &o) {
    work_costs costs{};
    static_assert(work_kinds == costCount);
    std::copy(o.costNs.begin(), o.costNs.end(), costs.begin());
    return costs;
}

bool oneCardACpu(Mode mode) {
    return mode == Mode::bottomHalf || mode == Mode::softirq;
}
bool polled(Mode mode) {
    return mode == Mode::napi || mode == Mode::napiGro || mode == Mode::napiRps || mode == Mode::napiThread;
}

} // namespace

Wire::Wire(net_device *nic, std::vector<std::vector<u8>> frames, double rate)
    : nic_(nic), frames_(std::move(frames)), period_(1e9 / rate) {}

void Wire::act() {
    simnic_receive(nic_, frames_[sent_ % frames_.size()]);
    ++sent_;
    next_ = static_cast<u64>(period_ * static_cast<double>(sent_));
}

LoadMachine::LoadMachine(Mode mode, double rate, const LoadOptions &options)
    : mode_(mode), options_(options), machine_({.cpus = options.cpus, .seed = options.seed}) {
    const machine::use guard(machine_);
    host_ = netns_add("host");
    net_core_sysctl().bottom_half = mode == Mode::bottomHalf;
    const unsigned cards = oneCardACpu(mode) ? options.cpus : 1;
    for (unsigned i = 0; i < cards; ++i)
        addCard(i, rate / cards);
    delivered_.resize(options.flows);
    rooms_.resize(options.flows);
    run_ = std::make_unique<work_run>(machine_, stackCosts(options));
    for (auto &wire : wires_)
        run_->attach(wire.get());
    for (net_device *nic : cards_)
        run_->attach(simnic_timer(nic));
    for (net_device *nic : cards_)
        run_->attach(simnic_timer(nic));
    for (unsigned flow = 0; flow < options.flows; ++flow)
        addReader(flow);
}

LoadMachine::~LoadMachine() {
    for (auto &wire : wires_)
        wire->stop();
    run_->until(run_->now_ns() + 50'000'000); // what is under way comes to its end
}

void LoadMachine::addCard(unsigned index, double rate) {
    int err = 0;
    const std::string name = cardName(index);
    net_device *nic = simnic_probe(host_,
                                   {.name = name,
                                    .rx_ring = options_.ring,
                                    .mode = polled(mode_) ? simnic_mode::napi : simnic_mode::per_packet,
                                    .moderation_ns = polled(mode_) ? options_.moderationNs : 0},
                                   &err);
    must(err, "card");
    must(addr_add(host_, name, address(index, 2), 24), "address");
    must(device_feature(host_, name, "gro", mode_ == Mode::napiGro), "gro");
    must(link_set_up(host_, name, true), "link");
    if (mode_ == Mode::napiThread) must(dev_set_threaded(nic, true), "threaded");
    if (oneCardACpu(mode_)) must(irq_set_affinity(simnic_irq(nic, 0), index), "interrupt");
    if (mode_ == Mode::napiRps) must(rps_cpus(host_, name, 0, (1U << options_.cpus) - 1), "RPS");
    std::vector<std::vector<u8>> frames;
    for (unsigned flow = 0; flow < options_.flows; ++flow)
        if (!oneCardACpu(mode_) || flow % options_.cpus == index)
            frames.push_back(frame(nic, index, flow, options_.payload));
    cards_.push_back(nic);
    wires_.push_back(std::make_unique<Wire>(nic, std::move(frames), rate));
}

void LoadMachine::addReader(unsigned flow) {
    rooms_[flow].resize(65536);
    run_->spawn("reader" + std::to_string(flow), flow % options_.cpus, [this, flow] { read(flow); });
}

// The reader, as a process of the model: takes what there is, and does something with every datagram.
void LoadMachine::read(unsigned flow) {
    must(sys_setns(host_), "setns");
    const int fd = sys_socket(AF_INET, SOCK_DGRAM, 0);
    must(fd, "socket");
    if (mode_ == Mode::napiGro) {
        const int on = 1;
        must(sys_setsockopt(fd, SOL_UDP, UDP_GRO, {reinterpret_cast<const u8 *>(&on), sizeof(on)}), "UDP_GRO");
    }
    sockaddr_in any;
    any.sin_addr = be32{};
    any.sin_port = cpu_to_be16(static_cast<u16>(firstPort + flow));
    must(sys_bind(fd, any), "bind");
    for (;;) {
        const ssize_t got = sys_recvfrom(fd, rooms_[flow], 0, nullptr);
        must(static_cast<int>(got), "recv");
        user_work(work::system_call);
        for (std::size_t done = 0; done < static_cast<std::size_t>(got); done += options_.payload) {
            user_work(work::delivered_packet);
            ++delivered_[flow];
        }
    }
}

LoadMachine::Counts LoadMachine::count() const {
    Counts c;
    for (const auto &wire : wires_)
        c.sent += wire->sent();
    for (const u64 d : delivered_)
        c.delivered += d;
    for (const net_device *nic : cards_) {
        c.missed += simnic_stats(nic).rx_missed;
        c.interrupts += simnic_stats(nic).interrupts;
        c.backlog += dev_get_stats(nic).rx_dropped;
    }
    c.socket = host_->mib.udp_statistics.mibs[UDP_MIB_RCVBUFERRORS];
    for (unsigned i = 0; i < options_.cpus; ++i)
        c.used.push_back(run_->used(i));
    return c;
}

LoadResult LoadMachine::measure() {
    const machine::use guard(machine_);
    const u64 start = options_.warmUpNs;
    run_->until(start);
    const Counts before = count();
    run_->until(start + options_.measureNs);
    const Counts after = count();
    LoadResult r;
    const double seconds = static_cast<double>(options_.measureNs) / 1e9;
    r.offered = static_cast<double>(after.sent - before.sent) / seconds;
    r.delivered = static_cast<double>(after.delivered - before.delivered) / seconds;
    r.missed = after.missed - before.missed;
    r.backlogDropped = after.backlog - before.backlog;
    r.socketDropped = after.socket - before.socket;
    r.interrupts = after.interrupts - before.interrupts;
    const auto share = [&](cpu_use use) {
        u64 sum = 0;
        for (unsigned i = 0; i < options_.cpus; ++i)
            sum += after.used[i][static_cast<unsigned>(use)] - before.used[i][static_cast<unsigned>(use)];
        return static_cast<double>(sum) / (static_cast<double>(options_.measureNs) * options_.cpus);
    };
    r.hardirq = share(cpu_use::hardirq);
    r.softirq = share(cpu_use::softirq);
    r.ksoftirqd = share(cpu_use::ksoftirqd);
    r.process = share(cpu_use::process) + share(cpu_use::kernel_thread);
    r.idle = 1 - r.hardirq - r.softirq - r.ksoftirqd - r.process;
    return r;
}

} // namespace skbscope::app::experiment
