// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of a trace file, as docs/trace-format.md tells them. Little endian. Internal to trace/.
#pragma once

#include "trace/crc32.h"
#include "trace/event.h"

#include <bit>
#include <cstring>

namespace skbscope::trace::layout {

static_assert(std::endian::native == std::endian::little, "structs are written as they lie in memory");

// As PNG's: not text (bit 7), and a transfer that touches line ends breaks it.
inline constexpr unsigned char magic[8] = {0x89, 'S', 'K', 'B', 'T', '\r', '\n', 0x1a};

struct FileHeader {
    unsigned char magic[8];
    std::uint16_t version;    // trace_file_version
    std::uint16_t event_abi;  // SKBSCOPE_EVENT_ABI_VERSION
    std::uint16_t event_size; // SKBSCOPE_EVENT_SIZE
    std::uint16_t reserved;   // 0
    std::uint32_t crc;        // of the bytes before
};
static_assert(sizeof(FileHeader) == 20);

enum class BlockType : std::uint8_t { meta = 1, names = 2, events = 3, end = 4 };
inline constexpr std::uint8_t no_side = 0xff;

struct BlockHeader {
    std::uint8_t type;         // BlockType
    std::uint8_t side;         // index among the sides, no_side for meta and end
    std::uint16_t reserved;    // 0
    std::uint32_t raw_size;    // bytes once unpacked
    std::uint32_t stored_size; // bytes that follow this header: one zstd frame
    std::uint32_t stored_crc;  // of those bytes
    std::uint32_t crc;         // of this header's bytes before
};
static_assert(sizeof(BlockHeader) == 20);

// No honest block is larger: events are cut into blocks, names and scenario are text made by people.
inline constexpr std::uint32_t raw_max = 16U << 20;
inline constexpr std::size_t events_per_block = 65536; // 4 MiB
static_assert(events_per_block * sizeof(Event) <= raw_max);

// What a whole file may unpack to: a small file that claims to be huge is not a trace.
inline constexpr std::uint64_t unpack_floor = 64U << 20;
inline constexpr std::uint64_t unpack_ratio = 256;

template <class Header> std::uint32_t header_crc(const Header &h) {
    return crc32(std::as_bytes(std::span(&h, 1)).first(sizeof(Header) - sizeof h.crc));
}

template <class Struct> Struct load(std::span<const std::byte> bytes) {
    Struct s;
    std::memcpy(&s, bytes.data(), sizeof s);
    return s;
}

} // namespace skbscope::trace::layout
