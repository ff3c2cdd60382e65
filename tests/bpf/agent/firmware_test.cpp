// SPDX-License-Identifier: GPL-2.0-or-later
// The machine is saved after each byte that the agent may have read, and goes on in front of another device.
#include "bpf/agent/firmware.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>

namespace {

using namespace skbscope;

constexpr const char *request = "opt/org.skbscope/request";

std::string big_endian(std::uint64_t value, unsigned bytes) {
    std::string out;
    while (bytes-- > 0)
        out += static_cast<char>(value >> 8 * bytes & 0xff);
    return out;
}

// What a machine offers: the directory and its files, by key.
class offer {
public:
    explicit offer(const std::map<std::string, std::string> &files) {
        std::string directory = big_endian(files.size(), 4);
        std::uint16_t key = 0x20;
        for (const auto &[name, bytes] : files) {
            std::string padded = name;
            padded.resize(56);
            directory += big_endian(bytes.size(), 4) + big_endian(key, 2) + big_endian(0, 2) + padded;
            content_[key++] = bytes;
        }
        content_[0x19] = directory;
    }
    [[nodiscard]] char at(std::uint16_t key, std::size_t offset) const {
        const auto found = content_.find(key);
        return found != content_.end() && offset < found->second.size() ? found->second[offset] : '\0';
    }

private:
    std::map<std::uint16_t, std::string> content_;
};

// The device keeps what is selected, and how far it was read, when its machine is exchanged: QEMU saves both.
class device : public bpf::firmware_device {
public:
    device(const offer &before, const offer &after, std::size_t exchange)
        : before_(before), after_(after), left_(exchange) {}
    void select(std::uint16_t key) override {
        key_ = key;
        offset_ = 0;
    }
    void read(std::span<char> bytes) override {
        for (char &c : bytes) {
            c = (exchanged() ? after_ : before_).at(key_, offset_++);
            if (left_ > 0) --left_;
            ++read_;
        }
    }
    [[nodiscard]] bool exchanged() const { return left_ == 0; }
    [[nodiscard]] std::size_t bytes_read() const { return read_; }

private:
    const offer &before_, &after_;
    std::size_t left_, read_ = 0, offset_ = 0;
    std::uint16_t key_ = 0;
};

offer machine(const std::string &bytes) {
    return offer({{"bootorder", ""}, {"etc/acpi/tables", "tables"}, {request, bytes}, {"zzz", "last"}});
}

// The first wrong answer: what was read, at which byte the machine was exchanged.
std::optional<std::string> wrong(const std::string &before, const std::string &after) {
    const offer a = machine(before), b = machine(after);
    device whole(a, a, 0);
    if (bpf::read_firmware_file(whole, request) != before) return "without an exchange";
    for (std::size_t at = 1; at <= whole.bytes_read() + 1; ++at) {
        device d(a, b, at);
        const std::string got = bpf::read_firmware_file(d, request);
        if (got != before && got != after) return "at byte " + std::to_string(at) + ": " + got;
        if (d.exchanged() && bpf::read_firmware_file(d, request) != after) return "the new one never came";
    }
    return std::nullopt;
}

TEST(Firmware, AFileIsReadWholeWhereverTheMachineIsSaved) {
    EXPECT_EQ(wrong("serial 2: attach", "serial 1: run, which is longer"), std::nullopt);
    EXPECT_EQ(wrong("serial 2: attach a long list of functions", "serial 1: run"), std::nullopt);
    EXPECT_EQ(wrong("serial 2: attach", "serial 3: attach"), std::nullopt);
    EXPECT_EQ(wrong("", "serial 1: run"), std::nullopt);
    EXPECT_EQ(wrong("serial 1: run", ""), std::nullopt);
}

TEST(Firmware, AFileThatIsNotThereIsEmpty) {
    const offer a = machine("x");
    device d(a, a, 0);
    EXPECT_EQ(bpf::read_firmware_file(d, "opt/other"), "");
    EXPECT_EQ(bpf::read_firmware_file(d, "bootorder"), "");
}

} // namespace
