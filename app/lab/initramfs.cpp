// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/initramfs.h"

#include "app/lab/cpio.h"
#include "app/lab/request.h"

#include <array>

namespace skbscope::app {

namespace {

// Loaded before anything else: the port to the host, and the devices of scenarios.
constexpr std::array bootModules = {
    "drivers/virtio/virtio_ring",
    "drivers/virtio/virtio",
    "drivers/virtio/virtio_pci_legacy_dev",
    "drivers/virtio/virtio_pci_modern_dev",
    "drivers/virtio/virtio_pci",
    "drivers/char/virtio_console",
    "drivers/net/veth",
    "drivers/net/tun",
};
// Loaded when a scenario names them: a qdisc that nobody uses must not be there.
constexpr std::array askedModules = {
    "net/sched/sch_netem",
    "net/sched/sch_tbf",
    "net/sched/sch_prio",
    "net/sched/sch_fq",
};

bool addModule(CpioArchive &archive, const LabFiles &lab, const std::string &directory, const std::string &module) {
    const std::string bytes = readFile(lab.modules / (module + ".ko"));
    if (!bytes.empty()) archive.addFile(directory + module.substr(module.rfind('/')) + ".ko", bytes);
    return !bytes.empty();
}

} // namespace

tl::expected<std::string, RunError> buildInitramfs(const LabFiles &lab) {
    CpioArchive archive;
    for (const char *directory : {"dev", "lab", "lab/modules", "lab/on-demand"})
        archive.addDirectory(directory);
    archive.addCharacterDevice("dev/console", 5, 1);
    const std::string agent = readFile(lab.agent);
    if (agent.empty())
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, lab.agent.string(), "cannot be read"});
    archive.addFile("init", agent, true);
    for (const char *module : bootModules)
        if (!addModule(archive, lab, "lab/modules", module))
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, (lab.modules / module).string() + ".ko",
                                           "cannot be read; app/lab/fetch-kernel.sh unpacks the kernel again"});
    for (const char *module : askedModules)
        (void)addModule(archive, lab, "lab/on-demand", module);
    archive.addFile("lab/request", firstRequest());
    return archive.finish();
}

} // namespace skbscope::app
