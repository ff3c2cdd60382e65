// SPDX-License-Identifier: GPL-2.0-or-later
// A tap: the kernel hands over whole frames, cut to the MTU and with their checksums, since we asked for no header.
// Waiting is the read() itself, which an alarm ends: ppoll() first would be a third more system calls an echo.
#include "app/attach/alarm.h"
#include "app/attach/burst.h"
#include "app/attach/wire.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/uio.h>
#include <utility>

namespace skbscope::app {

namespace {

class TapWire final : public Wire {
public:
    TapWire(UniqueFd fd, std::string device) : fd_(std::move(fd)), device_(std::move(device)) { blocks_ = mayBlock(); }

    [[nodiscard]] int descriptor() const override { return fd_.get(); }

    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, RunError> receive() override {
        if (const std::size_t waited = std::exchange(waited_, 0)) return took(waited);
        if (taken_ == burst_.limit()) return looked();
        for (;;) {
            const ssize_t n = readNow();
            if (n > 0) return took(static_cast<std::size_t>(n));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0 && errno == EAGAIN) return looked();
            return tl::unexpected(fault(n));
        }
    }

    void send(std::span<const std::uint8_t> frame) override {
        if (write(fd_.get(), frame.data(), frame.size()) < 0) ++counters_.refused;
    }

    [[nodiscard]] tl::expected<bool, RunError> wait(int wake, std::uint64_t deadline) override {
        if (!blocks_) return Wire::wait(wake, deadline);
        constexpr unsigned waitsUnasked = 256; // frames that keep coming must not hide `wake`
        alarm_.ringBy(deadline);
        const ssize_t n = read(fd_.get(), frame_.data(), frame_.size());
        if (n > 0) {
            waited_ = static_cast<std::size_t>(n);
            return ++waits_ % waitsUnasked == 0 && isReadable(wake);
        }
        if (n < 0 && errno == EINTR) return isReadable(wake);
        return tl::unexpected(fault(n));
    }

private:
    // Whether its descriptor can do both: wait, and answer at once that there is nothing (from Linux 5.11 on).
    bool mayBlock() {
        if (!alarm_.works()) return false;
        const int flags = fcntl(fd_.get(), F_GETFL);
        if (flags < 0 || fcntl(fd_.get(), F_SETFL, flags & ~O_NONBLOCK) < 0) return false;
        iovec all{frame_.data(), frame_.size()};
        const ssize_t n = preadv2(fd_.get(), &all, 1, -1, RWF_NOWAIT);
        if (n > 0) waited_ = static_cast<std::size_t>(n);
        if (n > 0 || errno == EAGAIN) return true;
        (void)fcntl(fd_.get(), F_SETFL, flags);
        return false;
    }
    ssize_t readNow() {
        if (!blocks_) return read(fd_.get(), frame_.data(), frame_.size());
        iovec all{frame_.data(), frame_.size()};
        return preadv2(fd_.get(), &all, 1, -1, RWF_NOWAIT);
    }
    std::span<const std::uint8_t> took(std::size_t n) {
        ++taken_;
        return std::span<const std::uint8_t>(frame_).first(n);
    }
    std::span<const std::uint8_t> looked() {
        burst_.looked(std::exchange(taken_, 0));
        return {};
    }
    [[nodiscard]] RunError fault(ssize_t n) const {
        return {RunErrorCode::notPossibleHere, device_,
                n < 0 ? std::strerror(errno) : "its descriptor gives nothing any more"};
    }

    UniqueFd fd_;
    std::string device_;
    Alarm alarm_;
    bool blocks_ = false;
    Burst burst_;
    unsigned taken_ = 0, waits_ = 0;               // at this look; in all
    std::size_t waited_ = 0;                       // of the frame that wait() found
    std::array<std::uint8_t, 65536 + 18> frame_{}; // whatever MTU the device has
};

} // namespace

std::unique_ptr<Wire> makeTapWire(UniqueFd fd, std::string device) {
    return std::make_unique<TapWire>(std::move(fd), std::move(device));
}

} // namespace skbscope::app
