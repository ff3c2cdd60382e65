// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/scenario/parse.h"

#include "app/scenario/error.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace skbscope::app {

std::optional<std::uint32_t> parseNumber(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    }
    std::uint32_t n = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n, base);
    if (ec != std::errc() || end != text.data() + text.size() || text.empty()) return {};
    return n;
}

std::optional<bool> parseFlag(std::string_view text) {
    const std::string t = lowered(text);
    for (const char *yes : {"on", "yes", "true", "up", "1"})
        if (t == yes) return true;
    for (const char *no : {"off", "no", "false", "down", "0"})
        if (t == no) return false;
    return {};
}

std::optional<std::uint32_t> parseMilliseconds(std::string_view text) {
    std::uint32_t unit = 1;
    if (text.ends_with("ms")) {
        text.remove_suffix(2);
    } else if (text.ends_with("s")) {
        text.remove_suffix(1);
        unit = 1000;
    }
    while (text.ends_with(' '))
        text.remove_suffix(1);
    const std::optional<std::uint32_t> n = parseNumber(text);
    if (!n || *n > 0xffffffffU / unit) return {};
    return *n * unit;
}

std::optional<std::uint32_t> parseAddress(std::string_view text) {
    if (text == "any" || text == "*") return 0;
    in_addr a{};
    if (inet_pton(AF_INET, std::string(text).c_str(), &a) != 1) return {};
    if (text.find('\0') != std::string_view::npos) return {};
    return a.s_addr;
}

std::string addressText(std::uint32_t address) {
    char text[INET_ADDRSTRLEN];
    in_addr a{address};
    return inet_ntop(AF_INET, &a, text, sizeof text) ? text : "?";
}

std::optional<Prefix> parsePrefix(std::string_view text) {
    if (text == "default" || text == "any") return Prefix{0, 0, true};
    const std::size_t slash = text.find('/');
    const std::optional<std::uint32_t> address = parseAddress(text.substr(0, slash));
    if (!address) return {};
    if (slash == std::string_view::npos) return Prefix{*address, 32, false};
    const std::optional<std::uint32_t> length = parseNumber(text.substr(slash + 1));
    if (!length || *length > 32) return {};
    return Prefix{*address, *length, true};
}

namespace {
int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
} // namespace

std::optional<MacBytes> parseMac(std::string_view text) {
    MacBytes mac{};
    if (text.size() != 17) return {};
    for (std::size_t i = 0; i < 6; ++i) {
        const int high = hexDigit(text[3 * i]), low = hexDigit(text[3 * i + 1]);
        const bool separated = i == 5 || text[3 * i + 2] == ':' || text[3 * i + 2] == '-';
        if (high < 0 || low < 0 || !separated) return {};
        mac[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return mac;
}

std::string macText(const MacBytes &m) {
    char text[18];
    std::snprintf(text, sizeof text, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
    return text;
}

std::optional<std::string> parseHex(std::string_view text) {
    std::string out;
    int high = -1;
    for (const char c : text) {
        const bool gap = c == ' ' || c == ':' || c == '\n' || c == '\t' || c == '\r';
        if (gap && high < 0) continue;
        const int d = hexDigit(c);
        if (d < 0) return {};
        if (high >= 0) out.push_back(static_cast<char>(high << 4 | d));
        high = high < 0 ? d : -1;
    }
    if (high >= 0 || out.empty()) return {};
    return out;
}

DeviceName splitDevice(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return {"", std::string(text)};
    return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
}

bool validHostName(std::string_view name) {
    const auto good = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= 15 && name[0] != '-' && std::all_of(name.begin(), name.end(), good);
}

bool validDeviceName(std::string_view name) {
    if (name.empty() || name.size() > 15 || name == "." || name == "..") return false;
    return std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '/' && c != ':' && c != '%'; });
}

std::string quotedKey(const std::string &key) {
    const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.' || c == '/'; };
    const bool word = !key.empty() && key.size() <= 60 && std::all_of(key.begin(), key.end(), plain);
    return word ? key : quoted(key);
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char &c : out)
        c = c == '_' || c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::vector<std::string> splitWords(std::string_view text, std::string_view separators) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(separators, at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        words.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return words;
}

} // namespace skbscope::app
