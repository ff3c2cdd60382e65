// SPDX-License-Identifier: GPL-2.0-or-later
// The machine of a load run: cards, sockets, readers, and the wire that fills the cards.
#pragma once

#include "app/experiment/load_run.h"
#include "linux/simnic.h"
#include "sim/machine.h"
#include "sim/work_clock.h"

#include <memory>
#include <vector>

namespace skbscope::app::experiment {

// Frames at a steady rate, the flows in turn.
class Wire final : public stack::hardware {
public:
    Wire(stack::net_device *nic, std::vector<std::vector<std::uint8_t>> frames, double rate);
    [[nodiscard]] std::uint64_t next_ns() const override { return next_; }
    void act() override;
    void stop() { next_ = stack::time_never; }
    [[nodiscard]] std::uint64_t sent() const { return sent_; }

private:
    stack::net_device *nic_;
    std::vector<std::vector<std::uint8_t>> frames_;
    double period_; // ns
    std::uint64_t sent_ = 0, next_ = 0;
};

class LoadMachine {
public:
    LoadMachine(Mode mode, double rate, const LoadOptions &options);
    ~LoadMachine();
    LoadMachine(const LoadMachine &) = delete;
    LoadMachine &operator=(const LoadMachine &) = delete;
    [[nodiscard]] LoadResult measure();

private:
    struct Counts {
        std::uint64_t sent = 0, delivered = 0, missed = 0, backlog = 0, socket = 0, interrupts = 0;
        std::vector<stack::cpu_uses> used;
    };
    void addCard(unsigned index, double rate);
    void addReader(unsigned flow);
    void read(unsigned flow);
    [[nodiscard]] Counts count() const;

    Mode mode_;
    LoadOptions options_;
    stack::machine machine_;
    stack::net *host_ = nullptr;
    std::vector<stack::net_device *> cards_;
    std::vector<std::unique_ptr<Wire>> wires_;
    std::vector<std::uint64_t> delivered_;         // a flow
    std::vector<std::vector<std::uint8_t>> rooms_; // where a reader reads into
    std::unique_ptr<stack::work_run> run_;
};

} // namespace skbscope::app::experiment
