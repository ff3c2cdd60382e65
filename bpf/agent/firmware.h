// SPDX-License-Identifier: GPL-2.0-or-later
// The firmware configuration device of QEMU (its docs/specs/fw_cfg): the files that the host offers to the guest.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace skbscope::bpf {

// The device's two registers.
class firmware_device {
public:
    virtual ~firmware_device() = default;
    // What is read from now on, from its first byte.
    virtual void select(std::uint16_t key) = 0;
    // The next bytes of it; beyond its end the device gives zeros.
    virtual void read(std::span<char> bytes) = 0;
};

// A whole file of that name; empty when there is none, or it is empty. The machine may be saved at any instruction,
// also between two bytes of a file, and go on in front of a device that offers another file under the same name: what
// is given back is the one or the other, never the beginning of one and the end of the other, nor one cut at the
// other's length. For that the machine must not be exchanged in each of two reads that follow one another.
[[nodiscard]] std::string read_firmware_file(firmware_device &device, const std::string &name);

} // namespace skbscope::bpf
