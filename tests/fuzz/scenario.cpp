// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario file: accepted or refused in one line; what is accepted passes the agent's check.
#include "app/scenario/loader.h"

#include <cstdint>

using namespace skbscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto s = app::parseScenario(std::string(reinterpret_cast<const char *>(data), size), "fuzz.yaml");
    if (s && !bpf::check(s->ops.list())) __builtin_trap();
    if (!s && s.error().message().find('\n') != std::string::npos) __builtin_trap();
    return 0;
}
