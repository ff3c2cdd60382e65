// SPDX-License-Identifier: GPL-2.0-or-later
// A trace of two sides for tests: the calls and fields of data/udp-veth.*, the operations that belong to them, and the
// bytes of a well-formed frame. The model's side shows the calls this kernel inlined; its source port and IP id differ.
#pragma once

#include "trace/trace.h"

namespace skbscope::ui::test {

[[nodiscard]] trace::Trace udpVeth();
[[nodiscard]] trace::Trace udpVethModelOnly();

} // namespace skbscope::ui::test
