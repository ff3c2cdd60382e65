// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/failure.h"

#include <cstdio>

namespace skbscope::app {

int report(const Failure &failure) {
    std::fprintf(stderr, "skbscope: %s\n", failure.message.c_str());
    return failure.code;
}

} // namespace skbscope::app
