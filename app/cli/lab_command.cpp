// SPDX-License-Identifier: GPL-2.0-or-later
// skbscope lab: the lab's kernel for the curious.
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/lab_arguments.h"
#include "app/cli/progress_line.h"
#include "app/lab/lab_shell.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <unistd.h>

namespace skbscope::app {

namespace {

struct LabCommand {
    ShellRequest request;
    bool deterministic = false;
};

int runLab(const LabCommand &c) {
    ShellRequest request = c.request;
    const bool interactive = request.command.empty();
    if (interactive && isatty(STDIN_FILENO) == 0)
        return report({exitBadInput, "lab: standard input is no terminal; give --command 'sh -c ...' instead"});
    if (c.deterministic && (request.lab.realTime || request.lab.cpus > 1))
        return report({exitBadInput, "--deterministic: not with --real-time or --cpus; only one CPU that counts its "
                                     "instructions is"});
    // Whoever types is not deterministic, and time that jumps to the next timer would keep this machine busy.
    if (interactive && !c.deterministic) request.lab.realTime = true;
    if (interactive) std::fputs("The lab's shell; Ctrl-] leaves, and so does exit.\n", stderr);
    ProgressLine line;
    const ProgressSink progress = [&line](const Progress &p) { p.what.empty() ? line.clear() : line.show(p); };
    const auto status = LabShell(request, progress).run();
    line.clear();
    if (!status) return report({static_cast<ExitCode>(status.error().code), status.error().message()});
    return *status;
}

} // namespace

void addLabCommand(CLI::App &app, Command &command) {
    auto a = std::make_shared<LabCommand>();
    CLI::App *c = app.add_subcommand("lab", "The lab's kernel with a shell; Ctrl-] leaves it");
    c->add_option("--command", a->request.command, "Run this (sh -c) instead of a shell; its status is the exit code")
        ->type_name("COMMAND");
    c->add_option("--copy", a->request.files, "Copy a file of this machine into the lab's /root (again for more)")
        ->type_name("FILE")
        ->allow_extra_args(false);
    c->add_option("--program", a->request.programs,
                  "Bring a program of this machine with its libraries (again for more)")
        ->type_name("NAME")
        ->allow_extra_args(false);
    c->add_flag("--deterministic", a->deterministic, "Count instructions for time also in a shell (--command does)");
    c->add_option("--memory", a->request.lab.memoryMb, "MiB of memory (default 1024)")
        ->check(CLI::Range(256U, 65536U))
        ->type_name("MIB");
    addLabOptions(*c, a->request.lab);
    c->callback([a, &command] { command = [a] { return runLab(*a); }; });
}

} // namespace skbscope::app
