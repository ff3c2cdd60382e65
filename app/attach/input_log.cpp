// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/input_log.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace skbscope::app {

namespace {

constexpr std::uint64_t stretchEnds = ~std::uint64_t{0}; // in the place of a look's time
constexpr std::uint32_t noMoreFrames = 0;                // in the place of a frame's length

off_t offsetOf(std::uint32_t stretch) {
    return static_cast<off_t>(stretch) * static_cast<off_t>(InputLog::stretchBytes);
}

RunError noMemory(const char *what) {
    return {RunErrorCode::notPossibleHere, "recording", std::string(what) + ": " + std::strerror(errno)};
}

} // namespace

tl::expected<InputLog, RunError> InputLog::create() {
    UniqueFd fd(memfd_create("skbscope-input", MFD_CLOEXEC));
    if (!fd) return tl::unexpected(noMemory("no memory for what comes"));
    InputLog log(std::move(fd));
    if (auto ok = log.map(0); !ok) return tl::unexpected(ok.error());
    return log;
}

InputLog::InputLog(InputLog &&other) noexcept
    : fd_(std::move(other.fd_)), window_(std::exchange(other.window_, nullptr)), stretch_(other.stretch_),
      forgotten_(other.forgotten_), at_(other.at_), ended_(other.ended_) {}

InputLog::~InputLog() {
    unmap();
}

void InputLog::unmap() {
    if (window_) munmap(window_, stretchBytes);
    window_ = nullptr;
}

tl::expected<void, RunError> InputLog::map(std::uint32_t stretch) {
    if (ftruncate(fd_.get(), offsetOf(stretch + 1)) < 0) return tl::unexpected(noMemory("no room for what comes"));
    void *p =
        mmap(nullptr, stretchBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd_.get(), offsetOf(stretch));
    if (p == MAP_FAILED) return tl::unexpected(noMemory("no room for what comes"));
    unmap();
    window_ = static_cast<std::uint8_t *>(p);
    stretch_ = stretch;
    at_ = ended_ = 0;
    return {};
}

void InputLog::put(const void *bytes, std::size_t n) {
    std::memcpy(window_ + at_, bytes, n);
    at_ += n;
}

void InputLog::look(std::uint64_t now) {
    at_ = ended_;
    put(&now, sizeof now);
}

void InputLog::frame(std::span<const std::uint8_t> bytes) {
    const auto length = static_cast<std::uint32_t>(bytes.size());
    put(&length, sizeof length);
    put(bytes.data(), bytes.size());
}

void InputLog::lookEnds() {
    put(&noMoreFrames, sizeof noMoreFrames);
    ended_ = at_;
}

tl::expected<void, RunError> InputLog::beginStretch() {
    const std::size_t before = ended_;
    std::uint8_t *const place = window_ + before;
    std::memcpy(place, &stretchEnds, sizeof stretchEnds);
    return map(stretch_ + 1);
}

void InputLog::forgetBefore(std::uint32_t stretch) {
    if (stretch <= forgotten_) return;
    (void)fallocate(fd_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offsetOf(forgotten_),
                    offsetOf(stretch - forgotten_));
    forgotten_ = stretch;
}

InputReader::~InputReader() {
    unmap();
}

void InputReader::unmap() {
    if (window_) munmap(const_cast<std::uint8_t *>(window_), InputLog::stretchBytes);
    window_ = nullptr;
}

bool InputReader::map() {
    void *p = mmap(nullptr, InputLog::stretchBytes, PROT_READ, MAP_SHARED, fd_, offsetOf(stretch_));
    if (p == MAP_FAILED) return false;
    unmap();
    window_ = static_cast<const std::uint8_t *>(p);
    at_ = 0;
    return true;
}

template <class T> T InputReader::get() {
    T value;
    std::memcpy(&value, window_ + at_, sizeof value);
    at_ += sizeof value;
    return value;
}

std::optional<std::uint64_t> InputReader::look() {
    if (!window_ && !map()) return std::nullopt;
    leaveLook();
    for (;;) {
        if (stretch_ == end_.stretch && at_ >= end_.offset) return std::nullopt;
        const auto now = get<std::uint64_t>();
        inLook_ = now != stretchEnds;
        if (inLook_) return now;
        ++stretch_;
        if (!map()) return std::nullopt;
    }
}

// Past what of it was not asked for.
void InputReader::leaveLook() {
    while (!frame().empty())
        ;
    if (std::exchange(inLook_, false)) at_ += sizeof noMoreFrames;
}

std::span<const std::uint8_t> InputReader::frame() {
    if (!inLook_) return {};
    std::uint32_t length = 0;
    std::memcpy(&length, window_ + at_, sizeof length);
    if (length == noMoreFrames) return {};
    const std::span frame(window_ + at_ + sizeof length, length);
    at_ += sizeof length + length;
    return frame;
}

} // namespace skbscope::app
