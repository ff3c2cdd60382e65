// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/attach/wire.h"
#include "app/lab/lab_files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

extern char **environ;

namespace skbscope::app {

using json = nlohmann::json;

namespace {

RunError failed(const std::string &place, const std::string &what) {
    return {RunErrorCode::notPossibleHere, place, what};
}

// The agent, a socket to it its standard input. -1: errno says why not.
pid_t startBroker(const std::string &agent, int theirs) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO);
    std::string program = agent, mode = "--wire";
    std::array<char *, 3> argv{program.data(), mode.data(), nullptr};
    pid_t child = -1;
    const int error = posix_spawn(&child, agent.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    errno = error;
    return error == 0 ? child : -1;
}

struct Answer {
    json text;
    UniqueFd fd;
};

Answer receiveAnswer(int socket) {
    std::array<char, 4096> bytes{};
    iovec part{bytes.data(), bytes.size()};
    msghdr m{};
    m.msg_iov = &part;
    m.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    m.msg_control = control.data();
    m.msg_controllen = control.size();
    Answer a;
    const ssize_t n = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
    if (n <= 0) return a;
    a.text = json::parse(bytes.begin(), bytes.begin() + n, nullptr, false);
    const cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(c), sizeof fd);
        a.fd.reset(fd);
    }
    return a;
}

std::string word(const json &j, const char *key) {
    const auto at = j.find(key);
    return at != j.end() && at->is_string() ? at->get<std::string>() : std::string();
}

unsigned number(const json &j, const char *key) {
    const auto at = j.find(key);
    return at != j.end() && at->is_number_unsigned() ? at->get<unsigned>() : 0;
}

tl::expected<OpenedWire, RunError> wireOf(Answer answer, const WireRequest &request) {
    if (!answer.text.is_object()) return tl::unexpected(failed("the agent", "gave no answer"));
    if (!answer.fd) {
        const auto code = number(answer.text, "code") == 2 ? RunErrorCode::badInput : RunErrorCode::notPossibleHere;
        return tl::unexpected(RunError{code, word(answer.text, "place"), word(answer.text, "what")});
    }
    OpenedWire opened{nullptr, word(answer.text, "kind"), number(answer.text, "mtu"),
                      number(answer.text, "created") != 0};
    if (opened.kind == "tap") {
        opened.wire = makeTapWire(std::move(answer.fd), request.device);
        return opened;
    }
    auto wire = makePacketWire(std::move(answer.fd), request.device, static_cast<int>(number(answer.text, "index")),
                               opened.mtu);
    if (!wire) return tl::unexpected(wire.error());
    opened.wire = std::move(*wire);
    return opened;
}

} // namespace

tl::expected<OpenedWire, RunError> openWire(const WireRequest &request) {
    const auto agent = findAgent();
    if (!agent) return tl::unexpected(agent.error());
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return tl::unexpected(failed("socketpair", std::strerror(errno)));
    const UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    const pid_t child = startBroker(agent->string(), theirs.get());
    if (child < 0) return tl::unexpected(failed(agent->string(), std::strerror(errno)));
    theirs.reset();
    const std::string text = json{{"device", request.device}, {"netns", request.netns}, {"peer", request.peer}}.dump();
    (void)send(ours.get(), text.data(), text.size(), MSG_NOSIGNAL); // if it is gone, there is no answer either
    Answer answer = receiveAnswer(ours.get());
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    return wireOf(std::move(answer), request);
}

} // namespace skbscope::app
