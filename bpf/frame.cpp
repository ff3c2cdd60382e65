// SPDX-License-Identifier: GPL-2.0-or-later
#include "bpf/frame.h"

#include "trace/crc32.h"

#include <cstring>

namespace skbscope::bpf {

namespace {

std::uint32_t checksum(std::string_view bytes) {
    return trace::crc32(std::as_bytes(std::span(bytes)));
}

std::string fault(const skbscope_frame &header) {
    if (header.magic != SKBSCOPE_STREAM_MAGIC) return "not a frame of the agent's stream";
    if (header.version != SKBSCOPE_STREAM_VERSION) {
        return "stream of version " + std::to_string(header.version) + ", this program reads version " +
               std::to_string(SKBSCOPE_STREAM_VERSION);
    }
    if (header.size > SKBSCOPE_FRAME_MAX) return "frame of " + std::to_string(header.size) + " bytes is too large";
    return {};
}

} // namespace

std::string make_frame(skbscope_frame_type type, std::string_view payload) {
    const skbscope_frame header{SKBSCOPE_STREAM_MAGIC, static_cast<__u16>(type), SKBSCOPE_STREAM_VERSION,
                                static_cast<__u32>(payload.size()), checksum(payload)};
    std::string out(reinterpret_cast<const char *>(&header), sizeof header);
    return out.append(payload);
}

void frame_parser::feed(std::string_view bytes) {
    buffer_.erase(0, taken_);
    base_ += taken_;
    taken_ = 0;
    buffer_.append(bytes);
}

tl::expected<std::optional<frame>, stream_error> frame_parser::next() {
    if (error_) return tl::unexpected(*error_);
    skbscope_frame header;
    if (pending() < sizeof header) return std::nullopt;
    std::memcpy(&header, buffer_.data() + taken_, sizeof header);
    std::string why = fault(header);
    if (why.empty()) {
        if (pending() - sizeof header < header.size) return std::nullopt;
        const std::string_view payload(buffer_.data() + taken_ + sizeof header, header.size);
        if (checksum(payload) == header.crc32) {
            taken_ += sizeof header + header.size;
            return frame{header.type, payload};
        }
        why = "frame is damaged (checksum)";
    }
    error_ = stream_error{offset(), std::move(why)};
    return tl::unexpected(*error_);
}

} // namespace skbscope::bpf
