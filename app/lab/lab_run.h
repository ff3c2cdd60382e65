// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario in the lab, in passes (passes.h): each starts from an image of a prepared machine, with the probes that
// earlier runs needed. The machine that has new probes is kept as the next image. Functions that
// are likely to be called get theirs before the first pass.
#pragma once

#include "app/lab/lab_files.h"
#include "app/lab/lab_images.h"
#include "app/lab/passes.h"
#include "app/lab/virtual_machine.h"
#include "bpf/stream_reader.h"

#include <set>

namespace skbscope::app {

class LabRun final : public KernelPasses {
public:
    LabRun(const bpf::op_list &list, const KernelTarget &target, const ProgressSink &progress)
        : list_(list), target_(target), progress_(progress) {}
    [[nodiscard]] tl::expected<trace::Side, RunError> run();

    [[nodiscard]] tl::expected<bpf::read_state, RunError> pass() override;
    [[nodiscard]] tl::expected<void, RunError> attach(const std::set<std::string> &functions) override;
    [[nodiscard]] const std::set<std::string> &probed() const override { return probed_; }

private:
    [[nodiscard]] tl::expected<void, RunError> prepare(); // an image that no probe is in
    [[nodiscard]] tl::expected<void, RunError> startAfresh();
    void attachLikely();
    [[nodiscard]] tl::expected<void, RunError> attachOnce(const std::set<std::string> &functions);
    [[nodiscard]] tl::expected<bpf::read_state, RunError> runOnce();
    [[nodiscard]] tl::expected<void, RunError> start(VirtualMachine &machine, std::string request);
    void addLabFacts(trace::SideInfo &info) const;
    void say(const std::string &what, unsigned done = 0, unsigned of = 0) const;
    [[nodiscard]] bpf::stream_reader::progress_sink relay() const;

    const bpf::op_list &list_;
    const KernelTarget &target_;
    const ProgressSink &progress_;
    LabFiles lab_;
    std::string accelerator_; // and why that one
    std::string initramfs_;
    std::optional<LabImages> images_;
    std::optional<LabImage> image_;
    bool answered_ = false;        // the last machine came up, and its agent took the request
    bool stoodStill_ = false;      // ... and then said nothing more
    std::set<std::string> probed_; // what the image has probes on, or without images: what the next boot attaches
};

} // namespace skbscope::app
