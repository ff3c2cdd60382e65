// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/terminal/terminal.h"

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace skbscope::app {

namespace {

constexpr std::size_t narrowest = 60, widest = 400, usual = 120;

bool isSet(const char *variable) {
    const char *value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool wantsColour(int descriptor, ColourChoice choice) {
    if (choice != ColourChoice::automatic) return choice == ColourChoice::always;
    const char *term = std::getenv("TERM");
    const bool dumb = term == nullptr || std::strcmp(term, "dumb") == 0;
    return isatty(descriptor) == 1 && !isSet("NO_COLOR") && !dumb;
}

std::size_t widthOf(int descriptor) {
    winsize size{};
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char *columns = std::getenv("COLUMNS");
    const long n = columns ? std::strtol(columns, nullptr, 10) : 0;
    return n > 0 ? static_cast<std::size_t>(n) : usual;
}

bool localeHasUtf8() {
    std::setlocale(LC_CTYPE, "");
    return std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

} // namespace

TerminalSettings settingsFor(int descriptor, ColourChoice colour, std::size_t width) {
    TerminalSettings s;
    s.colour = wantsColour(descriptor, colour);
    s.ascii = isatty(descriptor) == 1 && !localeHasUtf8();
    s.width = std::clamp(width != 0 ? width : widthOf(descriptor), narrowest, widest);
    return s;
}

} // namespace skbscope::app
