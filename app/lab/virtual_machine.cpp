// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/virtual_machine.h"

#include "app/lab/child_io.h"

#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

extern char **environ;

namespace skbscope::app {

using json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

// nokaslr, no IPv6 and instructions for time: the same run gives the same calls. The clock is the TSC from the start,
// which under -icount counts instructions. Anything that needs a second CPU, a network card or the real date is left
// out.
constexpr const char *kernelArguments = "console=ttyS0 quiet panic=-1 nokaslr ipv6.disable=1 tsc=reliable";
constexpr std::array machineArguments = {
    "-nodefaults",
    "-no-user-config",
    "-display",
    "none",
    "-no-reboot",
    "-nic",
    "none",
    "-accel",
    "tcg",
    "-m",
    "1024",
    "-smp",
    "1",
    "-icount",
    "shift=1,sleep=off",
    "-rtc",
    "base=2026-01-01T00:00:00,clock=vm",
};

constexpr std::size_t textMax = 64 * 1024;

// A file without a name that QEMU opens as /proc/self/fd/N.
UniqueFd memoryFile(const char *name, std::string_view content) {
    UniqueFd fd(memfd_create(name, 0));
    for (std::size_t at = 0; fd && at < content.size();) {
        const ssize_t n = write(fd.get(), content.data() + at, content.size() - at);
        if (n <= 0) return UniqueFd();
        at += static_cast<std::size_t>(n);
    }
    return fd;
}

std::string fdPath(const UniqueFd &fd) {
    return "/proc/self/fd/" + std::to_string(fd.get());
}

} // namespace

std::string VirtualMachine::describe() {
    std::string text = kernelArguments;
    for (const char *a : machineArguments)
        text.append(" ").append(a);
    return text;
}

VirtualMachine::~VirtualMachine() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

tl::expected<void, RunError> VirtualMachine::start(const Start &how) {
    auto monitor = makeSocketPair(), port = makeSocketPair(), console = makeSocketPair(), errors = makeSocketPair();
    const UniqueFd initramfs = memoryFile("initramfs", how.initramfs), request = memoryFile("request", how.request);
    if (!monitor || !port || !console || !errors || !initramfs || !request)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", std::strerror(errno)});
    const auto chardev = [](const char *id, const SocketPair &pair) {
        return "socket,id=" + std::string(id) + ",fd=" + std::to_string(pair.theirs.get());
    };
    std::vector<std::string> arguments{lab_.qemu.string()};
    arguments.insert(arguments.end(), machineArguments.begin(), machineArguments.end());
    for (const std::string &a :
         {std::string("-kernel"), lab_.kernel.string(), std::string("-initrd"), fdPath(initramfs),
          std::string("-append"), std::string(kernelArguments),
          // QEMU's own order of devices is part of the machine: keep it
          std::string("-chardev"), chardev("monitor", *monitor), std::string("-mon"),
          std::string("chardev=monitor,mode=control"), std::string("-chardev"), chardev("console", *console),
          std::string("-serial"), std::string("chardev:console"), std::string("-chardev"), chardev("port", *port),
          std::string("-device"), std::string("virtio-serial-pci"), std::string("-device"),
          std::string("virtserialport,chardev=port,name=org.skbscope"), std::string("-fw_cfg"),
          "name=opt/org.skbscope/request,file=" + fdPath(request)})
        arguments.push_back(a);
    if (how.image >= 0) {
        lseek(how.image, 0, SEEK_SET); // the machine before this one has read it to its end
        arguments.emplace_back("-incoming");
        arguments.push_back("fd:" + std::to_string(how.image));
    }
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, errors->theirs.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, errors->theirs.get(), 2);
    const int e = posix_spawn(&process_, lab_.qemu.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    for (auto *pair : {&*monitor, &*port, &*console, &*errors})
        pair->theirs.reset(); // only QEMU holds these ends now: when it dies, ours see it
    if (e != 0) {
        process_ = -1;
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, lab_.qemu.string(),
                                       "cannot be started: " + std::string(std::strerror(e))});
    }
    monitor_ = std::move(monitor->ours);
    port_ = std::move(port->ours);
    console_ = std::move(console->ours);
    errors_ = std::move(errors->ours);
    if (auto ok = command({{"execute", "qmp_capabilities"}}); !ok) return tl::unexpected(ok.error());
    return how.image >= 0 ? resume() : tl::expected<void, RunError>();
}

// A machine that comes from an image waits until it is told to go on, and hears it only once it is whole.
tl::expected<void, RunError> VirtualMachine::resume() {
    for (const auto until = Clock::now() + 30s; Clock::now() < until; std::this_thread::sleep_for(2ms)) {
        const auto status = command({{"execute", "query-status"}});
        if (!status) return tl::unexpected(status.error());
        if (status->value("status", "") == "inmigrate") continue;
        if (auto ok = command({{"execute", "cont"}}); !ok) return tl::unexpected(ok.error());
        return {};
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", "the saved machine does not come up"});
}

tl::expected<void, RunError> VirtualMachine::waitFor(const std::function<bool(const bpf::read_state &)> &done,
                                                     std::chrono::seconds limit) {
    const auto until = Clock::now() + limit;
    while (!done(stream_.state())) {
        if (const auto &e = stream_.state().error)
            return tl::unexpected(
                RunError{e->code == 2 ? RunErrorCode::badInput : RunErrorCode::notPossibleHere, e->place, e->what});
        if (auto ok = readSome(until); !ok) return ok;
    }
    return {};
}

tl::expected<void, RunError> VirtualMachine::readSome(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    if (left <= 0ms)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", "takes too long; " + lastWords()});
    std::array<pollfd, 4> fds{pollfd{port_.get(), POLLIN, 0}, pollfd{console_.get(), POLLIN, 0},
                              pollfd{errors_.get(), POLLIN, 0}, pollfd{monitor_.get(), POLLIN, 0}};
    if (poll(fds.data(), fds.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", std::strerror(errno)});
    readConsole();
    const bool monitorOpen = drainInto(monitor_, monitorText_, textMax);
    std::string bytes;
    const bool portOpen = drainInto(port_, bytes, 64U << 20);
    if (auto ok = stream_.feed(bytes); !ok)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "agent's stream", ok.error().message()});
    if (!portOpen || !monitorOpen)
        return bytes.empty() ? tl::expected<void, RunError>(tl::unexpected(died())) : tl::expected<void, RunError>();
    return {};
}

void VirtualMachine::readConsole() {
    (void)drainInto(console_, consoleText_, textMax);
    (void)drainInto(errors_, errorText_, textMax);
}

std::string VirtualMachine::lastWords() const {
    const std::string &said = errorText_.empty() ? consoleText_ : errorText_;
    return said.empty() ? "it said nothing" : "its last words: " + lastLine(said);
}

RunError VirtualMachine::died() const {
    return {RunErrorCode::notPossibleHere, "lab", "the virtual machine ended before the run did; " + lastWords()};
}

// One command, one answer. Events of the monitor in between are not ours.
tl::expected<json, RunError> VirtualMachine::command(const json &what, int passFd) {
    const std::string text = what.dump() + "\n";
    iovec part{const_cast<char *>(text.data()), text.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    if (passFd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(c), &passFd, sizeof passFd);
    }
    if (sendmsg(monitor_.get(), &message, MSG_NOSIGNAL) < 0) {
        readConsole();
        return tl::unexpected(died());
    }
    for (const auto until = Clock::now() + 30s; Clock::now() < until;) {
        pollfd p{monitor_.get(), POLLIN, 0};
        (void)poll(&p, 1, 100);
        readConsole();
        const bool open = drainInto(monitor_, monitorText_, textMax);
        for (std::size_t end; (end = monitorText_.find('\n')) != monitorText_.npos; monitorText_.erase(0, end + 1)) {
            const json answer = json::parse(monitorText_.substr(0, end), nullptr, false);
            if (!answer.is_object()) continue;
            if (answer.contains("return")) {
                json value = answer["return"];
                monitorText_.erase(0, end + 1);
                return value;
            }
            if (answer.contains("error"))
                return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "QEMU",
                                               answer["error"].value("desc", "refuses a command")});
        }
        if (!open) return tl::unexpected(died());
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "QEMU", "its monitor does not answer"});
}

tl::expected<void, RunError> VirtualMachine::saveTo(const std::filesystem::path &path) {
    const UniqueFd file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file) return tl::unexpected(RunError{RunErrorCode::notPossibleHere, path.string(), std::strerror(errno)});
    const std::array<std::pair<json, int>, 4> steps{{
        {{{"execute", "stop"}}, -1},
        {{{"execute", "migrate-set-parameters"}, {"arguments", {{"max-bandwidth", 100'000'000'000}}}}, -1},
        {{{"execute", "getfd"}, {"arguments", {{"fdname", "image"}}}}, file.get()},
        {{{"execute", "migrate"}, {"arguments", {{"uri", "fd:image"}}}}, -1},
    }};
    for (const auto &[what, fd] : steps)
        if (auto ok = command(what, fd); !ok) return tl::unexpected(ok.error());
    for (const auto until = Clock::now() + 60s; Clock::now() < until; std::this_thread::sleep_for(5ms)) {
        const auto state = command({{"execute", "query-migrate"}});
        if (!state) return tl::unexpected(state.error());
        const std::string status = state->value("status", "");
        if (status == "completed") return {};
        if (status == "failed" || status == "cancelled") break;
    }
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, path.string(),
                                   "the machine's image cannot be written; is the disk full?"});
}

} // namespace skbscope::app
