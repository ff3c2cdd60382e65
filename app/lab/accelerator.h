// SPDX-License-Identifier: GPL-2.0-or-later
// KVM where it works. That /dev/kvm can be opened does not say so: on some machines (a guest whose own hypervisor gives
// it half of KVM) a stock kernel never comes up. So a boot is tried, once for each boot of this machine.
#pragma once

#include "app/lab/lab_files.h"

namespace skbscope::app {

// Sets lab.machine.kvm; returns what was taken and why: "tcg: ...". Never KVM for a deterministic machine.
[[nodiscard]] std::string chooseAccelerator(LabFiles &lab, const std::string &initramfs, const ProgressSink &progress);

} // namespace skbscope::app
