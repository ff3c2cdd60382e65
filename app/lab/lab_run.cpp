// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_run.h"

#include "app/lab/accelerator.h"
#include "app/lab/bare_image.h"
#include "app/lab/initramfs.h"
#include "app/lab/request.h"
#include "app/lab/run_facts.h"
#include "app/lab/virtual_machine.h"
#include "trace/catalogue.h"

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
    auto lab = findLab(target_.labOptions);
    if (!lab) return tl::unexpected(lab.error());
    lab_ = std::move(*lab);
    auto initramfs = buildInitramfs(lab_);
    if (!initramfs) return tl::unexpected(initramfs.error());
    initramfs_ = std::move(*initramfs);
    accelerator_ = chooseAccelerator(lab_, initramfs_, progress_);
    images_.emplace(lab_, initramfs_);
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    attachLikely();
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
    auto image = imageToStartFrom(lab_, initramfs_, *images_, progress_);
    if (!image) return tl::unexpected(image.error());
    image_ = std::move(*image);
    if (image_) probed_ = image_->functions;
    return {};
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
    info.facts["lab.machine"] = lab_.machine.describe();
    info.facts["lab.deterministic"] = lab_.machine.determinism();
    info.facts["lab.accelerator"] = accelerator_;
    if (!lab_.machine.deterministic) info.clock = trace::Clock::real_ns;
    if (!lab_.fetched) info.facts["lab.kernel"] = lab_.kernel.string();
    return std::move(state.side);
}

} // namespace skbscope::app
