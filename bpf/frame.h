// SPDX-License-Identifier: GPL-2.0-or-later
// Frames of the agent's stream (stream.h), both ways. The parser treats every byte as hostile.
#pragma once

#include "bpf/stream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace skbscope::bpf {

[[nodiscard]] std::string make_frame(skbscope_frame_type type, std::string_view payload);

struct frame {
    std::uint16_t type;       // enum skbscope_frame_type, or a number that this version does not know
    std::string_view payload; // into the parser's buffer; valid until the next call of a non-const member
};

struct stream_error {
    std::uint64_t offset = 0; // of the frame, from the beginning of the stream
    std::string what;
    [[nodiscard]] std::string message() const { return "byte " + std::to_string(offset) + ": " + what; }
};

// Bytes in, frames out. After an error it stays in error: what follows a damaged frame is not to be trusted.
class frame_parser {
public:
    void feed(std::string_view bytes);
    // The next whole frame; nullopt: more bytes are needed.
    [[nodiscard]] tl::expected<std::optional<frame>, stream_error> next();
    // Bytes that no frame has taken yet. At the end of a stream: 0, or it was cut.
    [[nodiscard]] std::size_t pending() const { return buffer_.size() - taken_; }
    [[nodiscard]] std::uint64_t offset() const { return base_ + taken_; }

private:
    std::string buffer_;
    std::size_t taken_ = 0;
    std::uint64_t base_ = 0;
    std::optional<stream_error> error_;
};

} // namespace skbscope::bpf
