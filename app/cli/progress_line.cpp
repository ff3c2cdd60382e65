// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/progress_line.h"

#include "app/terminal/text.h"

#include <cstdio>
#include <unistd.h>

namespace skbscope::app {

namespace {
constexpr std::size_t longest = 100; // columns; a longer line would wrap and stay
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1), start_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
    clear();
}

void ProgressLine::clear() {
    if (shown_) std::fputs("\r\x1b[K", stderr);
    shown_ = false;
}

void ProgressLine::show(const Progress &progress) {
    if (!terminal_) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    std::string text = printable(progress.what);
    if (progress.of != 0) text += " " + std::to_string(progress.done) + " of " + std::to_string(progress.of);
    if (progress.of == 0 && progress.done != 0) text += ", " + std::to_string(progress.done) + " events";
    std::fprintf(stderr, "\r\x1b[K%5.1f s  %s", seconds, cutEnd(text, longest).c_str());
    std::fflush(stderr);
    shown_ = true;
}

} // namespace skbscope::app
