// SPDX-License-Identifier: GPL-2.0-or-later
// The scenario's hosts: a namespace each, and what the configuration operations do in them.
#pragma once

#include "bpf/agent/rtnl.h"
#include "bpf/assemble.h"
#include "bpf/op_list.h"

#include <map>
#include <string>
#include <vector>

namespace skbscope::bpf {

class network {
public:
    // Remembers the namespace it was made in: the agent's own.
    explicit network(run_names &names);
    ~network();
    network(const network &) = delete;
    network &operator=(const network &) = delete;

    // Does a configuration operation. Throws agent_failure that names the scenario's line.
    void configure(const op &o, std::string_view data);
    // Does what comes before a scenario's first step, and waits until it has taken effect; the index of what comes
    // then. Throws agent_failure.
    [[nodiscard]] std::size_t set_up(const op_list &list);
    // Tells run_names of devices that are new.
    void find_devices();
    // Settings of the first host that decide what runs: sysctl -> value.
    [[nodiscard]] std::map<std::string, std::string> settings();
    // A descriptor of the host's namespace, for setns(). Host from 1.
    [[nodiscard]] int namespace_of(unsigned number) const { return hosts_.at(number - 1).ns; }

    [[nodiscard]] static bool is_configuration(const op &o) { return o.kind < SKBSCOPE_OP_SETNS; }

private:
    struct host {
        std::string name;
        int ns = -1;
        std::uint32_t inode = 0;
        rtnl_socket netlink;
    };

    void add_host(const op &o);
    [[nodiscard]] int veth(const op &o);
    [[nodiscard]] int vlan(const op &o);
    [[nodiscard]] int sock_flows(std::uint32_t entries);
    [[nodiscard]] int link(const op &o, std::string_view data);
    [[nodiscard]] int address(const op &o);
    [[nodiscard]] int neighbour(const op &o, std::string_view data);
    [[nodiscard]] int route(const op &o);
    [[nodiscard]] int dispatch(const op &o, std::string_view data);
    [[nodiscard]] int ifindex(const op &o); // 0 and errno_ set when there is no such device
    host &of(const op &o) { return hosts_.at(o.host - 1U); }
    // Calls `work` with the host's namespace as the current one; it returns 0 or an errno.
    template <class Work> int inside(const host &h, Work &&work);

    run_names &names_;
    int home_ = -1;
    std::string sock_flows_before_; // rps_sock_flow_entries, to be put back; empty: untouched
    std::vector<host> hosts_;
};

} // namespace skbscope::bpf
