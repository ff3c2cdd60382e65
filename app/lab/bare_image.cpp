// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/bare_image.h"

#include "app/lab/cancellation.h"
#include "app/lab/virtual_machine.h"

namespace skbscope::app {

using namespace std::chrono_literals;

tl::expected<std::optional<LabImage>, RunError> imageToStartFrom(const LabFiles &lab, const std::string &initramfs,
                                                                 LabImages &images, const ProgressSink &progress) {
    if (!images.usable()) return std::nullopt;
    if (auto image = images.newest()) return image;
    const UniqueFd lock = images.lock();
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
    if (auto image = images.newest()) return image; // another has made it while we waited
    if (progress) progress({"booting the lab"});
    bpf::stream_reader stream([&progress](const bpf::progress_note &n) {
        if (progress) progress({n.what, n.done, n.of});
    });
    VirtualMachine machine(lab, stream);
    if (auto ok = machine.start({initramfs, {}, -1}); !ok) return tl::unexpected(ok.error());
    if (auto ok = machine.waitFor([](const bpf::read_state &s) { return s.ready; }, 180s); !ok)
        return tl::unexpected(ok.error());
    const bool kept = images.keep(0, {}, [&](const auto &path) {
        std::error_code none;
        return machine.saveTo(path) || (std::filesystem::remove(path, none), false); // half an image is of no use
    });
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
    auto image = images.newest();
    if (!kept || !image) images.giveUp();
    return image;
}

} // namespace skbscope::app
