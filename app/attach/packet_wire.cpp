// SPDX-License-Identifier: GPL-2.0-or-later
// The end of a veth, or any Ethernet device, through a packet socket with a mapped ring. The header that comes with
// each frame (PACKET_VNET_HDR) says what the sender left to its hardware: a checksum, which is added here, or cutting
// into frames, for which there is nobody: such a frame is counted and not taken.
#include "app/attach/wire.h"

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <vector>

namespace skbscope::app {

namespace {

constexpr unsigned blockSize = 1U << 16, blocks = 64; // 4 MiB
constexpr unsigned ethernetMax = ETH_HLEN + 8;        // two VLAN tags

// What stands before a frame (struct virtio_net_hdr of the virtio specification, 5.1.6; the kernel's header of it is no
// C++): in this host's byte order, since nobody asked for another.
struct VnetHeader {
    std::uint8_t flags = 0, gsoType = 0;
    std::uint16_t headerLength = 0, gsoSize = 0, checksumStart = 0, checksumOffset = 0;
};
static_assert(sizeof(VnetHeader) == 10);
constexpr std::uint8_t needsChecksum = 1, noGso = 0;

// A slot's size: a power of two that holds a frame and what the kernel writes before it.
unsigned slotSize(unsigned mtu) {
    unsigned size = 2048;
    while (size < mtu + ethernetMax + 256 && size < blockSize)
        size *= 2;
    return size;
}

RunError refused(const std::string &device, const std::string &what) {
    return {RunErrorCode::notPossibleHere, device, what + ": " + std::strerror(errno)};
}

// Adds what the sender left out: the sum from `start` on goes to `start + offset`, where the pseudo header's sum is.
bool completeChecksum(std::span<std::uint8_t> frame, std::size_t start, std::size_t offset) {
    if (start + offset + 2 > frame.size()) return false;
    std::uint64_t sum = 0;
    for (std::size_t i = start; i < frame.size(); ++i)
        sum += (i - start) % 2 == 0 ? std::uint64_t{frame[i]} << 8U : frame[i];
    while (sum >> 16U)
        sum = (sum & 0xffff) + (sum >> 16U);
    auto folded = static_cast<std::uint16_t>(~sum);
    if (folded == 0) folded = 0xffff; // of UDP, 0 would mean none
    frame[start + offset] = static_cast<std::uint8_t>(folded >> 8U);
    frame[start + offset + 1] = static_cast<std::uint8_t>(folded);
    return true;
}

class PacketWire final : public Wire {
public:
    PacketWire(UniqueFd fd, std::string device, unsigned slot)
        : fd_(std::move(fd)), device_(std::move(device)), slot_(slot) {}
    ~PacketWire() override {
        if (ring_ != MAP_FAILED) munmap(ring_, std::size_t{blockSize} * blocks);
    }

    tl::expected<void, RunError> begin(int index) {
        tpacket_req ask{};
        ask.tp_block_size = blockSize;
        ask.tp_block_nr = blocks;
        ask.tp_frame_size = slot_;
        ask.tp_frame_nr = blockSize / slot_ * blocks;
        if (setsockopt(fd_.get(), SOL_PACKET, PACKET_RX_RING, &ask, sizeof ask) < 0)
            return tl::unexpected(refused(device_, "no ring for its packet socket"));
        ring_ = mmap(nullptr, std::size_t{blockSize} * blocks, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
        if (ring_ == MAP_FAILED)
            return tl::unexpected(refused(device_, "the ring of its packet socket cannot be mapped"));
        sockaddr_ll to{};
        to.sll_family = AF_PACKET;
        to.sll_protocol = htons(ETH_P_ALL);
        to.sll_ifindex = index;
        if (bind(fd_.get(), reinterpret_cast<const sockaddr *>(&to), sizeof to) < 0)
            return tl::unexpected(refused(device_, "its packet socket cannot be bound"));
        return {};
    }

    [[nodiscard]] int descriptor() const override { return fd_.get(); }

    [[nodiscard]] tl::expected<std::span<const std::uint8_t>, RunError> receive() override {
        giveBack();
        for (;;) {
            auto *slot = reinterpret_cast<tpacket2_hdr *>(static_cast<char *>(ring_) + std::size_t{next_} * slot_);
            if (!(std::atomic_ref(slot->tp_status).load(std::memory_order_acquire) & TP_STATUS_USER))
                return std::span<const std::uint8_t>();
            next_ = (next_ + 1) % (blockSize / slot_ * blocks);
            held_ = slot;
            if (const auto frame = frameOf(slot); !frame.empty()) return frame;
            giveBack();
        }
    }

    void send(std::span<const std::uint8_t> frame) override {
        VnetHeader none; // nothing is left to hardware
        std::array<iovec, 2> parts{iovec{&none, sizeof none},
                                   iovec{const_cast<std::uint8_t *>(frame.data()), frame.size()}};
        if (writev(fd_.get(), parts.data(), parts.size()) < 0) ++counters_.refused;
    }

    [[nodiscard]] tl::expected<void, RunError> stillThere() override {
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error != 0)
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, device_, std::strerror(error)});
        return {};
    }

private:
    void giveBack() {
        if (held_) std::atomic_ref(held_->tp_status).store(TP_STATUS_KERNEL, std::memory_order_release);
        held_ = nullptr;
    }

    // Empty: it is not for us. A VLAN tag that the kernel took out is not put back: the model's card has no VLANs.
    std::span<const std::uint8_t> frameOf(tpacket2_hdr *slot) {
        auto *at = reinterpret_cast<std::uint8_t *>(slot);
        VnetHeader header;
        std::memcpy(&header, at + slot->tp_mac - sizeof header, sizeof header);
        std::span<std::uint8_t> frame(at + slot->tp_mac, slot->tp_snaplen);
        if (header.gsoType != noGso || slot->tp_snaplen < slot->tp_len) {
            ++counters_.tooLarge;
            return {};
        }
        if (header.flags & needsChecksum && !completeChecksum(frame, header.checksumStart, header.checksumOffset))
            return {};
        return frame;
    }

    UniqueFd fd_;
    std::string device_;
    unsigned slot_;
    void *ring_ = MAP_FAILED;
    unsigned next_ = 0;
    tpacket2_hdr *held_ = nullptr; // the frame that receive() gave out
};

} // namespace

tl::expected<std::unique_ptr<Wire>, RunError> makePacketWire(UniqueFd fd, std::string device, int index, unsigned mtu) {
    auto wire = std::make_unique<PacketWire>(std::move(fd), std::move(device), slotSize(mtu));
    if (auto ok = wire->begin(index); !ok) return tl::unexpected(ok.error());
    return wire;
}

} // namespace skbscope::app
