// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/pcap_file.h"

#include <ctime>
#include <pcap/pcap.h>

namespace skbscope::app {

struct PcapFile::Parts {
    pcap_t *format = nullptr;
    pcap_dumper_t *file = nullptr;
    Parts() = default;
    Parts(const Parts &) = delete;
    Parts &operator=(const Parts &) = delete;
    ~Parts() {
        if (file) pcap_dump_close(file);
        if (format) pcap_close(format);
    }
};

PcapFile::PcapFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PcapFile::PcapFile(PcapFile &&other) noexcept = default;
PcapFile::~PcapFile() = default;

tl::expected<PcapFile, RunError> PcapFile::create(const std::string &path) {
    constexpr int longest = 262144;
    auto parts = std::make_unique<Parts>();
    parts->format = pcap_open_dead_with_tstamp_precision(DLT_EN10MB, longest, PCAP_TSTAMP_PRECISION_NANO);
    if (parts->format) parts->file = pcap_dump_open(parts->format, path.c_str());
    if (!parts->file)
        return tl::unexpected(RunError{RunErrorCode::badInput, "--pcap",
                                       parts->format ? pcap_geterr(parts->format) : "libpcap has no memory"});
    return PcapFile(std::move(parts));
}

void PcapFile::write(std::span<const std::uint8_t> frame) {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    pcap_pkthdr header{};
    header.ts.tv_sec = now.tv_sec;
    header.ts.tv_usec = now.tv_nsec; // nanoseconds, in a file of that precision
    header.caplen = header.len = static_cast<bpf_u_int32>(frame.size());
    pcap_dump(reinterpret_cast<u_char *>(parts_->file), &header, frame.data());
}

bool PcapFile::flush() {
    return pcap_dump_flush(parts_->file) == 0;
}

} // namespace skbscope::app
