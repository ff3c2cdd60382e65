// SPDX-License-Identifier: GPL-2.0-or-later
// Wall time of a whole `skbscope run SCENARIO --side model`, from exec to exit: the bar is 50 ms for udp-veth.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace {

// The exit code, or -1.
int runProgram(std::string scenario) {
    std::string words[] = {"skbscope", "run", std::move(scenario), "--side", "model"};
    char *arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), words[4].data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    int status = -1;
    const int failed = posix_spawn(&pid, SKBSCOPE_PROGRAM, &files, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

void wholeRun(benchmark::State &state, const char *scenario) {
    for ([[maybe_unused]] auto iteration : state)
        if (runProgram(scenario) != 0) return state.SkipWithError("the program failed");
}
BENCHMARK_CAPTURE(wholeRun, udp_veth, "udp-veth")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholeRun, udp_veth_twice, "udp-veth-twice")->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
