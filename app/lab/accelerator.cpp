// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/accelerator.h"

#include "app/lab/cancellation.h"
#include "app/lab/virtual_machine.h"

#include <fstream>
#include <unistd.h>

namespace skbscope::app {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto bootLimit = 10s; // a boot under KVM takes one or two

std::string keyOf(const LabFiles &lab) {
    std::error_code error;
    return readFile("/proc/sys/kernel/random/boot_id") + lab.qemuVersion + "\n" + lab.kernel.string() + "\n" +
           std::to_string(fs::file_size(lab.kernel, error)) + "\n" + std::to_string(lab.machine.cpus) + "\n";
}

bool bootsWithKvm(LabFiles lab, const std::string &initramfs) {
    lab.machine.kvm = true;
    bpf::stream_reader stream;
    VirtualMachine machine(lab, stream);
    return machine.start({initramfs, {}, -1}) &&
           machine.waitFor([](const bpf::read_state &s) { return s.hello; }, bootLimit);
}

} // namespace

std::string chooseAccelerator(LabFiles &lab, const std::string &initramfs, const ProgressSink &progress) {
    if (lab.machine.deterministic) return "tcg: it alone counts instructions";
    if (access("/dev/kvm", R_OK | W_OK) != 0)
        return access("/dev/kvm", F_OK) == 0 ? "tcg: /dev/kvm may not be opened (is the user in group kvm?)"
                                             : "tcg: there is no /dev/kvm";
    const fs::path answers = lab.images.parent_path() / "kvm";
    const std::string key = keyOf(lab);
    const std::string known = readFile(answers);
    bool works = known == key + "yes\n";
    if (!works && known != key + "no\n") {
        if (progress) progress({"trying KVM"});
        works = bootsWithKvm(lab, initramfs);
        if (Cancellation::wanted()) return {}; // not known then
        std::ofstream(answers) << key << (works ? "yes\n" : "no\n");
    }
    lab.machine.kvm = works;
    return works ? "kvm" : "tcg: /dev/kvm is there, but the kernel does not come up with it";
}

} // namespace skbscope::app
