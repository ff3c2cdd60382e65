// SPDX-License-Identifier: GPL-2.0-or-later
// Reading a trace file. Every byte is hostile: nothing is used before its checksum and its bounds were checked.
#include "trace/trace_file.h"

#include "trace/file_json.h"
#include "trace/file_layout.h"

#include <array>
#include <fstream>
#include <zstd.h>

namespace skbscope::trace {

namespace {
using namespace layout;

FileError not_a_trace(std::string_view name, std::string what) {
    return {std::string(name), std::move(what)};
}

std::optional<FileError> check_header(std::span<const std::byte> bytes, std::string_view name) {
    if (bytes.size() < sizeof(FileHeader) || std::memcmp(bytes.data(), magic, sizeof magic) != 0)
        return not_a_trace(name, "is not a trace of skbscope; record one with: skbscope run SCENARIO -o FILE");
    const auto h = load<FileHeader>(bytes);
    if (h.crc != header_crc(h))
        return FileError{std::string(name) + ": byte 0", "the header is damaged; record it anew"};
    const auto other = [&](const char *what, unsigned has, unsigned reads) {
        return not_a_trace(name, std::string("has ") + what + " " + std::to_string(has) + ", this skbscope reads " +
                                     std::to_string(reads) +
                                     (has > reads ? "; use a newer skbscope" : "; record it anew"));
    };
    if (h.version != trace_file_version) return other("trace format", h.version, trace_file_version);
    if (h.event_abi != SKBSCOPE_EVENT_ABI_VERSION)
        return other("event layout", h.event_abi, SKBSCOPE_EVENT_ABI_VERSION);
    if (h.event_size != SKBSCOPE_EVENT_SIZE) return other("events of bytes", h.event_size, SKBSCOPE_EVENT_SIZE);
    return std::nullopt;
}

// Why reading stopped. Damage is what wear does to a file: the part before it is good. A refusal is for a file that no
// writer of ours makes.
struct Stop {
    std::string what;
    bool refuse = false;
};

class Decoder {
public:
    Decoder(std::span<const std::byte> bytes, std::string_view name)
        : name_(name), bytes_(bytes), at_(sizeof(FileHeader)),
          unpack_left_(unpack_floor + unpack_ratio * static_cast<std::uint64_t>(bytes.size())) {}

    tl::expected<Trace, FileError> decode() {
        const std::array<std::size_t, 256> counts = count_events();
        while (!ended_) {
            const std::size_t begin = at_;
            if (const auto stop = read_block()) {
                FileError error{name_ + ": byte " + std::to_string(begin) + " (block " + std::to_string(block_) + ")",
                                stop->what};
                if (stop->refuse || !have_meta_) return tl::unexpected(std::move(error));
                trace_.cut = true;
                trace_.cut_note = error.message() + "; " + what_is_whole();
                break;
            }
            if (++block_ == 1) // the sides are known
                for (std::size_t i = 0; i < trace_.sides.size(); ++i)
                    trace_.sides[i].events.reserve(counts[i]);
        }
        if (ended_ && at_ < bytes_.size()) {
            trace_.cut = true;
            trace_.cut_note = name_ + ": byte " + std::to_string(at_) + ": bytes follow the end of the trace; ignored";
        }
        return std::move(trace_);
    }

private:
    // What the headers say, as far as they can be believed: room for so many is made at once.
    [[nodiscard]] std::array<std::size_t, 256> count_events() const {
        std::array<std::size_t, 256> counts{};
        std::uint64_t left = unpack_left_;
        for (std::size_t at = at_; bytes_.size() - at >= sizeof(BlockHeader);) {
            const auto h = load<BlockHeader>(bytes_.subspan(at));
            at += sizeof h;
            if (h.crc != header_crc(h) || h.raw_size > left || h.stored_size > bytes_.size() - at) break;
            left -= h.raw_size;
            at += h.stored_size;
            if (static_cast<BlockType>(h.type) == BlockType::events) counts[h.side] += h.raw_size / sizeof(Event);
        }
        return counts;
    }

    [[nodiscard]] std::string what_is_whole() const {
        std::string out = "whole before it:";
        for (const Side &side : trace_.sides)
            out +=
                std::string(" ") + std::to_string(side.events.size()) + " events of the " + side_name(side.info.kind);
        return out;
    }

    std::optional<Stop> read_block() {
        const std::span<const std::byte> rest = bytes_.subspan(at_);
        if (rest.empty()) return Stop{"the file ends without its last block"};
        if (rest.size() < sizeof(BlockHeader)) return Stop{"the file ends inside a block's header"};
        const auto h = load<BlockHeader>(rest);
        if (h.crc != header_crc(h)) return Stop{"a block's header is damaged"};
        if (h.raw_size > raw_max) return Stop{"a block claims more than " + std::to_string(raw_max) + " bytes", true};
        if (rest.size() - sizeof h < h.stored_size) return Stop{"the file ends inside a block"};
        const auto stored = rest.subspan(sizeof h, h.stored_size);
        if (crc32(stored) != h.stored_crc) return Stop{"a block is damaged: its checksum does not hold"};
        if (h.raw_size > unpack_left_)
            return Stop{"would unpack to more than " + std::to_string(unpack_ratio) + " times its size: refused", true};
        unpack_left_ -= h.raw_size;
        raw_.resize(h.raw_size);
        if (ZSTD_decompress(raw_.data(), raw_.size(), stored.data(), stored.size()) != raw_.size())
            return Stop{"a block does not unpack to the size it claims"};
        if (auto wrong = use(h, raw_)) return Stop{std::move(*wrong)};
        at_ += sizeof h + h.stored_size;
        return std::nullopt;
    }

    // What is wrong with a block's content, or nothing.
    std::optional<std::string> use(const BlockHeader &h, std::string_view raw) {
        const auto type = static_cast<BlockType>(h.type);
        if (have_meta_ == (type == BlockType::meta)) return "the blocks are out of order";
        switch (type) {
        case BlockType::meta:
            return use_meta(raw);
        case BlockType::end:
            if (auto wrong = parse_end(raw, trace_)) return "the end: " + *wrong;
            ended_ = true;
            return std::nullopt;
        case BlockType::names:
        case BlockType::events:
            if (h.side >= trace_.sides.size())
                return "a block belongs to side " + std::to_string(h.side) + ", which there is not";
            return type == BlockType::names ? use_names(trace_.sides[h.side], h.side, raw)
                                            : use_events(trace_.sides[h.side], h.side, raw);
        }
        return std::nullopt; // a block of a type we do not know adds something we do not need
    }

    std::optional<std::string> use_meta(std::string_view raw) {
        Trace fresh;
        if (auto wrong = parse_meta(raw, fresh)) return "what the trace is: " + *wrong;
        trace_ = std::move(fresh);
        functions_.resize(trace_.sides.size());
        have_meta_ = true;
        return std::nullopt;
    }

    std::optional<std::string> use_names(Side &side, std::uint8_t index, std::string_view raw) {
        if (!side.events.empty() || !functions_[index].empty()) return "names come twice or too late";
        Side fresh;
        FunctionMap functions;
        if (auto wrong = parse_names(raw, fresh, functions)) return "names: " + *wrong;
        side.hosts = std::move(fresh.hosts);
        side.devices = std::move(fresh.devices);
        side.queues = std::move(fresh.queues);
        side.tasks = std::move(fresh.tasks);
        side.extra_functions = std::move(fresh.extra_functions);
        functions_[index].assign(std::size_t{no_function} + 1, no_function);
        for (const auto &[in_file, here] : functions)
            functions_[index][in_file] = here;
        return std::nullopt;
    }

    std::optional<std::string> use_events(Side &side, std::uint8_t index, std::string_view raw) {
        if (functions_[index].empty()) return "events come before the names they use";
        if (raw.size() % sizeof(Event) != 0) return "a block of events is not a whole number of them";
        const std::size_t count = raw.size() / sizeof(Event);
        for (std::size_t i = 0; i < count; ++i) {
            side.events.push_back(load<Event>(std::as_bytes(std::span(raw)).subspan(i * sizeof(Event))));
            fit(side.events.back(), side, functions_[index]);
        }
        return std::nullopt;
    }

    // Ids that name nothing become "none", so that nobody after this has to doubt them.
    static void fit(Event &e, const Side &side, const std::vector<FunctionId> &functions) {
        e.fn = functions[e.fn];
        // A call that is only inferred was not there to be read.
        if (provenance_of(e) == Provenance::inferred) e.state &= static_cast<__u8>(~SKBSCOPE_STATE_HAS_SKB);
        if (e.host >= side.hosts.size()) e.host = 0;
        if (e.device >= side.devices.size()) e.device = 0;
        const bool queue_op = e.kind == SKBSCOPE_EV_ENQUEUE || e.kind == SKBSCOPE_EV_DEQUEUE;
        if (queue_op && e.queue.queue >= side.queues.size()) e.queue.queue = 0;
    }

    std::string name_;
    std::span<const std::byte> bytes_;
    std::size_t at_;
    std::uint64_t unpack_left_;
    unsigned block_ = 0;
    bool have_meta_ = false, ended_ = false;
    Trace trace_;
    std::string raw_;                                // the block that is read
    std::vector<std::vector<FunctionId>> functions_; // by side, once its names were read: id in the file -> id here
};
} // namespace

tl::expected<Trace, FileError> decode_trace(std::span<const std::byte> bytes, std::string_view name) {
    if (auto error = check_header(bytes, name)) return tl::unexpected(std::move(*error));
    return Decoder(bytes, name).decode();
}

tl::expected<Trace, FileError> read_trace(const std::filesystem::path &path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return tl::unexpected(FileError{path.string(), "is a directory; name a trace file (.skbt)"});
    std::ifstream in(path, std::ios::binary);
    if (!in) return tl::unexpected(FileError{path.string(), std::string("cannot be opened: ") + std::strerror(errno)});
    std::string bytes;
    if (const auto size = std::filesystem::file_size(path, error); !error) bytes.reserve(size); // a pipe has none
    for (std::array<char, 1 << 16> part; in.read(part.data(), part.size()), in.gcount() > 0;)
        bytes.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad()) return tl::unexpected(FileError{path.string(), "cannot be read"});
    return decode_trace(std::as_bytes(std::span(bytes)), path.string());
}

} // namespace skbscope::trace
