// SPDX-License-Identifier: GPL-2.0-or-later
#include "trace/file_json.h"
#include "trace/file_layout.h"
#include "trace/trace_file.h"

#include <fstream>
#include <stdexcept>
#include <zstd.h>

namespace skbscope::trace {

namespace {
using namespace layout;

// Small enough files, and still faster than a disk; the level is part of "same trace, same bytes".
constexpr int compression_level = 6;

void append(std::string &out, const void *data, std::size_t size) {
    out.append(static_cast<const char *>(data), size);
}

class Writer {
public:
    std::string encode(const Trace &trace) {
        header();
        block(BlockType::meta, no_side, meta_json(trace));
        for (std::size_t i = 0; i < trace.sides.size(); ++i)
            side(trace.sides[i], static_cast<std::uint8_t>(i));
        block(BlockType::end, no_side, end_json(trace));
        return std::move(out_);
    }

private:
    void header() {
        FileHeader h{};
        std::memcpy(h.magic, magic, sizeof magic);
        h.version = trace_file_version;
        h.event_abi = SKBSCOPE_EVENT_ABI_VERSION;
        h.event_size = SKBSCOPE_EVENT_SIZE;
        h.crc = header_crc(h);
        append(out_, &h, sizeof h);
    }

    void side(const Side &side, std::uint8_t index) {
        block(BlockType::names, index, names_json(side));
        std::span<const Event> rest = side.events;
        while (!rest.empty()) {
            const std::size_t count = std::min(rest.size(), events_per_block);
            block(BlockType::events, index, {reinterpret_cast<const char *>(rest.data()), count * sizeof(Event)});
            rest = rest.subspan(count);
        }
    }

    void block(BlockType type, std::uint8_t index, std::string_view raw) {
        if (raw.size() > raw_max) throw std::length_error("a block of a trace file would be too large");
        std::string stored(ZSTD_compressBound(raw.size()), '\0');
        const std::size_t size = ZSTD_compress(stored.data(), stored.size(), raw.data(), raw.size(), compression_level);
        if (ZSTD_isError(size)) throw std::runtime_error(ZSTD_getErrorName(size));
        stored.resize(size);
        BlockHeader h{};
        h.type = static_cast<std::uint8_t>(type);
        h.side = index;
        h.raw_size = static_cast<std::uint32_t>(raw.size());
        h.stored_size = static_cast<std::uint32_t>(size);
        h.stored_crc = crc32(std::as_bytes(std::span(stored)));
        h.crc = header_crc(h);
        append(out_, &h, sizeof h);
        out_ += stored;
    }

    std::string out_;
};

tl::expected<void, FileError> store(const std::string &bytes, const std::filesystem::path &path) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (out) return {};
    return tl::unexpected(
        FileError{path.string(), std::string("cannot be written: ") + std::strerror(errno) + "; choose another place"});
}
} // namespace

std::string encode_trace(const Trace &trace) {
    return Writer().encode(trace);
}

tl::expected<void, FileError> write_trace(const Trace &trace, const std::filesystem::path &path) {
    if (has_alike_sides(trace)) return tl::unexpected(FileError{path.string(), alike_sides_text});
    std::string bytes;
    try {
        bytes = encode_trace(trace);
    } catch (const std::exception &e) {
        return tl::unexpected(FileError{path.string(), std::string("cannot be packed: ") + e.what()});
    }
    std::error_code ignored;
    // A pipe or a device takes the bytes as they come; a file is replaced only by a whole new one.
    if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored))
        return store(bytes, path);
    std::filesystem::path part = path;
    part += ".part";
    if (auto stored = store(bytes, part); !stored) {
        std::filesystem::remove(part, ignored);
        stored.error().place = path.string();
        return stored;
    }
    std::error_code error;
    std::filesystem::rename(part, path, error);
    if (!error) return {};
    std::filesystem::remove(part, ignored);
    return tl::unexpected(FileError{path.string(), "cannot be replaced: " + error.message()});
}

} // namespace skbscope::trace
