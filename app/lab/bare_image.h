// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/lab/lab_images.h"
#include "bpf/stream_reader.h"

namespace skbscope::app {

// The newest image; when there is none, boots a machine, waits until its agent is ready, and keeps it as the first.
// nullopt: images are of no use here (then images.usable() is false), the machine is to be booted each time.
[[nodiscard]] tl::expected<std::optional<LabImage>, RunError>
imageToStartFrom(const LabFiles &lab, const std::string &initramfs, LabImages &images, const ProgressSink &progress);

} // namespace skbscope::app
