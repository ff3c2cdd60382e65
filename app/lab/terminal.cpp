// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/terminal.h"

#include <array>
#include <csignal>
#include <termios.h>

namespace skbscope::app {

namespace {

constexpr std::array deadly = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGPIPE};

// For the signal handler, which can be given nothing.
int terminal = -1;
termios before;
std::array<struct sigaction, deadly.size()> handlers;

void putBack() {
    if (terminal >= 0) tcsetattr(terminal, TCSADRAIN, &before);
    terminal = -1;
}

void putBackAndDie(int signal) {
    if (terminal >= 0) tcsetattr(terminal, TCSANOW, &before);
    terminal = -1;
    std::signal(signal, SIG_DFL);
    raise(signal);
}

} // namespace

RawTerminal::RawTerminal(int fd) {
    if (tcgetattr(fd, &before) != 0) return;
    terminal = fd;
    struct sigaction action = {};
    action.sa_handler = putBackAndDie;
    action.sa_flags = static_cast<int>(SA_NODEFER | SA_RESETHAND);
    for (std::size_t i = 0; i < deadly.size(); ++i)
        sigaction(deadly[i], &action, &handlers[i]);
    termios raw = before;
    cfmakeraw(&raw);
    tcsetattr(fd, TCSADRAIN, &raw);
}

RawTerminal::~RawTerminal() {
    putBack();
    for (std::size_t i = 0; i < deadly.size(); ++i)
        sigaction(deadly[i], &handlers[i], nullptr);
}

} // namespace skbscope::app
