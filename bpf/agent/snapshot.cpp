// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/snapshot.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/snapshot_parts.h"

#include <fcntl.h>
#include <filesystem>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace skbscope::bpf {

namespace fs = std::filesystem;

namespace {

constexpr const char *named_directory = "/run/netns";

int open_own() {
    const int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    if (fd < 0) throw agent_failure("network namespace of the agent", errno_text());
    return fd;
}

// The thread is in another namespace for as long as this lives.
class visit {
public:
    explicit visit(const named_namespace &to) : home_(open_own()) {
        if (setns(to.fd, CLONE_NEWNET) == 0) return;
        const int e = errno;
        close(home_);
        throw agent_failure("network namespace " + to.name, "cannot be entered: " + errno_text(e));
    }
    ~visit() {
        if (setns(home_, CLONE_NEWNET) < 0) _exit(3); // to go on in the wrong one would be worse
        close(home_);
    }
    visit(const visit &) = delete;
    visit &operator=(const visit &) = delete;

private:
    int home_;
};

named_namespace fresh_namespace() {
    const int home = open_own();
    const bool made = unshare(CLONE_NEWNET) == 0;
    const int e = errno;
    const int fd = made ? open_own() : -1;
    if (made && setns(home, CLONE_NEWNET) < 0) _exit(3);
    close(home);
    if (!made) throw agent_failure("a network namespace of its own", "cannot be made: " + errno_text(e));
    return {"fresh", fd};
}

void add_veth(netlink_dump &netlink, const char *name, const char *peer) {
    nl_msg *m = nlmsg_alloc();
    const ifinfomsg body{};
    nla_put_string(m, IFLA_IFNAME, name);
    nlattr *info = nla_nest_start(m, IFLA_LINKINFO);
    nla_put_string(m, IFLA_INFO_KIND, "veth");
    nlattr *data = nla_nest_start(m, IFLA_INFO_DATA);
    nlattr *other = nla_nest_start(m, VETH_INFO_PEER);
    nlmsg_append(m, const_cast<ifinfomsg *>(&body), sizeof body, NLMSG_ALIGNTO);
    nla_put_string(m, IFLA_IFNAME, peer);
    nla_nest_end(m, other);
    nla_nest_end(m, data);
    nla_nest_end(m, info);
    std::string bytes(reinterpret_cast<const char *>(&body), sizeof body);
    const nlmsghdr *h = nlmsg_hdr(m);
    bytes.append(static_cast<const char *>(nlmsg_data(h)), static_cast<std::size_t>(nlmsg_datalen(h)));
    netlink.request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, std::as_bytes(std::span(bytes)));
    nlmsg_free(m);
}

// What this kernel gives a new namespace and new devices in it.
snapshot_defaults read_defaults() {
    snapshot_defaults d;
    const named_namespace fresh = fresh_namespace();
    const visit there(fresh);
    netlink_dump netlink(NETLINK_ROUTE);
    d.veth = "va";
    add_veth(netlink, "va", "vb");
    d.features["veth"] = features_of("va");
    d.features["loopback"] = features_of("lo");
    d.sysctls = all_sysctls();
    return d;
}

snapshot_namespace read_one(const named_namespace &which, const std::vector<named_namespace> &all,
                            const snapshot_defaults &defaults) {
    snapshot_namespace ns;
    ns.name = which.name;
    ns.inode = which.inode;
    const visit there(which);
    read_links(ns, all);
    read_addresses(ns);
    read_neighbours(ns);
    read_routes(ns);
    read_qdiscs(ns);
    read_netfilter(ns);
    read_features(ns, defaults);
    read_sysctls(ns, defaults);
    read_rps(ns);
    read_sockets(ns);
    return ns;
}

} // namespace

named_namespace::named_namespace(std::string what, int descriptor) : name(std::move(what)), fd(descriptor) {
    struct stat s {};
    if (fstat(fd, &s) == 0) inode = s.st_ino;
}

named_namespace::~named_namespace() {
    if (fd >= 0) close(fd);
}

named_namespace::named_namespace(named_namespace &&other) noexcept
    : name(std::move(other.name)), fd(std::exchange(other.fd, -1)), inode(other.inode) {}

named_namespace named_namespace::open(const std::string &which) {
    if (which == "host") return {which, open_own()};
    const bool process = which.starts_with("pid:");
    const std::string part = process ? which.substr(4) : which;
    const bool plain = !part.empty() && part.find('/') == part.npos && part != "." && part != "..";
    const bool number = part.find_first_not_of("0123456789") == part.npos;
    if (!plain || (process && !number))
        throw agent_failure("network namespace " + which, "is no name; `ip netns list` shows them, or give pid:1234",
                            2);
    const std::string path = process ? "/proc/" + part + "/ns/net" : std::string(named_directory) + "/" + part;
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) throw agent_failure("network namespace " + which, path + ": " + errno_text(), errno == ENOENT ? 2 : 3);
    return {process ? "pid" + part : part, fd};
}

std::vector<named_namespace> named_namespace::all() {
    std::vector<named_namespace> found;
    std::error_code none;
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(named_directory, none))
        names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    for (const std::string &name : names)
        found.push_back(open(name));
    found.push_back(open("host"));
    return found;
}

std::vector<snapshot_namespace> take_snapshot(const std::vector<named_namespace> &namespaces) {
    const snapshot_defaults defaults = read_defaults();
    std::vector<snapshot_namespace> out;
    for (const named_namespace &which : namespaces) {
        const auto same = [&which](const snapshot_namespace &ns) { return ns.inode == which.inode; };
        if (std::find_if(out.begin(), out.end(), same) == out.end())
            out.push_back(read_one(which, namespaces, defaults));
    }
    return out;
}

} // namespace skbscope::bpf
