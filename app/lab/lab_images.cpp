// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_images.h"

#include "app/lab/cancellation.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sys/file.h>
#include <vector>

namespace skbscope::app {

namespace fs = std::filesystem;

namespace {

// Combinations, about 100 MB each: a program with the modules that its scenarios ask for makes four.
constexpr std::size_t kept = 7;

// FNV-1a, 64 bits: names a directory, guards nothing.
class Fingerprint {
public:
    Fingerprint &add(std::string_view text) {
        for (const char c : text)
            value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        return *this;
    }
    [[nodiscard]] std::string text() const {
        char out[17];
        std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(value_));
        return out;
    }

private:
    std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

} // namespace

LabImages::LabImages(const LabFiles &lab, const std::string &initramfs) {
    const char *wish = std::getenv("SKBSCOPE_LAB_IMAGES");
    if (wish && std::string_view(wish) == "off") usable_ = false;
    std::error_code error;
    const auto size = fs::file_size(lab.kernel, error);
    const auto changed = fs::last_write_time(lab.kernel, error).time_since_epoch().count();
    const std::string key = Fingerprint()
                                .add(initramfs)
                                .add(lab.kernel.string())
                                .add(std::to_string(size) + " " + std::to_string(changed))
                                .add(lab.qemuVersion)
                                .add(lab.machine.describe())
                                .text();
    directory_ = lab.images / key;
    if (usable_) fs::create_directories(directory_, error);
    if (error) usable_ = false;
}

// "newest" holds: file name, generation, functions; it is replaced as a whole.
std::optional<LabImage> LabImages::newest() const {
    if (!usable_) return std::nullopt;
    std::ifstream in(directory_ / "newest");
    std::string name, function;
    LabImage image;
    if (!(in >> name >> image.generation) || name.find('/') != name.npos) return std::nullopt;
    while (in >> function)
        image.functions.insert(function);
    image.file.reset(open((directory_ / name).c_str(), O_RDONLY));
    if (!image.file) return std::nullopt;
    return image;
}

UniqueFd LabImages::lock() const {
    UniqueFd fd(open((directory_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    constexpr int look = 50; // ms; no descriptor tells that a lock is free
    while (fd && flock(fd.get(), LOCK_EX | LOCK_NB) < 0 && (errno == EINTR || errno == EWOULDBLOCK)) {
        pollfd wish{Cancellation::descriptor(), POLLIN, 0};
        (void)poll(&wish, 1, look);
        if (Cancellation::wanted()) return UniqueFd();
    }
    return fd;
}

fs::path LabImages::begin() {
    if (!usable_) return {};
    return directory_ / ("image-" + std::to_string(getpid()) + "-" + std::to_string(std::rand()));
}

bool LabImages::commit(const fs::path &part, std::uint32_t generation, const std::set<std::string> &functions) {
    const fs::path list = part.string() + ".newest";
    std::ofstream out(list);
    out << part.filename().string() << "\n" << generation << "\n";
    for (const std::string &f : functions)
        out << f << "\n";
    out.close();
    std::error_code error;
    if (out) fs::rename(list, directory_ / "newest", error);
    if (!out || error) {
        fs::remove(part, error);
        fs::remove(list, error);
        return false;
    }
    for (const auto &entry : fs::directory_iterator(directory_, error)) {
        const std::string name = entry.path().filename();
        if (name.starts_with("image-") && name != part.filename() && !name.ends_with(".newest")) {
            std::error_code ignored;
            fs::remove(entry.path(), ignored);
        }
    }
    removeOthers();
    return true;
}

void LabImages::forget() const {
    std::error_code error;
    fs::remove(directory_ / "newest", error);
}

void LabImages::removeOthers() const {
    std::error_code error;
    std::vector<fs::directory_entry> all;
    for (const auto &entry : fs::directory_iterator(directory_.parent_path(), error))
        if (entry.is_directory(error)) all.push_back(entry);
    std::ranges::sort(all, std::ranges::greater{}, [](const fs::directory_entry &e) {
        std::error_code ignored;
        return e.last_write_time(ignored);
    });
    for (std::size_t i = kept; i < all.size(); ++i)
        if (all[i].path() != directory_) fs::remove_all(all[i].path(), error);
}

} // namespace skbscope::app
