// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/initramfs.h"

#include "app/lab/asked_modules.h"
#include "app/lab/kernel_modules.h"
#include "app/lab/request.h"

#include <algorithm>
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
bool addModule(CpioArchive &archive, const KernelModules &modules, const std::string &directory,
               const std::string &module) {
    const std::string bytes = modules.read(module);
    if (!bytes.empty()) archive.addFile(directory + module.substr(module.rfind('/')) + ".ko", bytes);
    return !bytes.empty();
}

RunError noModule(const LabFiles &lab, const std::string &module) {
    if (lab.fetched)
        return {RunErrorCode::notPossibleHere, (lab.modules / "kernel" / module).string() + ".ko",
                "cannot be read; app/lab/fetch-kernel.sh unpacks the kernel again"};
    return {RunErrorCode::badInput, lab.modules.string(),
            "has no module " + module + ".ko, and the kernel has it not built in; the lab needs it"};
}

// Without these there is no lab. The others of bootModules are parts of them in some kernels.
bool needed(std::string_view module) {
    return module != "drivers/virtio/virtio_pci_legacy_dev" && module != "drivers/virtio/virtio_pci_modern_dev";
}

// The others of askedModules() lie beside them, for a shell and for what asks for them while the machine runs.
tl::expected<void, RunError> addModules(CpioArchive &archive, const LabFiles &lab,
                                        const std::vector<std::string> &asked) {
    const KernelModules modules(lab.modules);
    for (const char *module : bootModules)
        if (!addModule(archive, modules, "lab/modules", module) && (lab.fetched || needed(module)) &&
            !modules.builtIn(module))
            return tl::unexpected(noModule(lab, module));
    for (const std::string &module : askedModules()) {
        const bool atBoot = std::ranges::find(asked, module) != asked.end();
        (void)addModule(archive, modules, atBoot ? "lab/modules" : "lab/on-demand", module);
    }
    return {};
}

} // namespace

tl::expected<void, RunError> addLabFiles(CpioArchive &archive, const LabFiles &lab,
                                         const std::vector<std::string> &asked) {
    for (const char *directory : {"dev", "lab", "lab/modules", "lab/on-demand"})
        archive.addDirectory(directory);
    archive.addCharacterDevice("dev/console", 5, 1);
    const std::string agent = readFile(lab.agent);
    if (agent.empty())
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, lab.agent.string(), "cannot be read"});
    archive.addFile("init", agent, true);
    return addModules(archive, lab, asked);
}

tl::expected<std::string, RunError> buildInitramfs(const LabFiles &lab, const std::vector<std::string> &asked) {
    CpioArchive archive;
    if (auto ok = addLabFiles(archive, lab, asked); !ok) return tl::unexpected(ok.error());
    archive.addFile("lab/request", firstRequest());
    return archive.finish();
}

} // namespace skbscope::app
