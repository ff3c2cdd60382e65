// SPDX-License-Identifier: GPL-2.0-or-later
// What crossed the wire, as a capture file (pcap with nanoseconds), written as it crosses.
#pragma once

#include "app/lab/kernel_run.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace skbscope::app {

class PcapFile {
public:
    [[nodiscard]] static tl::expected<PcapFile, RunError> create(const std::string &path);
    PcapFile(PcapFile &&other) noexcept;
    PcapFile &operator=(PcapFile &&other) = delete;
    ~PcapFile(); // writes what is left
    // Stamped with the time of day.
    void write(std::span<const std::uint8_t> frame);
    // Everything so far is in the file; false: the disk is full, or the like.
    [[nodiscard]] bool flush();

private:
    struct Parts;
    explicit PcapFile(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace skbscope::app
