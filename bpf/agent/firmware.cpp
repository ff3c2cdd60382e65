// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/agent/firmware.h"

#include <array>

namespace skbscope::bpf {

namespace {

constexpr std::uint16_t directory_key = 0x19;
constexpr std::size_t name_max = 56;

struct firmware_entry {
    std::uint32_t size = 0;
    std::uint16_t key = 0; // 0: there is none
    std::string name;
};

std::uint32_t read_big_endian(firmware_device &device, std::size_t bytes) {
    std::array<char, 4> raw{};
    device.read(std::span(raw).first(bytes));
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8 | static_cast<unsigned char>(raw[i]);
    return value;
}

firmware_entry read_entry(firmware_device &device) {
    firmware_entry e;
    e.size = read_big_endian(device, 4);
    e.key = static_cast<std::uint16_t>(read_big_endian(device, 2));
    (void)read_big_endian(device, 2); // reserved
    std::array<char, name_max + 1> name{};
    device.read(std::span(name).first(name_max));
    e.name = name.data();
    return e;
}

std::string read_once(firmware_device &device, const std::string &name) {
    device.select(directory_key);
    const std::uint32_t count = read_big_endian(device, 4);
    firmware_entry found;
    for (std::uint32_t i = 0; i < count && found.key == 0; ++i)
        if (firmware_entry e = read_entry(device); e.name == name) found = e;
    if (found.key == 0) return {};
    std::string bytes(found.size, '\0');
    device.select(found.key);
    device.read(bytes);
    return bytes;
}

} // namespace

// Of two reads one at least met a single machine; when both gave the same, both gave what that machine offers.
std::string read_firmware_file(firmware_device &device, const std::string &name) {
    std::string before = read_once(device, name);
    for (;;) {
        std::string now = read_once(device, name);
        if (now == before) return now;
        before = std::move(now);
    }
}

} // namespace skbscope::bpf
