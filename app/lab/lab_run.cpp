// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_run.h"

#include "app/lab/accelerator.h"
#include "app/lab/asked_modules.h"
#include "app/lab/bare_image.h"
#include "app/lab/cancellation.h"
#include "app/lab/initramfs.h"
#include "app/lab/request.h"
#include "app/lab/run_facts.h"
#include "trace/catalogue.h"

#include <algorithm>
#include <iterator>

namespace skbscope::app {

using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t runSerial = 1; // the requests that attach count from 2

// Half an image is of no use to anybody.
bool saved(VirtualMachine &machine, const std::filesystem::path &path) {
    if (machine.saveTo(path)) return true;
    std::error_code none;
    std::filesystem::remove(path, none);
    return false;
}

bool ready(const bpf::read_state &s) {
    return s.ready;
}
bool greeted(const bpf::read_state &s) {
    return s.hello;
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
    auto lab = findLab(target_.labOptions);
    if (!lab) return tl::unexpected(lab.error());
    lab_ = std::move(*lab);
    auto initramfs = buildInitramfs(lab_, modulesFor(list_));
    if (!initramfs) return tl::unexpected(initramfs.error());
    initramfs_ = std::move(*initramfs);
    accelerator_ = chooseAccelerator(lab_, initramfs_, progress_);
    images_.emplace(lab_, initramfs_);
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    attachLikely();
    auto state = runUntilNothingIsMissed(*this, "lab");
    if (!state) return tl::unexpected(state.error());
    addRunFacts(*state, "lab", "lab");
    addLabFacts(state->side.info);
    return std::move(state->side);
}

tl::expected<bpf::read_state, RunError> LabRun::pass() {
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    auto state = runOnce();
    if (state || !image_ || Cancellation::wanted()) return state;
    if (stoodStill_) say("the lab's machine stands still; another one is booted in its place");
    if (answered_ && !stoodStill_) return state;
    // Its image may have been taken of a machine that was to stand still: a new one.
    if (auto ok = startAfresh(); !ok) return tl::unexpected(ok.error());
    return runOnce();
}

tl::expected<void, RunError> LabRun::prepare() {
    auto image = imageToStartFrom(lab_, initramfs_, *images_, progress_);
    if (!image) return tl::unexpected(image.error());
    image_ = std::move(*image);
    if (image_) probed_ = image_->functions;
    return {};
}

// The image is of no use: another takes its place.
tl::expected<void, RunError> LabRun::startAfresh() {
    images_->forget();
    image_.reset();
    probed_.clear();
    return prepare();
}

// A failure is none yet: if the image is damaged, the pass will say so, and do without it.
void LabRun::attachLikely() {
    const trace::Catalogue &catalogue = trace::Catalogue::builtin();
    std::set<std::string> wanted;
    for (const std::string &name : target_.likely) {
        const auto all = catalogue.find_all(name);
        const bool traceable = std::ranges::any_of(all, [&](trace::FunctionId f) { return catalogue.at(f).traceable; });
        if (traceable && !probed_.contains(name)) wanted.insert(name);
    }
    if (!wanted.empty()) (void)attach(wanted);
}

tl::expected<void, RunError> LabRun::attach(const std::set<std::string> &functions) {
    auto ok = attachOnce(functions);
    if (ok || !image_ || answered_ || Cancellation::wanted()) return ok;
    if (ok = startAfresh(); !ok) return ok;
    return attachOnce(functions);
}

// With images: a new one, which has these probes too. Without: the next boot attaches them.
tl::expected<void, RunError> LabRun::attachOnce(const std::set<std::string> &functions) {
    if (!image_) {
        probed_.insert(functions.begin(), functions.end());
        return {};
    }
    const UniqueFd lock = images_->lock();
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
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
    if (auto ok = start(machine, attachRequest(runSerial + generation, names)); !ok) return ok;
    if (auto ok = machine.waitFor(ready, 600s); !ok) return ok;
    if (!images_->keep(generation, probed_, [&](const auto &path) { return saved(machine, path); })) {
        if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
        images_->giveUp();
        image_.reset();
    }
    return {};
}

tl::expected<void, RunError> LabRun::start(VirtualMachine &machine, std::string request) {
    answered_ = false;
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
    if (auto ok = machine.start({initramfs_, std::move(request), image_ ? image_->file.get() : -1}); !ok) return ok;
    // A restored machine goes on where it stood: its agent looks for requests every millisecond.
    if (image_)
        if (auto ok = machine.waitFor(greeted, 30s); !ok) return ok;
    answered_ = true;
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
    if (auto ok = start(machine, std::move(request)); !ok) return tl::unexpected(ok.error());
    const auto ok = machine.waitFor(ended, 600s, image_ ? target_.labOptions.patience : 600s);
    stoodStill_ = machine.stoodStill();
    bpf::read_state state = stream.take();
    if (ok) return state;
    addLabFacts(state.side.info);
    return tl::unexpected(withPartial(ok.error(), std::move(state), "lab", "lab"));
}

void LabRun::addLabFacts(trace::SideInfo &info) const {
    info.facts["lab.qemu"] = lab_.qemuVersion;
    info.facts["lab.machine"] = lab_.machine.describe();
    info.facts["lab.deterministic"] = lab_.machine.determinism();
    info.facts["lab.accelerator"] = accelerator_;
    if (!lab_.machine.deterministic) info.clock = trace::Clock::real_ns;
    if (!lab_.fetched) info.facts["lab.kernel"] = lab_.kernel.string();
}

} // namespace skbscope::app
