// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/lab_shell.h"

#include "app/lab/accelerator.h"
#include "app/lab/bare_image.h"
#include "app/lab/shell_initramfs.h"
#include "app/lab/terminal.h"
#include "app/lab/virtual_machine.h"
#include "bpf/frame.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace skbscope::app {

using json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr auto forever = std::chrono::seconds(365 * 24h);
constexpr std::size_t filesMax = 64U << 20; // they go through a port of one byte a read

// All of it, whatever `fd` takes at once. A descriptor that is closed takes nothing.
void writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = write(fd, bytes.data(), bytes.size());
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
        if (n < 0 && errno == EAGAIN)
            usleep(1000);
        else if (n < 0 && errno != EINTR)
            return;
    }
}

// What `from` holds now goes to `to`. False: it is closed.
bool copyOn(int from, int to) {
    std::array<char, 65536> part{};
    for (;;) {
        const ssize_t n = read(from, part.data(), part.size());
        if (n < 0) return errno == EAGAIN || errno == EINTR;
        if (n == 0) return false;
        writeAll(to, {part.data(), static_cast<std::size_t>(n)});
    }
}

// What the user types goes to the terminal, up to the key that leaves. True: it was pressed, or there is no more.
bool typed(int terminal) {
    std::array<char, 4096> part{};
    const ssize_t n = read(STDIN_FILENO, part.data(), part.size());
    if (n <= 0) return n == 0 || errno != EINTR;
    const std::string_view keys(part.data(), static_cast<std::size_t>(n));
    const std::size_t leave = keys.find(leaveKey);
    writeAll(terminal, keys.substr(0, leave));
    return leave != keys.npos;
}

} // namespace

tl::expected<std::string, RunError> LabShell::requestFile() const {
    json head = {{"command", request_.command}, {"files", json::array()}};
    winsize size{};
    if (interactive() && ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row != 0) {
        head["rows"] = size.ws_row;
        head["columns"] = size.ws_col;
    }
    if (const char *term = std::getenv("TERM")) head["term"] = term;
    std::string bytes;
    for (const auto &file : request_.files) {
        struct stat s = {};
        if (stat(file.c_str(), &s) != 0 || !S_ISREG(s.st_mode) || access(file.c_str(), R_OK) != 0)
            return tl::unexpected(RunError{RunErrorCode::badInput, file.string(), "no file that can be read"});
        const std::string content = readFile(file);
        head["files"].push_back(
            {{"name", file.filename().string()}, {"size", content.size()}, {"mode", s.st_mode & 0777U}});
        bytes += content;
        if (bytes.size() > filesMax)
            return tl::unexpected(RunError{RunErrorCode::badInput, file.string(),
                                           "more than 64 MiB to copy; --program brings large programs"});
    }
    return bpf::make_frame(SKBSCOPE_FRAME_REQUEST, head.dump(-1, ' ', false, json::error_handler_t::replace)) + bytes;
}

tl::expected<void, RunError> LabShell::prepare() {
    auto image = imageToStartFrom(lab_, initramfs_, *images_, progress_);
    if (!image) return tl::unexpected(image.error());
    image_ = std::move(*image);
    return {};
}

tl::expected<int, RunError> LabShell::run() {
    auto asked = requestFile();
    if (!asked) return tl::unexpected(asked.error());
    asked_ = std::move(*asked);
    auto lab = findLab(request_.lab);
    if (!lab) return tl::unexpected(lab.error());
    lab_ = std::move(*lab);
    lab_.machine.shell = true;
    auto initramfs = buildShellInitramfs(lab_, request_.programs);
    if (!initramfs) return tl::unexpected(initramfs.error());
    initramfs_ = std::move(*initramfs);
    (void)chooseAccelerator(lab_, initramfs_, progress_);
    images_.emplace(lab_, initramfs_);
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    auto status = serve();
    if (status || !image_ || started_) return status;
    images_->forget(); // the image is damaged: once more without it
    if (auto ok = prepare(); !ok) return tl::unexpected(ok.error());
    return serve();
}

tl::expected<int, RunError> LabShell::serve() {
    bpf::stream_reader stream;
    VirtualMachine machine(lab_, stream);
    if (!image_ && progress_) progress_({"booting the lab"});
    const auto start = machine.start({initramfs_, asked_, image_ ? image_->file.get() : -1});
    started_ = start.has_value();
    if (!start) return tl::unexpected(start.error());
    if (progress_) progress_({});
    const auto &shell = machine.shell();
    const std::array<std::pair<int, int>, 3> ways = {std::pair(shell.terminal.get(), STDOUT_FILENO),
                                                     std::pair(shell.output.get(), STDOUT_FILENO),
                                                     std::pair(shell.complaints.get(), STDERR_FILENO)};
    for (const auto &[from, to] : ways)
        machine.listen(from, [from = from, to = to] { return copyOn(from, to); });
    bool left = false;
    std::optional<RawTerminal> raw;
    if (interactive()) {
        raw.emplace(STDIN_FILENO);
        machine.listen(STDIN_FILENO, [&] { return !(left = typed(shell.terminal.get())); });
    }
    const auto ok = machine.waitFor([&left](const bpf::read_state &s) { return left || s.ended; }, forever);
    for (const auto &[from, to] : ways)
        (void)copyOn(from, to);
    if (left) return 0;
    if (!ok && interactive() && started_ && ok.error().code == RunErrorCode::notPossibleHere && machine.endedWell())
        return 0; // poweroff, from within
    if (!ok) return tl::unexpected(ok.error());
    return static_cast<int>(stream.state().status);
}

} // namespace skbscope::app
