// SPDX-License-Identifier: GPL-2.0-or-later
// Words to values: numbers, addresses, ports, bytes. Pure functions; nullopt for anything that is not exactly one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skbscope::app {

[[nodiscard]] std::optional<std::uint32_t> parseNumber(std::string_view text); // decimal, or 0x and hex
[[nodiscard]] std::optional<bool> parseFlag(std::string_view text);
// Milliseconds: "250", "250ms", "2s".
[[nodiscard]] std::optional<std::uint32_t> parseMilliseconds(std::string_view text);

// An IPv4 address in network byte order, as it stands in memory: "10.9.0.1". "any" and "*" give 0.
[[nodiscard]] std::optional<std::uint32_t> parseAddress(std::string_view text);
[[nodiscard]] std::string addressText(std::uint32_t address);

struct Prefix {
    std::uint32_t address = 0; // network byte order
    std::uint32_t length = 32; // bits
    bool given = false;        // a length was written
};
[[nodiscard]] std::optional<Prefix> parsePrefix(std::string_view text); // "10.9.0.1/24", "10.9.0.1", "default"

using MacBytes = std::array<std::uint8_t, 6>;
[[nodiscard]] std::optional<MacBytes> parseMac(std::string_view text); // "02:00:00:00:00:01"
[[nodiscard]] std::string macText(const MacBytes &mac);

// Bytes: pairs of hex digits; spaces, colons and line breaks between pairs are allowed.
[[nodiscard]] std::optional<std::string> parseHex(std::string_view text);

// "a.va" -> host and device; no dot: host is empty.
struct DeviceName {
    std::string host, device;
};
[[nodiscard]] DeviceName splitDevice(std::string_view text);
[[nodiscard]] bool validHostName(std::string_view name);   // 1 to 15 of letters, digits, _ and -
[[nodiscard]] bool validDeviceName(std::string_view name); // what the kernel's dev_valid_name takes, printable

// A key as it may stand in a message: itself when it is a plain word, else quoted.
[[nodiscard]] std::string quotedKey(const std::string &key);

[[nodiscard]] std::string lowered(std::string_view text); // ASCII lower case, '_' and ' ' as '-'
[[nodiscard]] std::vector<std::string> splitWords(std::string_view text, std::string_view separators = " \t\n");

} // namespace skbscope::app
