// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cli/lab_arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace skbscope::app {

namespace {
constexpr std::array names = {"--vmlinuz", "--modules", "--cpus", "--real-time"};
}

void addLabOptions(CLI::App &command, LabOptions &options) {
    command.add_option("--vmlinuz", options.vmlinuz, "The lab boots this kernel (a bzImage) instead of Debian's 6.1")
        ->type_name("FILE");
    command.add_option("--modules", options.modules, "Its lib/modules/RELEASE, where it is not beside the kernel")
        ->type_name("DIR");
    command.add_option("--cpus", options.cpus, "CPUs of the lab (1 to 8); with more than one, runs may differ")
        ->check(CLI::Range(1U, 8U))
        ->type_name("N");
    command.add_flag("--real-time", options.realTime,
                     "The lab keeps real time, with KVM where it works; runs may differ");
}

bool anyLabOption(const CLI::App &command) {
    return std::ranges::any_of(names, [&command](const char *name) { return command.count(name) != 0; });
}

} // namespace skbscope::app
