// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/privileges.h"

#include "bpf/agent/agent_error.h"
#include "bpf/agent/syscall_filter.h"

#include <array>
#include <cap-ng.h>
#include <filesystem>
#include <linux/capability.h>
#include <string>
#include <sys/prctl.h>

namespace skbscope::bpf {

namespace {

struct capability {
    unsigned bit;
    const char *name;
    const char *use;
    bool required; // else it is kept where it is there
    bool running, steps;
};

// DAC_OVERRIDE: tracefs belongs to root, and not every agent is root. SYS_RESOURCE: thousands of probes are thousands
// of descriptors.
// SYS_PTRACE: what other processes have open, for a snapshot.
constexpr std::array<capability, 10> table = {{
    {CAP_BPF, "CAP_BPF", "load programs", true, false, false},
    {CAP_PERFMON, "CAP_PERFMON", "attach them, read kernel memory", true, false, false},
    {CAP_SYSLOG, "CAP_SYSLOG", "addresses of kernel functions", true, false, false},
    {CAP_SYS_RESOURCE, "CAP_SYS_RESOURCE", "as many descriptors as probes take", false, false, false},
    {CAP_DAC_OVERRIDE, "CAP_DAC_OVERRIDE", "tracefs, where the agent is not root", false, false, false},
    {CAP_SYS_PTRACE, "CAP_SYS_PTRACE", "namespaces and sockets of other processes", false, false, false},
    {CAP_SYS_ADMIN, "CAP_SYS_ADMIN", "network namespaces", true, true, true},
    {CAP_NET_ADMIN, "CAP_NET_ADMIN", "devices, addresses, routes", true, true, true},
    {CAP_NET_RAW, "CAP_NET_RAW", "raw and packet sockets", true, true, true},
    {CAP_NET_BIND_SERVICE, "CAP_NET_BIND_SERVICE", "ports below 1024", false, true, true},
}};

bool in_stage(const capability &c, agent_stage stage) {
    if (stage == agent_stage::running) return c.running;
    return stage == agent_stage::steps ? c.steps : true;
}

std::string lower(std::string text) {
    for (char &c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// The argument of setcap(8) that lets an agent run without being root.
std::string file_capabilities() {
    std::string text;
    for (const capability &c : table)
        text += (text.empty() ? "" : ",") + lower(c.name);
    return text + "=ep";
}

} // namespace

std::uint64_t capabilities_of(agent_stage stage) {
    std::uint64_t bits = 0;
    for (const capability &c : table)
        if (in_stage(c, stage)) bits |= std::uint64_t{1} << c.bit;
    return bits;
}

void require_privileges() {
    std::error_code error;
    const std::string program = std::filesystem::read_symlink("/proc/self/exe", error).string();
    capng_get_caps_process();
    std::string missing;
    for (const capability &c : table)
        if (c.required && capng_have_capability(CAPNG_EFFECTIVE, c.bit) == 0)
            missing += (missing.empty() ? "" : ", ") + std::string(c.name) + " (" + c.use + ")";
    if (missing.empty()) return;
    throw agent_failure("skbscope-agent", "lacks " + missing +
                                              "; run skbscope as root (sudo), or give the agent alone what it needs: "
                                              "sudo setcap " +
                                              file_capabilities() + " " + program);
}

void enter_stage(agent_stage stage) {
    capng_get_caps_process();
    std::array<bool, table.size()> keep{};
    for (std::size_t i = 0; i < table.size(); ++i)
        keep[i] = in_stage(table[i], stage) && capng_have_capability(CAPNG_PERMITTED, table[i].bit) != 0;
    capng_clear(CAPNG_SELECT_ALL);
    for (std::size_t i = 0; i < table.size(); ++i)
        if (keep[i])
            (void)capng_update(CAPNG_ADD, static_cast<capng_type_t>(CAPNG_EFFECTIVE | CAPNG_PERMITTED), table[i].bit);
    // An empty bounding set takes CAP_SETPCAP; without it, no_new_privs has the same effect on whatever is executed.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) throw agent_failure("privileges", errno_text());
    if (capng_apply(CAPNG_SELECT_CAPS) != 0) throw agent_failure("privileges", "cannot be given up: " + errno_text());
    if (stage != agent_stage::attaching) filter_system_calls(stage);
}

} // namespace skbscope::bpf
