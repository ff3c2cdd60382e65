// SPDX-License-Identifier: GPL-2.0-or-later
// The user's terminal, handed over as it is: every key goes to the other side. It is put back when this ends, and also
// when the program ends by a signal.
#pragma once

namespace skbscope::app {

class RawTerminal {
public:
    explicit RawTerminal(int fd); // of a terminal; one at a time
    ~RawTerminal();
    RawTerminal(const RawTerminal &) = delete;
    RawTerminal &operator=(const RawTerminal &) = delete;
};

} // namespace skbscope::app
