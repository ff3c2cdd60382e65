// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/lab/virtual_machine.h"

#include "app/lab/cancellation.h"
#include "app/lab/child_io.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>

namespace skbscope::app {

using json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

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

VirtualMachine::~VirtualMachine() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

// QEMU's own order of devices is part of the machine: keep it.
tl::expected<void, RunError> VirtualMachine::start(const Start &how) {
    struct Wire {
        const char *name;
        UniqueFd *ours;
        std::vector<std::string> device;
        SocketPair pair;
    };
    std::vector<Wire> wires;
    wires.push_back({"monitor", &monitor_, {"-mon", "chardev=monitor,mode=control"}, {}});
    wires.push_back({"console", &console_, {"-serial", "chardev:console"}, {}});
    wires.push_back({"port",
                     &port_,
                     {"-device", "virtio-serial-pci", "-device", "virtserialport,chardev=port,name=org.skbscope"},
                     {}});
    if (lab_.machine.shell) {
        wires.push_back({"terminal", &shell_.terminal, {"-serial", "chardev:terminal"}, {}});
        for (auto [name, ours] : {std::pair("output", &shell_.output), std::pair("complaints", &shell_.complaints)})
            wires.push_back({name, ours, {"-device", std::string("virtserialport,chardev=") + name}, {}});
    }
    auto errors = makeSocketPair();
    const UniqueFd initramfs = memoryFile("initramfs", how.initramfs), request = memoryFile("request", how.request);
    if (!errors || !initramfs || !request)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", std::strerror(errno)});
    std::vector<std::string> arguments = lab_.machine.arguments();
    arguments.insert(arguments.begin(), lab_.qemu.string());
    const auto add = [&arguments](std::initializer_list<std::string> more) {
        arguments.insert(arguments.end(), more.begin(), more.end());
    };
    add({"-kernel", lab_.kernel.string(), "-initrd", fdPath(initramfs), "-append", lab_.machine.kernelArguments()});
    for (Wire &w : wires) {
        auto pair = makeSocketPair();
        if (!pair) return tl::unexpected(pair.error());
        w.pair = std::move(*pair);
        add({"-chardev", "socket,id=" + std::string(w.name) + ",fd=" + std::to_string(w.pair.theirs.get())});
        arguments.insert(arguments.end(), w.device.begin(), w.device.end());
    }
    add({"-fw_cfg", "name=opt/org.skbscope/request,file=" + fdPath(request)});
    if (how.image >= 0) {
        lseek(how.image, 0, SEEK_SET); // the machine before this one has read it to its end
        add({"-incoming", "fd:" + std::to_string(how.image)});
    }
    if (auto ok = spawn(arguments, errors->theirs.get()); !ok) return ok;
    for (Wire &w : wires)
        *w.ours = std::move(w.pair.ours); // only QEMU holds the other ends now: when it dies, ours see it
    errors_ = std::move(errors->ours);
    wires.clear();
    errors->theirs.reset();
    if (auto ok = command({{"execute", "qmp_capabilities"}}); !ok) return tl::unexpected(ok.error());
    return how.image >= 0 ? resume() : tl::expected<void, RunError>();
}

tl::expected<void, RunError> VirtualMachine::spawn(std::vector<std::string> &arguments, int output) {
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string &a : arguments)
        argv.push_back(a.data());
    argv.push_back(nullptr);
    const pid_t parent = getpid();
    process_ = fork();
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // a machine that nobody listens to would run for ever
        if (getppid() != parent) _exit(1);
        sigset_t none; // whoever started us may take signals another way
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, 0);
        dup2(output, 1);
        dup2(output, 2);
        execv(argv[0], argv.data());
        _exit(127);
    }
    if (process_ > 0) return {};
    return tl::unexpected(RunError{RunErrorCode::notPossibleHere, lab_.qemu.string(),
                                   "cannot be started: " + std::string(std::strerror(errno))});
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
                                                     std::chrono::seconds limit, std::chrono::seconds patience) {
    const auto until = Clock::now() + limit;
    heard_ = Clock::now();
    while (!done(stream_.state())) {
        if (const auto &e = stream_.state().error)
            return tl::unexpected(
                RunError{e->code == 2 ? RunErrorCode::badInput : RunErrorCode::notPossibleHere, e->place, e->what});
        if (Clock::now() >= until)
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", "takes too long; " + lastWords()});
        if (Clock::now() >= heard_ + patience) {
            stoodStill_ = true;
            return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab",
                                           "stands still: nothing came from it for " +
                                               std::to_string(patience.count()) + " s; " + lastWords()});
        }
        if (auto ok = readSome(std::min(until, heard_ + patience)); !ok) return ok;
    }
    return {};
}

tl::expected<void, RunError> VirtualMachine::readSome(Clock::time_point until) {
    const auto left = std::max(std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()), 0ms);
    std::vector<pollfd> fds;
    for (const int fd : {port_.get(), console_.get(), errors_.get(), monitor_.get(), Cancellation::descriptor()})
        fds.push_back({fd, POLLIN, 0});
    for (const Listener &l : listeners_)
        fds.push_back({l.fd, POLLIN, 0});
    if (poll(fds.data(), fds.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "lab", std::strerror(errno)});
    if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
    readConsole();
    serveListeners(std::span(fds).subspan(5));
    const bool monitorOpen = drainInto(monitor_, monitorText_, textMax);
    std::string bytes;
    const bool portOpen = drainInto(port_, bytes, 64U << 20);
    if (!bytes.empty()) heard_ = Clock::now();
    if (auto ok = stream_.feed(bytes); !ok)
        return tl::unexpected(RunError{RunErrorCode::notPossibleHere, "agent's stream", ok.error().message()});
    if (!portOpen || !monitorOpen)
        return bytes.empty() ? tl::expected<void, RunError>(tl::unexpected(died())) : tl::expected<void, RunError>();
    return {};
}

void VirtualMachine::send(std::string_view frames) {
    (void)::send(port_.get(), frames.data(), frames.size(), MSG_NOSIGNAL); // a machine that is gone says so elsewhere
}

void VirtualMachine::readConsole() {
    (void)drainInto(console_, consoleText_, textMax);
    (void)drainInto(errors_, errorText_, textMax);
}

std::string VirtualMachine::lastWords() const {
    const std::string &said = errorText_.empty() ? consoleText_ : errorText_;
    return said.empty() ? "it said nothing" : "its last words: " + lastLine(said);
}

void VirtualMachine::serveListeners(std::span<const pollfd> polled) {
    for (const pollfd &p : polled) {
        if (p.revents == 0) continue;
        const auto at = std::ranges::find(listeners_, p.fd, &Listener::fd);
        if (at != listeners_.end() && !at->readable()) listeners_.erase(at);
    }
}

// The process closed its ends, so it is gone or about to be.
std::string VirtualMachine::howItEnded() {
    int status = 0;
    pid_t gone = 0;
    for (int tries = 0; process_ > 0 && gone == 0 && tries < 500; ++tries) {
        gone = waitpid(process_, &status, WNOHANG);
        if (gone == 0) std::this_thread::sleep_for(2ms);
    }
    if (gone <= 0) return "ended";
    process_ = -1;
    endedWell_ = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (WIFSIGNALED(status))
        return "was killed by signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")";
    if (WEXITSTATUS(status) == 127) return "could not be started";
    return WEXITSTATUS(status) == 0 ? "ended" : "ended with status " + std::to_string(WEXITSTATUS(status));
}

RunError VirtualMachine::died() {
    const std::string how = howItEnded();
    readConsole(); // what it said last may have come meanwhile
    return {RunErrorCode::notPossibleHere, "lab",
            "the virtual machine (" + lab_.qemu.filename().string() + ") " + how + " before the run did; " +
                lastWords()};
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
        if (Cancellation::wanted()) return tl::unexpected(Cancellation::error());
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
