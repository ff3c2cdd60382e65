// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/agent/ssh_way.h"

#include "app/lab/lab_files.h"
#include "bpf/stream.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace skbscope::app {

using namespace std::chrono_literals;

namespace {

constexpr auto greetingLimit = 60s; // to log in, and to copy

// An agent that is installed there may have capabilities that a copy has not: it goes first, if it is of our version.
// A copy is gone from the other machine's disk before it runs; where a directory forbids programs, the next is tried.
// No single quote may stand in here: it is quoted with them.
constexpr std::string_view script = R"sh(
PATH=$PATH:/usr/libexec/skbscope:/usr/local/libexec/skbscope
if [ "$(skbscope-agent --version 2>/dev/null)" = "@VERSION@" ]; then
    echo "@MARK@found"
    exec skbscope-agent --stdio
fi
umask 077
d=
for base in "$XDG_RUNTIME_DIR" "$TMPDIR" /tmp /var/tmp "$HOME"; do
    [ -d "$base" ] && [ -w "$base" ] || continue
    d=$(mktemp -d "$base/skbscope.XXXXXX" 2>/dev/null) || continue
    printf "#!/bin/sh\nexit 0\n" >"$d/try" && chmod 700 "$d/try" && "$d/try" 2>/dev/null && break
    rm -rf "$d"
    d=
done
[ -n "$d" ] || { echo "@MARK@refused no directory there takes a program"; exit 3; }
trap "rm -rf \"\$d\"" EXIT
trap "exit 3" HUP INT TERM PIPE
echo "@MARK@wanted"
head -c @SIZE@ >"$d/skbscope-agent" && chmod 700 "$d/skbscope-agent"
if [ "$("$d/skbscope-agent" --version 2>&1)" != "@VERSION@" ]; then
    echo "@MARK@refused the copy does not run there ($(uname -sm)): $("$d/skbscope-agent" --version 2>&1 | head -n 1)"
    exit 3
fi
exec 3<"$d/skbscope-agent"
rm -rf "$d"
trap - EXIT HUP INT TERM PIPE
echo "@MARK@copied"
exec /proc/self/fd/3 --stdio
)sh";

void replaceAll(std::string &text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
        text.replace(at, what.size(), with);
}

tl::unexpected<RunError> failed(const std::string &place, std::string what, RunErrorCode code) {
    return tl::unexpected(RunError{code, place, std::move(what)});
}

tl::expected<void, RunError> greet(AgentProcess &agent, const std::string &place,
                                   const std::filesystem::path &program) {
    auto said = agent.readLine(remoteMark, greetingLimit);
    if (said && *said == "wanted") {
        agent.send(readFile(program));
        said = agent.readLine(remoteMark, greetingLimit);
    }
    if (!said) return tl::unexpected(said.error());
    if (*said == "found" || *said == "copied") return {};
    return failed(place, *said, RunErrorCode::notPossibleHere);
}

} // namespace

std::string remoteCommand(std::size_t agentSize) {
    std::string text(script);
    replaceAll(text, "@MARK@", remoteMark);
    replaceAll(text, "@SIZE@", std::to_string(agentSize));
    replaceAll(text, "@VERSION@",
               "skbscope-agent " SKBSCOPE_VERSION ", stream " + std::to_string(SKBSCOPE_STREAM_VERSION));
    return "exec sh -c '" + text + "'";
}

tl::expected<AgentWay, RunError> sshWay(const std::string &host) {
    const std::string place = "ssh:" + host;
    const auto strange = [](unsigned char c) { return c <= ' ' || c == 0x7f; };
    if (host.empty() || host.front() == '-' || std::ranges::any_of(host, strange))
        return failed(place, "is no name of a host; use ssh:HOST or ssh:USER@HOST", RunErrorCode::badInput);
    auto program = findAgent();
    if (!program) return tl::unexpected(program.error());
    std::error_code error;
    const auto size = std::filesystem::file_size(*program, error);
    if (error) return failed(program->string(), error.message(), RunErrorCode::notPossibleHere);
    const char *ssh = std::getenv("SKBSCOPE_SSH");
    AgentWay way{place,
                 {ssh && *ssh ? ssh : "ssh", "-T", "-a", "-x", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o",
                  "ServerAliveInterval=10", "-o", "ServerAliveCountMax=3", "-o", "ClearAllForwardings=yes", "-o",
                  "LogLevel=ERROR", "--", host, remoteCommand(size)},
                 "the ssh connection",
                 {}};
    way.greet = [place, path = *program](AgentProcess &agent) { return greet(agent, place, path); };
    return way;
}

} // namespace skbscope::app
