// SPDX-License-Identifier: GPL-2.0-or-later
// The trace file (.skbt): a header, then blocks. Each block stands alone: type, side, sizes, checksum, zstd payload.
// A file that was cut short or damaged opens up to its last whole block. docs/trace-format.md has the bytes.
#pragma once

#include "trace/trace.h"

#include <filesystem>
#include <iosfwd>
#include <tl/expected.hpp>

namespace skbscope::trace {

struct FileError {
    std::string place; // "FILE", "FILE: byte 1234", "FILE: block 3"
    std::string what;  // what is wrong, and what to do about it
    [[nodiscard]] std::string message() const { return place + ": " + what; }
};

inline constexpr unsigned trace_file_version = 1;

// Same trace, same bytes.
[[nodiscard]] tl::expected<void, FileError> write_trace(const Trace &trace, const std::filesystem::path &path);
[[nodiscard]] std::string encode_trace(const Trace &trace);

// Any bytes are safe input. Trace::cut tells that only a part could be read.
[[nodiscard]] tl::expected<Trace, FileError> read_trace(const std::filesystem::path &path);
[[nodiscard]] tl::expected<Trace, FileError> decode_trace(std::span<const std::byte> bytes, std::string_view name);

} // namespace skbscope::trace
