// SPDX-License-Identifier: GPL-2.0-or-later
// Interrupts of the terminal, as a descriptor: while it lives they end what runs, and not the program. Or those of a
// caller alone, for work that is not the program's only one.
#pragma once

#include "app/lab/unique_fd.h"

#include <csignal>
#include <cstdint>

namespace skbscope::app {

class Interrupt {
public:
    enum class Of : std::uint8_t { terminal, caller };
    explicit Interrupt(Of whom = Of::terminal);
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    [[nodiscard]] int descriptor() const { return fd_.get(); } // readable: there was one
    // Takes in what is there to read: how many there were by now.
    [[nodiscard]] unsigned count();
    // As if there had been one. From any thread.
    void raise() const;

private:
    Of whom_;
    sigset_t before_{};
    UniqueFd signals_, raised_, fd_; // fd_: either of the others
    unsigned count_ = 0;
};

} // namespace skbscope::app
