// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/commands.h"

int main(int argc, char **argv) {
    return skbscope::app::runCommandLine(argc, argv);
}
