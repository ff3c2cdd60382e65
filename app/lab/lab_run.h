// SPDX-License-Identifier: GPL-2.0-or-later
// A scenario in the lab. Which of 3,700 functions will it call? Nobody knows before it ran, and to put probes on all of
// them takes minutes. So it runs, from an image of a prepared machine, with the probes that earlier runs needed, and
// with ftrace watching all other functions: what ran without a probe gets one, the machine with its new probes is kept
// as the next image, and the scenario runs again, on a kernel that never saw the run before. It is done when nothing
// was missed.
#pragma once

#include "app/lab/lab_files.h"
#include "app/lab/lab_images.h"
#include "bpf/stream_reader.h"

#include <set>

namespace skbscope::app {

class LabRun {
public:
    LabRun(const bpf::op_list &list, const ProgressSink &progress) : list_(list), progress_(progress) {}
    [[nodiscard]] tl::expected<trace::Side, RunError> run();

private:
    [[nodiscard]] tl::expected<void, RunError> prepare(); // an image that no probe is in
    [[nodiscard]] tl::expected<void, RunError> attach(const std::set<std::string> &functions);
    [[nodiscard]] tl::expected<bpf::read_state, RunError> pass();
    [[nodiscard]] trace::Side finish(bpf::read_state state) const;
    void say(const std::string &what, unsigned done = 0, unsigned of = 0) const;
    [[nodiscard]] bpf::stream_reader::progress_sink relay() const;

    const bpf::op_list &list_;
    const ProgressSink &progress_;
    LabFiles lab_;
    std::string initramfs_;
    std::optional<LabImages> images_;
    std::optional<LabImage> image_;
    bool started_ = false;         // the last machine came up
    std::set<std::string> probed_; // what the image has probes on, or without images: what the next boot attaches
};

} // namespace skbscope::app
