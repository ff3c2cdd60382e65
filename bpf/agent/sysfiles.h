// SPDX-License-Identifier: GPL-2.0-or-later
// Settings that are files: sysctls, and the steering masks of a device's queues.
#pragma once

#include <cstdint>
#include <string>

namespace skbscope::bpf {

// "net.ipv4.ip_forward=1", in the current namespace. 0 or an errno; throws std::invalid_argument.
[[nodiscard]] int set_sysctl(const std::string &assignment);

// Its value in the current namespace, in one line; empty when it cannot be read.
[[nodiscard]] std::string sysctl(std::string name);

// rps_cpus of a receive queue, and rps_flow_cnt. sysfs shows the devices of the namespace it was mounted in: a child
// mounts its own.
[[nodiscard]] int set_rps(int ns, const std::string &device, std::uint32_t queue, std::uint32_t cpus);
[[nodiscard]] int set_rps_flows(int ns, const std::string &device, std::uint32_t queue, std::uint32_t count);

} // namespace skbscope::bpf
