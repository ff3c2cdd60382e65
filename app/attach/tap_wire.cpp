// SPDX-License-Identifier: GPL-2.0-or-later
// A tap: the kernel hands over whole frames, cut to the MTU and with their checksums, since we asked for no header.
#include "app/attach/wire.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace skbscope::app {

namespace {

class TapWire final : public Wire {
public:
    TapWire(UniqueFd fd, std::string device) : fd_(std::move(fd)), device_(std::move(device)) {}

    [[nodiscard]] int descriptor() const override { return fd_.get(); }
    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, RunError> receive() override {
        for (;;) {
            const ssize_t n = read(fd_.get(), frame_.data(), frame_.size());
            if (n > 0) return std::span<const std::uint8_t>(frame_).first(static_cast<std::size_t>(n));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 && errno == EAGAIN) return std::span<const std::uint8_t>();
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, device_,
                                           n < 0 ? std::strerror(errno) : "its descriptor gives nothing any more"});
        }
    }
    void send(std::span<const std::uint8_t> frame) override {
        if (write(fd_.get(), frame.data(), frame.size()) < 0) ++counters_.refused;
    }

private:
    UniqueFd fd_;
    std::string device_;
    std::array<std::uint8_t, 65536 + 18> frame_{}; // whatever MTU the device has
};

} // namespace

std::unique_ptr<Wire> makeTapWire(UniqueFd fd, std::string device) {
    return std::make_unique<TapWire>(std::move(fd), std::move(device));
}

} // namespace skbscope::app
