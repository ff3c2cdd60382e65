// SPDX-License-Identifier: GPL-2.0-or-later
// What came to the model on a device, in order: each look at the wire with its time, and the frames it found. The model
// is deterministic, so this, and the model as it was, is the whole recording (docs/adr/0003).
//
// It stands in a file without a name, in stretches that begin at multiples of `stretchBytes`; a process that was forked
// off reads what was written after that, through the same descriptor.
#pragma once

#include "app/lab/kernel_run.h"
#include "app/lab/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace skbscope::app {

struct LogPosition {
    std::uint32_t stretch = 0; // they count from 0
    std::uint32_t offset = 0;  // bytes in it
};

class InputLog {
public:
    static constexpr std::size_t stretchBytes = std::size_t{64} << 20;
    // A look that begins below this finds room for all it can take.
    static constexpr std::size_t fullBytes = stretchBytes - (std::size_t{8} << 20);

    [[nodiscard]] static tl::expected<InputLog, RunError> create();
    InputLog(InputLog &&) noexcept;
    InputLog &operator=(InputLog &&) = delete;
    ~InputLog();

    // A look at `now` (the model's ns) begins; the frames it finds; it ends.
    void look(std::uint64_t now);
    void frame(std::span<const std::uint8_t> bytes);
    void lookEnds();

    // Where the last whole look ends.
    [[nodiscard]] LogPosition end() const { return {stretch_, static_cast<std::uint32_t>(ended_)}; }
    [[nodiscard]] bool full() const { return ended_ >= fullBytes; }
    // The next look begins a new stretch.
    [[nodiscard]] tl::expected<void, RunError> beginStretch();
    // Gives back the memory of the stretches before this one.
    void forgetBefore(std::uint32_t stretch);
    [[nodiscard]] int descriptor() const { return fd_.get(); }

private:
    explicit InputLog(UniqueFd fd) : fd_(std::move(fd)) {}
    [[nodiscard]] tl::expected<void, RunError> map(std::uint32_t stretch);
    void unmap();
    void put(const void *bytes, std::size_t n);

    UniqueFd fd_;
    std::uint8_t *window_ = nullptr; // the stretch that is written
    std::uint32_t stretch_ = 0, forgotten_ = 0;
    std::size_t at_ = 0, ended_ = 0;
};

class InputReader {
public:
    InputReader(int log, std::uint32_t firstStretch, LogPosition end) : fd_(log), stretch_(firstStretch), end_(end) {}
    ~InputReader();
    InputReader(const InputReader &) = delete;
    InputReader &operator=(const InputReader &) = delete;

    // When the next look was, or none: that was all.
    [[nodiscard]] std::optional<std::uint64_t> look();
    // The next frame of the look, valid until the next call of anything; empty: there are no more.
    [[nodiscard]] std::span<const std::uint8_t> frame();

private:
    [[nodiscard]] bool map();
    void unmap();
    void leaveLook();
    template <class T> [[nodiscard]] T get();

    int fd_;
    std::uint32_t stretch_;
    LogPosition end_;
    const std::uint8_t *window_ = nullptr;
    std::size_t at_ = 0;
    bool inLook_ = false;
};

} // namespace skbscope::app
