// SPDX-License-Identifier: GPL-2.0-or-later
// Prepared machines on disk: a lab that has booted, whose agent is ready, with probes on the functions that earlier
// runs needed. A run that starts from one takes a second, and its kernel is as fresh as after a boot: whatever a run
// did to it, the next one never sees. Images are a cache: any may vanish at any time.
#pragma once

#include "app/lab/lab_files.h"
#include "app/lab/unique_fd.h"

#include <optional>
#include <set>
#include <string>

namespace skbscope::app {

struct LabImage {
    UniqueFd file;                   // at its beginning
    std::uint32_t generation = 0;    // 0: no probe is attached
    std::set<std::string> functions; // that were given a probe, or to which none could be given
};

class LabImages {
public:
    // One directory for each combination of what an image depends on.
    LabImages(const LabFiles &lab, const std::string &initramfs);

    // The one with most probes; nullopt when there is none.
    [[nodiscard]] std::optional<LabImage> newest() const;
    // Calls write(path) for the new image's file, then makes it the newest. False: no image was kept.
    template <class Write> bool keep(std::uint32_t generation, const std::set<std::string> &functions, Write &&write) {
        const std::filesystem::path part = begin();
        return !part.empty() && write(part) && commit(part, generation, functions);
    }
    // One at a time makes images: held until the descriptor is closed. Others wait, and find what was made.
    [[nodiscard]] UniqueFd lock() const;
    // Images do no good here (an unwritable directory, a machine that cannot be saved, or the user said so).
    [[nodiscard]] bool usable() const { return usable_; }
    void giveUp() { usable_ = false; }
    void forget() const; // a damaged image

private:
    [[nodiscard]] std::filesystem::path begin();
    bool commit(const std::filesystem::path &part, std::uint32_t generation, const std::set<std::string> &functions);
    void removeOthers() const;

    std::filesystem::path directory_;
    bool usable_ = true;
};

} // namespace skbscope::app
