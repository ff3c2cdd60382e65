// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/namespaces.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/snapshot.h"

#include <algorithm>
#include <filesystem>
#include <net/if.h>
#include <sched.h>
#include <unistd.h>

namespace skbscope::bpf {

namespace {

void add_devices(run_names &names, std::uint32_t net) {
    struct if_nameindex *all = if_nameindex();
    if (!all) return;
    for (const struct if_nameindex *i = all; i->if_index != 0; ++i)
        names.add_device(i->if_name, net, i->if_index);
    if_freenameindex(all);
}

} // namespace

void namespaces::add(const std::string &name, bool required) {
    try {
        const named_namespace there = named_namespace::open(name), home = named_namespace::open("host");
        const auto net = static_cast<std::uint32_t>(there.inode);
        if (!names_.host_of_net.contains(net)) names_.add_host(there.name, net);
        if (setns(there.fd, CLONE_NEWNET) < 0) return;
        add_devices(names_, net);
        if (setns(home.fd, CLONE_NEWNET) < 0) _exit(3); // in a namespace that nobody asked for
    } catch (const agent_failure &) {
        if (required) throw;
    }
}

void namespaces::find() {
    std::vector<std::string> found;
    std::error_code none;
    for (const auto &entry : std::filesystem::directory_iterator("/run/netns", none))
        found.push_back(entry.path().filename());
    std::ranges::sort(found);
    for (const std::string &name : found)
        add(name, false);
    add("host", false);
}

std::uint32_t namespaces::net_of(const std::string &name) {
    add(name, true);
    return static_cast<std::uint32_t>(named_namespace::open(name).inode);
}

} // namespace skbscope::bpf
