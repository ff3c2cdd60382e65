// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_run.h"

#include "app/lab/initramfs.h"
#include "app/lab/request.h"
#include "app/lab/run_facts.h"
#include "app/lab/virtual_machine.h"

#include <algorithm>
#include <iterator>

namespace skbscope::app {

using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t runSerial = 1; // the requests that attach count from 2

bool ready(const bpf::read_state &s) {
    return s.ready;
}
bool ended(const bpf::read_state &s) {
    return s.ended;
}

} // namespace

void LabRun::say(const std::string &what, unsigned done, unsigned of) const {
    if (progress_) progress_({what, done, of});
}

bpf::stream_reader::progress_sink LabRun::relay() const {
    return [this](const bpf::progress_note &n) { say(n.what, n.done, n.of); };
}

tl::expected<trace::Side, RunError> LabRun::run() {
    auto lab = findLab();
    if (!lab) return tl::unexpected(lab.error());
    lab_ = std::move(*lab);
    auto initramfs = buildInitramfs(lab_);
    if (!initramfs) return tl::unexpected(initramfs.error());
    initramfs_ = std::move(*initramfs);
    images_.emplace(lab_, initramfs_);
    auto state = runUntilNothingIsMissed(*this, "lab");
    if (!state) return tl::unexpected(state.error());
    return finish(std::move(*state));
}

tl::expected<bpf::read_state, RunError> LabRun::pass() {
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    auto state = runOnce();
    if (state || !image_ || started_) return state;
    images_->forget(); // the image is of no use: begin again without it
    image_.reset();
    probed_.clear();
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    return runOnce();
}

tl::expected<void, RunError> LabRun::prepare() {
    const auto look = [this] {
        image_ = images_->newest();
        if (image_) probed_ = image_->functions;
        return image_.has_value();
    };
    if (!images_->usable() || look()) return {};
    const UniqueFd lock = images_->lock();
    if (look()) return {};
    say("booting the lab");
    bpf::stream_reader stream(relay());
    VirtualMachine machine(lab_, stream);
    if (auto ok = machine.start({initramfs_, {}, -1}); !ok) return ok;
    if (auto ok = machine.waitFor(ready, 180s); !ok) return ok;
    const bool kept = images_->keep(0, {}, [&](const auto &path) { return machine.saveTo(path).has_value(); });
    image_ = images_->newest();
    if (!kept || !image_) images_->giveUp();
    return {};
}

// With images: a new one, which has these probes too. Without: the next boot attaches them.
tl::expected<void, RunError> LabRun::attach(const std::set<std::string> &functions) {
    if (!image_) {
        probed_.insert(functions.begin(), functions.end());
        return {};
    }
    const UniqueFd lock = images_->lock();
    if (auto now = images_->newest()) image_ = std::move(now); // another run may have made a better one meanwhile
    std::set<std::string> wanted;
    std::ranges::set_difference(functions, image_->functions, std::inserter(wanted, wanted.end()));
    probed_ = image_->functions;
    if (wanted.empty()) return {};
    probed_.insert(wanted.begin(), wanted.end());
    bpf::stream_reader stream(relay());
    VirtualMachine machine(lab_, stream);
    const std::vector<std::string> names(wanted.begin(), wanted.end());
    const std::uint32_t generation = image_->generation + 1;
    if (auto ok = machine.start({initramfs_, attachRequest(runSerial + generation, names), image_->file.get()}); !ok)
        return ok;
    if (auto ok = machine.waitFor(ready, 600s); !ok) return ok;
    if (!images_->keep(generation, probed_, [&](const auto &path) { return machine.saveTo(path).has_value(); })) {
        images_->giveUp();
        image_.reset();
    }
    return {};
}

tl::expected<bpf::read_state, RunError> LabRun::runOnce() {
    bpf::stream_reader stream(relay());
    VirtualMachine machine(lab_, stream);
    std::string request = runRequest(runSerial, list_);
    if (!image_) {
        say("booting the lab");
        request = attachAndRunRequest(runSerial, {probed_.begin(), probed_.end()}, list_);
    }
    const auto start = machine.start({initramfs_, request, image_ ? image_->file.get() : -1});
    started_ = start.has_value();
    if (!start) return tl::unexpected(start.error());
    if (auto ok = machine.waitFor(ended, 600s); !ok) return tl::unexpected(ok.error());
    return stream.take();
}

trace::Side LabRun::finish(bpf::read_state state) const {
    addRunFacts(state, "lab", "lab");
    trace::SideInfo &info = state.side.info;
    info.facts["lab.qemu"] = lab_.qemuVersion;
    info.facts["lab.machine"] = VirtualMachine::describe();
    return std::move(state.side);
}

} // namespace skbscope::app
