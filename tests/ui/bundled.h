// SPDX-License-Identifier: GPL-2.0-or-later
// Every bundled scenario as a document: the shipped traces, and the model's own run of each scenario file.
#pragma once

#include "ui/models/trace_document.h"

#include <memory>
#include <string>
#include <vector>

namespace skbscope::ui::test {

struct BundledTrace {
    std::string name; // "udp-veth.skbt", "udp-veth.yaml"
    std::shared_ptr<const TraceDocument> document;
};
// Read and run once. Scenarios that the model cannot run (TCP so far) are in `notRun`.
[[nodiscard]] const std::vector<BundledTrace> &bundledTraces();
[[nodiscard]] const std::vector<std::string> &notRun();

} // namespace skbscope::ui::test
