// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/wire.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/snapshot.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <nlohmann/json.hpp>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace skbscope::bpf {

using json = nlohmann::json;

namespace {

struct wire_request {
    std::string device, netns, peer;
};

class descriptor {
public:
    explicit descriptor(int fd) : fd_(fd) {}
    ~descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    descriptor(descriptor &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    descriptor &operator=(descriptor &&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

ifreq request_of(const std::string &device) {
    ifreq r{};
    if (device.empty() || device.size() >= IFNAMSIZ)
        throw agent_failure("device " + device, "a device's name has 1 to 15 characters", 2);
    device.copy(r.ifr_name, IFNAMSIZ - 1);
    return r;
}

// What the kernel knows of a device of the namespace we are in.
class device_facts {
public:
    explicit device_facts(const std::string &device)
        : device_(device), socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        if (socket_.get() < 0) throw agent_failure("socket", errno_text());
    }
    [[nodiscard]] bool exists() const {
        ifreq r = request_of(device_);
        return ioctl(socket_.get(), SIOCGIFINDEX, &r) == 0;
    }
    [[nodiscard]] int index() const { return ask(SIOCGIFINDEX).ifr_ifindex; }
    [[nodiscard]] int mtu() const { return ask(SIOCGIFMTU).ifr_mtu; }
    [[nodiscard]] bool is_up() const { return (ask(SIOCGIFFLAGS).ifr_flags & IFF_UP) != 0; }
    [[nodiscard]] bool is_ethernet() const { return ask(SIOCGIFHWADDR).ifr_hwaddr.sa_family == ARPHRD_ETHER; }
    [[nodiscard]] bool has_address() const {
        ifreq r = request_of(device_);
        r.ifr_addr.sa_family = AF_INET;
        return ioctl(socket_.get(), SIOCGIFADDR, &r) == 0;
    }
    [[nodiscard]] std::string driver() const {
        ethtool_drvinfo info{};
        info.cmd = ETHTOOL_GDRVINFO;
        ifreq r = request_of(device_);
        r.ifr_data = reinterpret_cast<char *>(&info);
        return ioctl(socket_.get(), SIOCETHTOOL, &r) == 0 ? info.driver : "";
    }
    void set_up() const {
        ifreq r = ask(SIOCGIFFLAGS);
        r.ifr_flags |= IFF_UP;
        tell(SIOCSIFFLAGS, r, "cannot be set up");
    }
    // "10.9.0.1/24"
    void set_address(const std::string &text) const {
        const std::size_t slash = text.find('/');
        const int prefix = slash == text.npos ? -1 : std::atoi(text.c_str() + slash + 1);
        in_addr address{};
        if (prefix < 1 || prefix > 32 || inet_pton(AF_INET, text.substr(0, slash).c_str(), &address) != 1)
            throw agent_failure("address " + text, "is none; write it as 10.9.0.1/24", 2);
        set(SIOCSIFADDR, address.s_addr);
        set(SIOCSIFNETMASK, htonl(~0U << (32 - prefix)));
    }

private:
    ifreq ask(unsigned long what) const {
        ifreq r = request_of(device_);
        if (ioctl(socket_.get(), what, &r) < 0) throw agent_failure(device_, errno_text());
        return r;
    }
    void tell(unsigned long what, ifreq &r, const std::string &failed) const {
        if (ioctl(socket_.get(), what, &r) < 0) throw agent_failure(device_, failed + ": " + errno_text());
    }
    void set(unsigned long what, in_addr_t value) const {
        ifreq r = request_of(device_);
        sockaddr_in a{};
        a.sin_family = AF_INET;
        a.sin_addr.s_addr = value;
        std::memcpy(&r.ifr_addr, &a, sizeof a);
        tell(what, r, "cannot be given an address");
    }
    std::string device_;
    descriptor socket_;
};

std::string why_no_tap(const std::string &device) {
    if (errno == EBUSY) return "another program has it open";
    if (errno == EPERM) return "may not be opened or made: it takes CAP_NET_ADMIN (run as root)";
    if (errno == EINVAL)
        return "is a tun, whose packets have no Ethernet header; make a tap: ip tuntap add " + device + " mode tap";
    return errno_text();
}

// A device of many queues wants to be opened as one; we take one of them.
descriptor open_tap(const std::string &device) {
    descriptor fd(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (fd.get() < 0) throw agent_failure("/dev/net/tun", errno_text());
    for (const short queues : {0, IFF_MULTI_QUEUE}) {
        ifreq r = request_of(device);
        r.ifr_flags = static_cast<short>(IFF_TAP | IFF_NO_PI | queues);
        if (ioctl(fd.get(), TUNSETIFF, &r) == 0) return fd;
        if (errno != EINVAL) break;
    }
    throw agent_failure(device, why_no_tap(device));
}

template <class T> void set_option(int fd, int name, const T &value, const char *what) {
    if (setsockopt(fd, SOL_PACKET, name, &value, sizeof value) < 0) throw agent_failure(what, errno_text());
}

// Where the host has an address it would answer as well.
descriptor open_packet_socket(const std::string &device, const device_facts &facts) {
    if (!facts.is_ethernet()) throw agent_failure(device, "is no Ethernet device", 2);
    if (facts.has_address())
        throw agent_failure(device, "has an address: this host would answer too; take it away (ip address flush dev " +
                                        device + ")");
    descriptor fd(socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (fd.get() < 0) throw agent_failure("packet socket", errno_text() + "; it takes CAP_NET_RAW (run as root)");
    set_option(fd.get(), PACKET_VNET_HDR, 1, "PACKET_VNET_HDR");
    set_option(fd.get(), PACKET_VERSION, int{TPACKET_V2}, "PACKET_VERSION");
    set_option(fd.get(), PACKET_IGNORE_OUTGOING, 1, "PACKET_IGNORE_OUTGOING");
    packet_mreq promiscuous{};
    promiscuous.mr_ifindex = facts.index();
    promiscuous.mr_type = PACKET_MR_PROMISC; // our MAC address is none of the device's
    set_option(fd.get(), PACKET_ADD_MEMBERSHIP, promiscuous, "promiscuous mode");
    return fd;
}

struct opened {
    descriptor fd;
    json answer;
};

opened open_wire(const wire_request &wanted) {
    const device_facts facts(wanted.device);
    const bool there = facts.exists();
    const bool tap = !there || facts.driver() == "tun";
    if (there && !wanted.peer.empty())
        throw agent_failure(
            "--peer", wanted.device + " is there already and stays as it is; --peer is for one that attach makes", 2);
    descriptor fd = tap ? open_tap(wanted.device) : open_packet_socket(wanted.device, facts);
    if (!there) {
        if (!wanted.peer.empty()) facts.set_address(wanted.peer);
        facts.set_up();
    }
    if (!facts.is_up()) throw agent_failure(wanted.device, "is down; ip link set " + wanted.device + " up");
    return {std::move(fd), json{{"kind", tap ? "tap" : "packet"},
                                {"device", wanted.device},
                                {"index", facts.index()},
                                {"mtu", facts.mtu()},
                                {"created", there ? 0U : 1U}}};
}

wire_request receive_request() {
    std::array<char, 4096> text{};
    const ssize_t n = recv(STDIN_FILENO, text.data(), text.size(), 0);
    const json j = n > 0 ? json::parse(text.begin(), text.begin() + n, nullptr, false) : json();
    const auto word = [&j](const char *key) {
        const auto at = j.is_object() ? j.find(key) : j.end();
        return at != j.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    return {word("device"), word("netns"), word("peer")};
}

void answer(const json &what, int fd) {
    std::string text = what.dump(-1, ' ', false, json::error_handler_t::replace);
    iovec part{text.data(), text.size()};
    msghdr m{};
    m.msg_iov = &part;
    m.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (fd >= 0) {
        m.msg_control = control.data();
        m.msg_controllen = control.size();
        cmsghdr *c = CMSG_FIRSTHDR(&m);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(c), &fd, sizeof fd);
    }
    (void)sendmsg(STDIN_FILENO, &m, MSG_NOSIGNAL);
}

} // namespace

int pass_wire() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    try {
        const wire_request wanted = receive_request();
        if (!wanted.netns.empty()) {
            const named_namespace ns = named_namespace::open(wanted.netns);
            if (setns(ns.fd, CLONE_NEWNET) < 0) throw agent_failure("network namespace " + wanted.netns, errno_text());
        }
        const opened wire = open_wire(wanted);
        answer(wire.answer, wire.fd.get());
        return 0;
    } catch (const agent_failure &e) {
        answer(json{{"place", e.place}, {"what", e.what()}, {"code", e.code}}, -1);
        return e.code;
    }
}

} // namespace skbscope::bpf
