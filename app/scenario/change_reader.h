// SPDX-License-Identifier: GPL-2.0-or-later
// What a scenario does while it is traced, as far as a change of one setting needs to know it. Internal to changes.h.
#pragma once

#include "app/scenario/oplist.h"

#include <optional>
#include <string>
#include <vector>

namespace skbscope::app {

struct ChangeDevice {
    enum Kind : std::uint8_t { veth, card, tap, loopback } kind = veth;
    unsigned host = 0;
    std::string name; // "vb"
    std::string full; // "b.vb"
};

// A traced operation that puts a packet on its way.
struct TracedSend {
    std::size_t op = 0; // index in the list
    unsigned host = 0;
    std::uint32_t to = 0;     // network byte order; where the socket is connected, its peer
    std::uint16_t port = 0;   // host order
    std::uint32_t length = 0; // of the payload
    bool frame = false;       // written into a tap
};

class ChangeReader {
public:
    explicit ChangeReader(const OpList &ops);

    [[nodiscard]] const OpList &ops() const { return ops_; }
    [[nodiscard]] const skbscope_op &op(std::size_t at) const { return ops_.ops()[at]; }
    [[nodiscard]] const std::vector<TracedSend> &sends() const { return sends_; }
    [[nodiscard]] const std::vector<ChangeDevice> &devices() const { return devices_; }
    // Of the host that sends, and of the one that owns the address; none where the scenario has no such device.
    [[nodiscard]] std::optional<ChangeDevice> sender() const;
    [[nodiscard]] std::optional<ChangeDevice> receiver() const;
    [[nodiscard]] std::optional<std::uint32_t> destination() const; // network byte order
    [[nodiscard]] bool toLoopback() const;
    [[nodiscard]] bool isTcp() const { return tcp_; } // somewhere in it

    // The last operation of the set-up that is `kind` on this device, with these data where they are given.
    [[nodiscard]] std::optional<std::size_t> setUp(skbscope_op_kind kind, const ChangeDevice &device,
                                                   std::string_view data = {}) const;
    [[nodiscard]] std::optional<std::size_t> firstOf(skbscope_op_kind kind, unsigned sock) const;
    [[nodiscard]] unsigned hostOfSocket(unsigned sock) const { return sockets_[sock].host; }
    [[nodiscard]] bool isUdp(unsigned sock) const;

private:
    struct Socket {
        unsigned host = 0;
        std::uint32_t type = 0, peer = 0;
        std::uint16_t port = 0;
    };
    void readDevice(const skbscope_op &op);
    void readStep(std::size_t at);
    void readSend(std::size_t at);
    [[nodiscard]] std::optional<ChangeDevice> owner(std::uint32_t address) const;

    const OpList &ops_;
    std::vector<ChangeDevice> devices_;
    std::vector<Socket> sockets_;
    std::vector<TracedSend> sends_;
    unsigned host_ = 0;
    bool traced_ = false, tcp_ = false;
};

} // namespace skbscope::app
